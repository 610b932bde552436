/* Device pointers through a driver that only remembers: cuda DRIVER, which is fakecuda.c. Nothing of it runs on a GPU. */
#include "softbon.h"

#include <dlfcn.h>
#include <pthread.h>
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

/* Hidden states, a head, and two steps after it. */
static softbon_run_args plan_of_a_head(void)
{
    static const float head[128] = { 1.0f };
    softbon_plan_args how;
    softbon_run_args run;
    softbon_step steps[2];
    memset(&how, 0, sizeof(how));
    memset(&run, 0, sizeof(run));
    memset(steps, 0, sizeof(steps));
    how.size = sizeof(how);
    how.weights.data = head;
    how.weights.count = 128;
    how.weights.rows = 1;
    how.weights.columns = 128;
    how.weights.row_stride = 128;
    steps[0].kind = SOFTBON_CALIBRATE;
    steps[0].how = SOFTBON_Z_SCORE;
    steps[1].kind = SOFTBON_PENALIZE;
    steps[1].second = 0.01f;
    how.steps = steps;
    how.step_count = 2;
    expect(softbon_plan_create(&how, &run.plan) == SOFTBON_OK, "a plan that is made");
    run.size = sizeof(run);
    run.hidden = matrix(64, 128);
    run.prompts.count = 8;
    run.prompts.columns = 8;
    run.length.data = (const int32_t *)0x400000;
    run.length.count = 64;
    return run;
}

/* Rows of tokens anywhere in memory, pooled by discounts, which are copied anew where rows are longer than any before. */
static void tokens(softbon_cuda cuda, const char *(*record)(void), void (*clear)(void))
{
    softbon_plan_args how;
    softbon_run_args run;
    memset(&how, 0, sizeof(how));
    memset(&run, 0, sizeof(run));
    how.size = sizeof(how);
    how.source = SOFTBON_FROM_TOKENS;
    how.pooling = SOFTBON_DISCOUNTED_SUM;
    how.pooling_parameter = 0.9f;
    expect(softbon_plan_create(&how, &run.plan) == SOFTBON_OK, "a plan of tokens");
    run.size = sizeof(run);
    run.rewards.data = (const float *)0x100000;
    run.rewards.count = 5000;
    run.token_rows.layout = SOFTBON_ROWS_MAPPED;
    run.token_rows.count = 8;
    run.token_rows.columns = 30;
    run.token_rows.row_stride = 200;
    run.token_rows.starts.data = (const int64_t *)0x200000;
    run.token_rows.starts.count = 16;
    run.token_rows.lengths.data = (const int32_t *)0x300000;
    run.token_rows.lengths.count = 8;
    run.prompts.count = 2;
    run.prompts.columns = 4;
    run.reward.data = (float *)0x400000;
    run.reward.count = 8;
    clear();
    expect(softbon_cuda_run(cuda, &run) == SOFTBON_OK && launches(record()) == 2
        && strstr(record(), "copy 240 bytes") != NULL, "tokens");
    run.token_rows.columns = 60;
    clear();
    expect(softbon_cuda_run(cuda, &run) == SOFTBON_OK && strstr(record(), "copy") == NULL, "tokens of longer rows");
    run.token_rows.columns = 61;
    clear();
    expect(softbon_cuda_run(cuda, &run) == SOFTBON_OK && strstr(record(), "copy 488 bytes") != NULL, "tokens of long rows");
    run.token_rows.starts.count = 8;
    expect(softbon_cuda_run(cuda, &run) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "token_rows.starts.count is 8 and 16 are needed") != NULL, "starts without places");
    expect(softbon_plan_destroy(run.plan) == SOFTBON_OK, "the end of a plan");
}

/* What 16 threads do at once: calls of one softbon_cuda for all, of one of their own, and of one engine. */
#define THREADS 16
#define TURNS 200

typedef struct job {
    const char *driver;
    softbon_cuda shared;
    softbon_engine engine;
    int faults;
} job;

static void *work(void *argument)
{
    static const float rewards[12] = { 0.1f, 2.0f, 1.9f, -1.0f, 0.3f, 0.2f, 0.4f, 0.1f, 5.0f, 1.0f, 0.0f, 4.9f };
    static const int32_t expected[3] = { 2, 0, 0 };
    job *mine = (job *)argument;
    softbon_cuda_options options;
    softbon_cuda own = 0;
    softbon_select_args device = picks();
    softbon_select_args host = picks();
    softbon_run_args run = plan_of_a_head();
    int32_t index[3];
    int turn;
    memset(&options, 0, sizeof(options));
    options.size = sizeof(options);
    options.driver = mine->driver;
    options.context = CONTEXT;
    options.stream = 99;
    device.rows.columns = 40;
    host.rewards.data = rewards;
    host.rewards.count = 12;
    host.rows.count = 3;
    host.rows.columns = 4;
    host.index.data = index;
    host.index.count = 3;
    run.reward.data = (float *)0x500000;
    run.reward.count = 64;
    mine->faults += softbon_cuda_attach(&options, &own) != SOFTBON_OK;
    for (turn = 0; turn < TURNS; turn++) {
        mine->faults += softbon_cuda_select(mine->shared, &device) != SOFTBON_OK;
        mine->faults += softbon_cuda_run(own, &run) != SOFTBON_OK;
        mine->faults += softbon_select(mine->engine, &host) != SOFTBON_OK || memcmp(index, expected, sizeof(index)) != 0;
        device.index.count = 3;
        mine->faults += softbon_cuda_select(mine->shared, &device) != SOFTBON_INVALID_ARGUMENT
            || strstr(softbon_last_error(), "index.count is 3") == NULL;
        device.index.count = 64;
    }

    mine->faults += softbon_plan_destroy(run.plan) != SOFTBON_OK;
    mine->faults += softbon_cuda_detach(own) != SOFTBON_OK;
    return NULL;
}

static void threads(const char *driver, softbon_cuda shared, long (*launched)(void))
{
    pthread_t ids[THREADS];
    job jobs[THREADS];
    softbon_engine engine;
    long before = launched();
    int faults = 0;
    int i;
    expect(softbon_engine_create(NULL, &engine) == SOFTBON_OK, "an engine");
    for (i = 0; i < THREADS; i++) {
        memset(&jobs[i], 0, sizeof(jobs[i]));
        jobs[i].driver = driver;
        jobs[i].shared = shared;
        jobs[i].engine = engine;
        expect(pthread_create(&ids[i], NULL, work, &jobs[i]) == 0, "a thread");
    }

    for (i = 0; i < THREADS; i++) {
        pthread_join(ids[i], NULL);
        faults += jobs[i].faults;
    }

    expect(faults == 0, "16 threads at once");
    expect(launched() - before == (long)THREADS * TURNS * 3, "the launches of 16 threads");
    expect(softbon_engine_destroy(engine) == SOFTBON_OK, "the engine's end");
}

/* The other operations, each with its workspace: kernels are loaded, so nothing but launches is asked of the driver. */
static void operations(softbon_cuda cuda, const char *(*record)(void), void (*clear)(void))
{
    softbon_majority_args votes;
    softbon_tilt_args tilt;
    softbon_score_args score;
    softbon_run_args run;
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

    memset(&pick.rewards, 0, sizeof(pick.rewards));
    memset(&pick.rows, 0, sizeof(pick.rows));
    memset(&weigh, 0, sizeof(weigh));
    weigh.size = sizeof(weigh);
    weigh.entropy.data = (float *)0x300000;
    weigh.entropy.count = 8;
    run = plan_of_a_head();
    run.weights = &weigh;
    run.selection = &pick;
    clear();
    expect(softbon_cuda_run_workspace(cuda, &run, &bytes) == SOFTBON_OK && bytes == 512, "a plan's workspace");
    expect(strstr(record(), "copy 512 bytes stream 78") != NULL && strstr(record(), "copy 48 bytes stream 78") != NULL,
        "a plan's weights and steps on the device");
    clear();
    expect(softbon_cuda_run(cuda, &run) == SOFTBON_OK && launches(record()) == 4 && strstr(record(), "copy") == NULL, "a plan");
    expect(softbon_cuda_run_workspace(cuda, &run, NULL) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "bytes is null") != NULL, "nowhere for the bytes");
    run.rewards.data = (const float *)0x100000;
    run.rewards.count = 64;
    expect(softbon_cuda_run(cuda, &run) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "does not use Rewards") != NULL, "rewards that nobody would look at");
    memset(&run.rewards, 0, sizeof(run.rewards));
    run.length.count = 63;
    expect(softbon_cuda_run(cuda, &run) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "length.count is 63 and 64 are needed") != NULL, "a length too few");
    run.length.count = 64;
    pick.rows.count = 8;
    expect(softbon_cuda_run(cuda, &run) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "selection has rewards or rows") != NULL, "rows of its own");
    expect(softbon_plan_destroy(run.plan) == SOFTBON_OK && softbon_cuda_run(cuda, &run) == SOFTBON_NO_SUCH_ENGINE,
        "a plan that is gone");
    tokens(cuda, record, clear);
}

int main(int count, char **arguments)
{
    void *library = dlopen(count > 1 ? arguments[1] : "", RTLD_NOW);
    void (*reset)(uintptr_t);
    void (*clear)(void);
    void (*fail)(const char *, int);
    const char *(*record)(void);
    const unsigned char *(*argument)(int *);
    long (*launched)(void);
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
    *(void **)&launched = find(library, "fake_launches");
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
    args = ragged();
    args.rows.layout = SOFTBON_ROWS_MAPPED;
    args.rows.lengths.data = (const int32_t *)0x400000;
    args.rows.lengths.count = 64;
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "rows.starts.count is 65 and 128 are needed") != NULL, "starts without places");
    args.rows.starts.count = 128;
    expect(softbon_cuda_select_workspace(cuda, &args, &needed) == SOFTBON_OK && needed >= 64 * 20
        && softbon_cuda_use_workspace(cuda, 0x700000, needed) == SOFTBON_OK, "the workspace of mapped rows");
    clear();
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_OK && launches(record()) == 2, "mapped rows");
    args.rows.layout = 4;
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "layout is 4") != NULL, "no layout");
    args = ragged();
    expect(softbon_cuda_select_workspace(cuda, &args, &needed) == SOFTBON_OK && needed >= 64 * 20
        && softbon_cuda_use_workspace(cuda, 0x700000, needed) == SOFTBON_OK, "the workspace of ragged rows");
    clear();
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_OK && launches(record()) == 2, "ragged rows");
    args.rows.starts.count = 64;
    expect(softbon_cuda_select(cuda, &args) == SOFTBON_INVALID_ARGUMENT
        && strstr(softbon_last_error(), "starts.count is 64 and 65 are needed") != NULL, "too few starts");
    operations(cuda, record, clear);
    threads(arguments[1], cuda, launched);
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
