/*
 * A CUDA driver that runs nothing and remembers everything: contexts that can be current, pushed and destroyed, modules whose
 * texts are looked at, launches with the bytes of their argument and the hash of their kernel's text. FAKE_WITHOUT_LAUNCH
 * leaves a function out. Functions that wait for the device are here too, so that a call of one is seen; while a capture is
 * on, what a capture forbids fails. A test may be told of launches and do what a GPU would: then memory is memory.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INVALID_CONTEXT 201
#define CONTEXT_IS_DESTROYED 709
#define NOT_FOUND 500
#define INVALID_PTX 218
#define STREAM_CAPTURE_UNSUPPORTED 900
#define MULTIPROCESSOR_COUNT 16

#define MOST 4096

typedef struct module { char entry[64]; int parameters; unsigned long long text; } module;
typedef void (*launched)(unsigned long long text, const unsigned *grid, unsigned threads, const void *argument);

static char record[1 << 20];
static size_t length;
static unsigned char arguments[MOST];
static int argument_bytes;
static uintptr_t stack[64];
static int depth;
static uintptr_t destroyed;
static char failing[64];
static int failure;
static module modules[MOST];
static int module_count;
static int multiprocessors = 108;
static int capturing;
static launched on_launch;

static void say(const char *line)
{
    length += (size_t)snprintf(record + length, sizeof(record) - length, "%s\n", line);
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
    on_launch = NULL;
    multiprocessors = 108;
}

void fake_capture(int on) { capturing = on; }
void fake_on_launch(launched callback) { on_launch = callback; }
void fake_multiprocessors(int count) { multiprocessors = count; }

const char *fake_record(void) { return record; }
void fake_clear(void) { length = 0; record[0] = 0; }
void fake_destroy(uintptr_t context) { destroyed = context; }
int fake_depth(void) { return depth; }
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
    module *one = &modules[module_count];
    (void)options;
    (void)values;
    if (result != 0) {
        return result;
    }

    if (module_count == MOST || entry == NULL || count != 0 || strstr(text, ".target sm_80") == NULL
        || sscanf(entry + strlen(mark), "%63[^(](", one->entry) != 1
        || sscanf(strchr(entry, '['), "[%d]", &one->parameters) != 1 || one->parameters > MOST) {
        return INVALID_PTX;
    }

    one->text = hash_of(text);
    *to = (uintptr_t)++module_count;
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

    argument_bytes = one->parameters;
    memcpy(arguments, parameters[0], (size_t)one->parameters);
    snprintf(line, sizeof(line), "launch %s text %016llx grid %u %u %u block %u %u %u shared %u stream %llu extra %d", one->entry, one->text, gx, gy,
        gz, bx, by, bz, shared, (unsigned long long)stream, extra != NULL);
    say(line);
    if (on_launch != NULL) {
        const unsigned grid[3] = { gx, gy, gz };
        on_launch(one->text, grid, bx, parameters[0]);
    }

    return 0;
}
#endif

int cuMemsetD8Async(uintptr_t memory, unsigned char value, size_t bytes, uintptr_t stream)
{
    char line[96];
    int result = in_context("cuMemsetD8Async");
    snprintf(line, sizeof(line), "memset %u bytes %llu stream %llu", value, (unsigned long long)bytes,
        (unsigned long long)stream);
    say(line);
    if (on_launch != NULL) {
        memset((void *)memory, value, bytes);
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
    *memory = 0x7000000;
    return result;
}

int cuMemFree_v2(uintptr_t memory)
{
    (void)memory;
    return outside_of_captures("cuMemFree");
}

int cuCtxSynchronize(void) { return outside_of_captures("cuCtxSynchronize"); }
int cuStreamSynchronize(uintptr_t stream) { (void)stream; return result_of("cuStreamSynchronize"); }
int cuEventSynchronize(uintptr_t event) { (void)event; return result_of("cuEventSynchronize"); }
int cuMemcpyHtoD_v2(uintptr_t to, const void *from, size_t bytes)
{
    (void)to;
    (void)from;
    (void)bytes;
    return result_of("cuMemcpyHtoD");
}
