/*
 * A CUDA driver that runs nothing and remembers everything: contexts that can be current, pushed and destroyed, modules whose
 * texts are looked at, launches with the bytes of their argument and the hash of their kernel's text. FAKE_WITHOUT_LAUNCH
 * leaves a function out. Functions that wait for the device are here too, so that a call of one is seen; while a capture is
 * on, what a capture forbids fails. A test may be told of launches and do what a GPU would: then memory is memory, and it says
 * which of it is given out. What is queued while a stream is captured is a graph's, and is done when that is launched. Any number of threads may call at once; each has a stack of contexts of its own.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUT_OF_MEMORY 2
#define INVALID_CONTEXT 201
#define CONTEXT_IS_DESTROYED 709
#define NOT_FOUND 500
#define INVALID_PTX 218
#define STREAM_CAPTURE_UNSUPPORTED 900
#define MULTIPROCESSOR_COUNT 16

#define MOST 4096

typedef struct module { char entry[64]; int parameters; unsigned long long text; } module;
typedef struct node {
    int launches;
    unsigned long long text;
    unsigned grid[3];
    unsigned threads;
    uintptr_t memory;
    size_t bytes;
    unsigned char argument[MOST];
} node;
typedef void (*launched)(unsigned long long text, const unsigned *grid, unsigned threads, const void *argument);

static char record[1 << 20];
static size_t length;
static unsigned char arguments[MOST];
static int argument_bytes;
static long launch_count;
static _Thread_local uintptr_t stack[64];
static _Thread_local int depth;
static uintptr_t destroyed;
static char failing[64];
static int failure;
static module modules[MOST];
static int module_count;
static int multiprocessors = 108;
static int capturing;
static launched on_launch;
static node nodes[64];
static int node_count;
static int is_graph;
static uintptr_t heap;
static uintptr_t end_of_heap;

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

/* A record that is full says no more: tests of many calls count other things. */
static void say(const char *line)
{
    pthread_mutex_lock(&turn);
    if (strlen(line) + 2 < sizeof(record) - length) {
        length += (size_t)snprintf(record + length, sizeof(record) - length, "%s\n", line);
    }

    pthread_mutex_unlock(&turn);
}

static int result_of(const char *function)
{
    say(function);
    if (strcmp(failing, function) == 0) {
        return failure;
    }

    return 0;
}

static unsigned long long hash_of(const char *text)
{
    unsigned long long hash = 14695981039346656037ull;
    for (; *text != 0; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211ull;
    }

    return hash;
}

static int in_context(const char *function)
{
    int result = result_of(function);
    if (result != 0) {
        return result;
    }

    return depth == 0 ? INVALID_CONTEXT : stack[depth - 1] == destroyed ? CONTEXT_IS_DESTROYED : 0;
}

/* What no stream of a capture may see. */
static int outside_of_captures(const char *function)
{
    int result = in_context(function);
    return result != 0 ? result : capturing ? STREAM_CAPTURE_UNSUPPORTED : 0;
}

/* For the tests. */
void fake_reset(uintptr_t current)
{
    length = 0;
    record[0] = 0;
    depth = current != 0;
    stack[0] = current;
    destroyed = 0;
    failing[0] = 0;
    argument_bytes = 0;
    capturing = 0;
    is_graph = 0;
    node_count = 0;
    on_launch = NULL;
    heap = 0x7000000;
    end_of_heap = UINTPTR_MAX;
    multiprocessors = 108;
}

void fake_capture(int on) { capturing = on; }
void fake_on_launch(launched callback) { on_launch = callback; }
void fake_heap(uintptr_t start, size_t bytes) { heap = (start + 255) / 256 * 256; end_of_heap = start + bytes; }
void fake_multiprocessors(int count) { multiprocessors = count; }

const char *fake_record(void) { return record; }
void fake_clear(void) { length = 0; record[0] = 0; }
void fake_destroy(uintptr_t context) { destroyed = context; }
int fake_depth(void) { return depth; }
long fake_launches(void) { return launch_count; }
const unsigned char *fake_arguments(int *bytes) { *bytes = argument_bytes; return arguments; }

void fake_fail(const char *function, int result)
{
    snprintf(failing, sizeof(failing), "%s", function);
    failure = result;
}

/* The driver. */
int cuGetErrorName(int result, const char **name)
{
    *name = result == 2 ? "CUDA_ERROR_OUT_OF_MEMORY" : result == 709 ? "CUDA_ERROR_CONTEXT_IS_DESTROYED"
        : result == 201 ? "CUDA_ERROR_INVALID_CONTEXT" : result == 719 ? "CUDA_ERROR_LAUNCH_FAILED" : NULL;
    return *name == NULL;
}

int cuCtxGetCurrent(uintptr_t *context)
{
    *context = depth == 0 ? 0 : stack[depth - 1];
    return result_of("cuCtxGetCurrent");
}

int cuCtxPushCurrent_v2(uintptr_t context)
{
    int result = result_of("cuCtxPushCurrent");
    if (result == 0 && context == destroyed) {
        result = CONTEXT_IS_DESTROYED;
    }

    if (result == 0) {
        stack[depth++] = context;
    }

    return result;
}

int cuCtxPopCurrent_v2(uintptr_t *context)
{
    if (depth == 0) {
        return INVALID_CONTEXT;
    }

    *context = stack[--depth];
    return result_of("cuCtxPopCurrent");
}

int cuModuleLoadDataEx(uintptr_t *to, const char *text, unsigned count, int *options, void **values)
{
    const char *mark = ".visible .entry ";
    const char *entry = strstr(text, mark);
    int result = outside_of_captures("cuModuleLoadDataEx");
    module *one;
    (void)options;
    (void)values;
    if (result != 0) {
        return result;
    }

    pthread_mutex_lock(&turn);
    one = module_count < MOST ? &modules[module_count++] : NULL;
    pthread_mutex_unlock(&turn);
    if (one == NULL || entry == NULL || count != 0 || strstr(text, ".target sm_80") == NULL
        || sscanf(entry + strlen(mark), "%63[^(](", one->entry) != 1
        || sscanf(strchr(entry, '['), "[%d]", &one->parameters) != 1 || one->parameters > MOST) {
        return INVALID_PTX;
    }

    one->text = hash_of(text);
    *to = (uintptr_t)(one - modules) + 1;
    return 0;
}

int cuModuleUnload(uintptr_t one)
{
    (void)one;
    return outside_of_captures("cuModuleUnload");
}

int cuModuleGetFunction(uintptr_t *function, uintptr_t one, const char *name)
{
    int result = in_context("cuModuleGetFunction");
    *function = one * 1000;
    return result != 0 ? result : strcmp(modules[one - 1].entry, name) == 0 ? 0 : NOT_FOUND;
}

static void run(const node *one)
{
    if (on_launch != NULL && one->launches) {
        on_launch(one->text, one->grid, one->threads, one->argument);
    } else if (on_launch != NULL) {
        memset((void *)one->memory, 0, one->bytes);
    }
}

/* Does what a stream is asked for, or keeps it for a graph. */
static int queue(const node *one)
{
    if (!is_graph) {
        run(one);
        return 0;
    }

    if (node_count == 64) {
        return OUT_OF_MEMORY;
    }

    nodes[node_count++] = *one;
    return 0;
}

#ifndef FAKE_WITHOUT_LAUNCH
int cuLaunchKernel(uintptr_t function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
    unsigned shared, uintptr_t stream, void **parameters, void **extra)
{
    char line[256];
    int result = in_context("cuLaunchKernel");
    const module *one = &modules[function / 1000 - 1];
    if (result != 0) {
        return result;
    }

    pthread_mutex_lock(&turn);
    launch_count++;
    argument_bytes = one->parameters;
    memcpy(arguments, parameters[0], (size_t)one->parameters);
    pthread_mutex_unlock(&turn);
    snprintf(line, sizeof(line), "launch %s text %016llx grid %u %u %u block %u %u %u shared %u stream %llu extra %d", one->entry, one->text, gx, gy,
        gz, bx, by, bz, shared, (unsigned long long)stream, extra != NULL);
    say(line);
    {
        node made = { 1, one->text, { gx, gy, gz }, bx, 0, 0, { 0 } };
        memcpy(made.argument, parameters[0], (size_t)one->parameters);
        return queue(&made);
    }
}
#endif

int cuMemsetD8Async(uintptr_t memory, unsigned char value, size_t bytes, uintptr_t stream)
{
    char line[96];
    int result = in_context("cuMemsetD8Async");
    snprintf(line, sizeof(line), "memset %u bytes %llu stream %llu", value, (unsigned long long)bytes,
        (unsigned long long)stream);
    say(line);
    if (result == 0 && value == 0) {
        node made = { 0, 0, { 0, 0, 0 }, 0, memory, bytes, { 0 } };
        result = queue(&made);
    }

    return result;
}

int cuCtxGetDevice(int *device)
{
    *device = 3;
    return in_context("cuCtxGetDevice");
}

int cuDeviceGetAttribute(int *value, int attribute, int device)
{
    *value = attribute == MULTIPROCESSOR_COUNT && device == 3 ? multiprocessors : -1;
    return result_of("cuDeviceGetAttribute");
}


int cuMemAlloc_v2(uintptr_t *memory, size_t bytes)
{
    char line[64];
    int result = outside_of_captures("cuMemAlloc");
    snprintf(line, sizeof(line), "bytes %llu", (unsigned long long)bytes);
    say(line);
    pthread_mutex_lock(&turn);
    if (result == 0 && bytes > end_of_heap - heap) {
        result = OUT_OF_MEMORY;
    } else {
        *memory = heap;
        heap += (bytes + 255) / 256 * 256;
    }

    pthread_mutex_unlock(&turn);
    return result;
}

int cuMemFree_v2(uintptr_t memory)
{
    (void)memory;
    return outside_of_captures("cuMemFree");
}

/* What hosts ask of a driver besides: the tests of the kit for machines with a GPU. */
int cuInit(unsigned flags) { (void)flags; return 0; }
int cuDeviceGet(int *device, int number) { *device = 3 + number; return 0; }
int cuDevicePrimaryCtxRetain(uintptr_t *context, int device) { *context = 0x5000; return device == 3 ? 0 : INVALID_CONTEXT; }
int cuStreamCreate(uintptr_t *stream, unsigned flags) { (void)flags; *stream = 77; return 0; }
int cuStreamDestroy_v2(uintptr_t stream) { (void)stream; return 0; }

int cuCtxSetCurrent(uintptr_t context)
{
    depth = depth == 0 ? 1 : depth;
    stack[depth - 1] = context;
    return result_of("cuCtxSetCurrent");
}

int cuMemcpyDtoHAsync_v2(void *to, uintptr_t from, size_t bytes, uintptr_t stream)
{
    int result = outside_of_captures("cuMemcpyDtoHAsync");
    (void)stream;
    if (result == 0 && on_launch != NULL) {
        memcpy(to, (const void *)from, bytes);
    }

    return result;
}

int cuStreamBeginCapture_v2(uintptr_t stream, int mode)
{
    (void)stream;
    (void)mode;
    capturing = 1;
    is_graph = 1;
    node_count = 0;
    return result_of("cuStreamBeginCapture");
}

int cuStreamEndCapture(uintptr_t stream, uintptr_t *graph)
{
    (void)stream;
    capturing = 0;
    is_graph = 0;
    *graph = 1;
    return result_of("cuStreamEndCapture");
}

int cuGraphInstantiateWithFlags(uintptr_t *instance, uintptr_t graph, unsigned long long flags)
{
    (void)flags;
    *instance = graph;
    return result_of("cuGraphInstantiateWithFlags");
}

int cuGraphLaunch(uintptr_t instance, uintptr_t stream)
{
    int i;
    (void)instance;
    (void)stream;
    for (i = 0; i < node_count; i++) {
        run(&nodes[i]);
    }

    return result_of("cuGraphLaunch");
}

int cuCtxSynchronize(void) { return outside_of_captures("cuCtxSynchronize"); }
int cuStreamSynchronize(uintptr_t stream) { (void)stream; return result_of("cuStreamSynchronize"); }
int cuEventSynchronize(uintptr_t event) { (void)event; return result_of("cuEventSynchronize"); }
int cuStreamIsCapturing(uintptr_t stream, int *state)
{
    (void)stream;
    *state = capturing;
    return in_context("cuStreamIsCapturing");
}

int cuMemcpyHtoDAsync_v2(uintptr_t to, const void *from, size_t bytes, uintptr_t stream)
{
    char line[64];
    int result = in_context("cuMemcpyHtoDAsync");
    snprintf(line, sizeof(line), "copy %llu bytes stream %llu", (unsigned long long)bytes, (unsigned long long)stream);
    say(line);
    if (result == 0 && on_launch != NULL) {
        memcpy((void *)to, from, bytes);
    }

    return result;
}

int cuMemcpyHtoD_v2(uintptr_t to, const void *from, size_t bytes)
{
    (void)to;
    (void)from;
    (void)bytes;
    return result_of("cuMemcpyHtoD");
}
