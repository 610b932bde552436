/* Device pointers through a driver that only remembers: cuda DRIVER, which is fakecuda.c. Nothing of it runs on a GPU. */
#include "softbon.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONTEXT 0x5000u

static int checks;
static int failures;

static void expect(int holds, const char *what)
{
    checks++;
    if (!holds) {
        failures++;
        fprintf(stderr, "%s: %s\n", what, softbon_last_error());
    }
}

static void *find(void *library, const char *name)
{
    void *found = dlsym(library, name);
    if (found == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }

    return found;
}

static softbon_select_args picks(void)
{
    softbon_select_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    args.rewards.data = (const float *)0x100000;
    args.rewards.count = 64 * 5000;
    args.rows.count = 64;
    args.rows.columns = 5000;
    args.lambda.kind = SOFTBON_LAMBDA_GIVEN;
    args.lambda.value = 0.5f;
    args.seed.is_given = 1;
    args.seed.value = 42;
    args.index.data = (int32_t *)0x200000;
    args.index.count = 64;
    return args;
}

int main(int count, char **arguments)
{
    void *library = dlopen(count > 1 ? arguments[1] : "", RTLD_NOW);
    void (*reset)(uintptr_t);
    void (*clear)(void);
    void (*fail)(const char *, int);
    const char *(*record)(void);
    const unsigned char *(*argument)(int *);
    softbon_cuda_options options;
    softbon_cuda cuda = 7;
    softbon_select_args args = picks();
    softbon_weights_args weights;
    int64_t needed = 0;
    int bytes = 0;
    uint64_t rewards = 0;
    if (library == NULL) {
        fprintf(stderr, "usage: cuda DRIVER\n");
        return 2;
    }

    *(void **)&reset = find(library, "fake_reset");
    *(void **)&clear = find(library, "fake_clear");
    *(void **)&fail = find(library, "fake_fail");
    *(void **)&record = find(library, "fake_record");
    *(void **)&argument = find(library, "fake_arguments");
    memset(&options, 0, sizeof(options));
    options.size = sizeof(options);
    options.driver = "libno-such-driver.so";
    expect(softbon_cuda_attach(&options, &cuda) == SOFTBON_DEVICE_UNAVAILABLE && cuda == 0
        && strstr(softbon_last_error(), "was not found") != NULL, "no driver");
    options.driver = arguments[1];
    reset(0);
    expect(softbon_cuda_attach(&options, &cuda) == SOFTBON_DEVICE_UNAVAILABLE
        && strstr(softbon_last_error(), "Pass a context") != NULL, "no context");
    reset(CONTEXT);
    options.context = CONTEXT;
    options.stream = 77;
    expect(softbon_cuda_attach(&options, &cuda) == SOFTBON_OK && cuda != 0, "attached");

    expect(softbon_cuda_select_workspace(&args, &needed) == SOFTBON_OK && needed > 0, "a call's workspace");
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "bytes of workspace") != NULL, "no workspace");
    expect(softbon_cuda_reserve(cuda, needed) == SOFTBON_OK, "workspace");
    expect(softbon_cuda_load(cuda, SOFTBON_CUDA_ALL) == SOFTBON_OK, "kernels");
    clear();
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_OK, "a selection");
    expect(strcmp(record(), "cuCtxGetCurrent\ncuLaunchKernel\n"
        "launch Kernel_Run grid 64 1 1 block 256 1 1 shared 0 stream 77 extra 0\n") == 0, "one launch and nothing else");
    memcpy(&rewards, argument(&bytes), sizeof(rewards));
    expect(rewards == 0x100000 && bytes == 480, "the argument of the launch");

    memset(&weights, 0, sizeof(weights));
    weights.size = sizeof(weights);
    weights.rewards = args.rewards;
    weights.rows = args.rows;
    weights.lambda = args.lambda;
    weights.weights.data = (float *)0x300000;
    weights.weights.count = 64 * 5000;
    expect(softbon_cuda_weights_workspace(&weights, &needed) == SOFTBON_OK, "the workspace of weights");
    expect(softbon_cuda_use_workspace(cuda, 0x700000, needed) == SOFTBON_OK, "the host's workspace");
    expect(softbon_cuda_set_stream(cuda, 78) == SOFTBON_OK, "another stream");
    clear();
    expect(softbon_cuda_weights(cuda, &weights) == SOFTBON_OK && strstr(record(), "stream 78") != NULL, "weights");

    args.index.count = 63;
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "index.count is 63 and 64 are needed") != NULL, "a short output");
    args = picks();
    args.rewards.count = 10;
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "rewards.count is 10") != NULL, "few rewards");
    args = picks();
    args.rows.layout = SOFTBON_ROWS_RAGGED;
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_UNSUPPORTED, "ragged rows");
    args = picks();
    fail("cuLaunchKernel", 719);
    expect(softbon_cuda_weights(cuda, &weights) == SOFTBON_DEVICE_FAULT
        && strstr(softbon_last_error(), "CUDA_ERROR_LAUNCH_FAILED") != NULL, "a fault of the driver");
    fail("", 0);
    expect(softbon_cuda_detach(cuda) == SOFTBON_OK, "detached");
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_NO_SUCH_ENGINE
        && strstr(softbon_last_error(), "softbon_cuda_attach") != NULL, "a call after it");
    printf("device pointers, fake driver: %d checks, %d failures\n", checks, failures);
    return failures == 0 ? 0 : 1;
}
