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

static int launches(const char *record)
{
    int count = 0;
    for (record = strstr(record, "\nlaunch "); record != NULL; record = strstr(record + 1, "\nlaunch ")) {
        count++;
    }

    return count;
}

static softbon_select_args ragged(void)
{
    softbon_select_args args = picks();
    args.rows.layout = SOFTBON_ROWS_RAGGED;
    args.rows.columns = 32;
    args.rows.row_stride = 2000;
    args.rows.starts.data = (const int64_t *)0x300000;
    args.rows.starts.count = 65;
    return args;
}

static softbon_matrix_in matrix(int rows, int columns)
{
    softbon_matrix_in values;
    memset(&values, 0, sizeof(values));
    values.data = (const void *)0x100000;
    values.count = (int64_t)rows * columns;
    values.format = SOFTBON_BFLOAT16;
    values.rows = rows;
    values.columns = columns;
    values.row_stride = columns;
    return values;
}

/* The other operations, each with its workspace: kernels are loaded, so nothing but launches is asked of the driver. */
static void operations(softbon_cuda cuda, const char *(*record)(void), void (*clear)(void))
{
    softbon_majority_args votes;
    softbon_tilt_args tilt;
    softbon_score_args score;
    softbon_cuda_run_args run;
    softbon_select_args pick = picks();
    softbon_weights_args weigh;
    int64_t bytes = -1;
    expect(softbon_cuda_use_workspace(cuda, 0x40000000, (int64_t)1 << 30) == SOFTBON_OK, "enough workspace");

    memset(&votes, 0, sizeof(votes));
    votes.size = sizeof(votes);
    votes.rewards = pick.rewards;
    votes.rows = pick.rows;
    votes.lambda = pick.lambda;
    votes.answers.data = (const int32_t *)0x200000;
    votes.answers.count = 64 * 5000;
    votes.answer = pick.index;
    clear();
    expect(softbon_cuda_majority_workspace(cuda, &votes, &bytes) == SOFTBON_OK && bytes >= 4 * 64 * 5000, "votes' workspace");
    expect(softbon_cuda_majority(cuda, &votes) == SOFTBON_OK && launches(record()) == 2, "votes");

    memset(&tilt, 0, sizeof(tilt));
    tilt.size = sizeof(tilt);
    tilt.logits = matrix(16, 5000);
    tilt.seed = pick.seed;
    tilt.top_p.is_given = 1;
    tilt.top_p.value = 0.9f;
    tilt.token.data = (int32_t *)0x200000;
    tilt.token.count = 16;
    clear();
    expect(softbon_cuda_tilt_workspace(cuda, &tilt, &bytes) == SOFTBON_OK && bytes > 0, "a tilt's workspace");
    expect(softbon_cuda_tilt(cuda, &tilt) == SOFTBON_OK && launches(record()) == 4, "a tilt");
    tilt.logits.count = 100;
    expect(softbon_cuda_tilt(cuda, &tilt) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "logits.count is 100") != NULL, "few logits");

    memset(&score, 0, sizeof(score));
    score.size = sizeof(score);
    score.hidden = matrix(64, 128);
    score.weights = matrix(1, 128);
    score.reward.data = (float *)0x200000;
    score.reward.count = 64;
    clear();
    expect(softbon_cuda_score_workspace(cuda, &score, &bytes) == SOFTBON_OK && bytes == 0, "a head's workspace");
    expect(softbon_cuda_score(cuda, &score) == SOFTBON_OK && launches(record()) == 1, "a head");

    memset(&run, 0, sizeof(run));
    run.size = sizeof(run);
    memset(&score.reward, 0, sizeof(score.reward));
    run.head = &score;
    run.prompts.count = 8;
    run.prompts.columns = 8;
    memset(&pick.rewards, 0, sizeof(pick.rewards));
    memset(&pick.rows, 0, sizeof(pick.rows));
    run.selection = &pick;
    memset(&weigh, 0, sizeof(weigh));
    weigh.size = sizeof(weigh);
    weigh.lambda = pick.lambda;
    weigh.entropy.data = (float *)0x300000;
    weigh.entropy.count = 8;
    run.weights = &weigh;
    clear();
    expect(softbon_cuda_run_workspace(cuda, &run, &bytes) == SOFTBON_OK && bytes == 256, "a plan's workspace");
    expect(softbon_cuda_run(cuda, &run) == SOFTBON_OK && launches(record()) == 3, "a plan");
    expect(softbon_cuda_run_workspace(cuda, &run, NULL) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "bytes is null") != NULL, "nowhere for the bytes");
    pick.rows.count = 8;
    expect(softbon_cuda_run(cuda, &run) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "selection has rewards or rows") != NULL, "rows of its own");
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
    int32_t is_row = 0;
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

    expect(softbon_cuda_select_workspace(cuda, &args, &needed) == SOFTBON_OK && needed > 0, "a call's workspace");
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "bytes of workspace") != NULL, "no workspace");
    expect(softbon_cuda_reserve(cuda, needed) == SOFTBON_OK, "workspace");
    expect(softbon_cuda_load(cuda, SOFTBON_CUDA_ALL) == SOFTBON_OK, "kernels");
    clear();
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_OK, "a selection");
    expect(strncmp(record(), "cuCtxGetCurrent\ncuLaunchKernel\nlaunch Kernel_Run text ", 52) == 0
        && strstr(record(), " grid 64 1 1 block 256 1 1 shared 0 stream 77 extra 0\n") != NULL
        && launches(record()) == 1, "one launch and nothing else");
    memcpy(&rewards, argument(&bytes), sizeof(rewards));
    memcpy(&is_row, argument(&bytes) + 344, sizeof(is_row));
    expect(rewards == 0x100000 && bytes == 480 && is_row == 1, "the argument of the launch");

    memset(&weights, 0, sizeof(weights));
    weights.size = sizeof(weights);
    weights.rewards = args.rewards;
    weights.rows = args.rows;
    weights.lambda = args.lambda;
    weights.weights.data = (float *)0x300000;
    weights.weights.count = 64 * 5000;
    expect(softbon_cuda_weights_workspace(cuda, &weights, &needed) == SOFTBON_OK, "the workspace of weights");
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
    args.rows.layout = SOFTBON_ROWS_MAPPED;
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_UNSUPPORTED, "mapped rows");
    args = ragged();
    expect(softbon_cuda_select_workspace(cuda, &args, &needed) == SOFTBON_OK && needed >= 64 * 20
        && softbon_cuda_use_workspace(cuda, 0x700000, needed) == SOFTBON_OK, "the workspace of ragged rows");
    clear();
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_OK && launches(record()) == 2, "ragged rows");
    args.rows.starts.count = 64;
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "starts.count is 64 and 65 are needed") != NULL, "too few starts");
    operations(cuda, record, clear);
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
