/* Every fault of a caller gives a status, and words that name the value and the cure; a thread has words of its own. */
#include "softbon.h"

#include <math.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int checks;
static int failures;

/* The status is right and the words have each of the parts. */
static void expect(softbon_status actual, softbon_status expected, const char *part, const char *other, const char *what)
{
    const char *words = softbon_last_error();
    checks++;
    if (actual != expected || (part != NULL && strstr(words, part) == NULL) || (other != NULL && strstr(words, other) == NULL)) {
        failures++;
        fprintf(stderr, "%s: status %d, not %d with '%s' and '%s': %s\n", what, actual, expected,
            part == NULL ? "" : part, other == NULL ? "" : other, words);
    }
}

static const float rewards[6] = { 1.0f, 2.0f, 0.5f, 0.25f, 4.0f, 3.0f };
static int32_t picks[2];
static float reals[8];

static softbon_select_args good(void)
{
    softbon_select_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    args.rewards.data = rewards;
    args.rewards.count = 6;
    args.rows.count = 2;
    args.rows.columns = 3;
    args.lambda.kind = SOFTBON_LAMBDA_GIVEN;
    args.lambda.value = 0.5f;
    args.seed.is_given = 1;
    args.seed.value = 42;
    args.index.data = picks;
    args.index.count = 2;
    return args;
}

static void arguments(softbon_engine engine)
{
    softbon_select_args args = good();
    expect(softbon_select(engine, &args), SOFTBON_OK, NULL, NULL, "good arguments");
    expect(softbon_select(engine, NULL), SOFTBON_INVALID_ARGUMENT, "null", "softbon_select_args", "no arguments");

    args.size = 8;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "size is 8", "sizeof", "a small size");

    args = good();
    args.rewards.data = NULL;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "rewards.data is null", "pass memory", "null rewards");

    args = good();
    args.rewards.count = -1;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "rewards.count is -1", "at least 0", "a negative count");

    args = good();
    args.rewards.count = 5;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "the rewards have 5", "pass more memory", "few rewards");

    args = good();
    args.rewards.data = (const float *)((const char *)rewards + 1);
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "multiple of 4", "aligned", "unaligned rewards");

    args = good();
    args.index.count = 1;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "holds 1 values and 2", "more memory", "a short output");

    args = good();
    args.rows.layout = 7;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "layout is 7", "softbon_layout", "no such layout");

    args = good();
    args.lambda.kind = SOFTBON_LAMBDA_NOT_GIVEN;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "Lambda is not set", "pass", "no lambda");

    args = good();
    args.lambda.value = -1.0f;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "-1", "0 to +infinity", "a negative lambda");

    args = good();
    args.lambda.kind = 9;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "lambda.kind is 9", "pass 0 to 4", "no such kind");

    args = good();
    args.seed.is_given = 0;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "Seed is not set", "pass a seed", "no seed");

    args = good();
    args.noise = -1;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "noise is -1", "softbon_noise", "no such noise");

    args = good();
    args.draws = -3;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "-3", "Must be 1", "negative draws");

    args = good();
    args.reward.data = (float *)(void *)picks;
    args.reward.count = 2;
    expect(softbon_select(engine, &args), SOFTBON_INVALID_ARGUMENT, "overlaps", "memory of its own", "outputs on each other");
}

/* A newer program's struct: what it has beyond this library's is zero, or it is refused. */
static void versions(softbon_engine engine)
{
    struct { softbon_select_args args; uint64_t newer; } longer;
    memset(&longer, 0, sizeof(longer));
    longer.args = good();
    longer.args.size = sizeof(longer);
    expect(softbon_select(engine, &longer.args), SOFTBON_OK, NULL, NULL, "a newer struct without newer fields");
    longer.newer = 1;
    expect(softbon_select(engine, &longer.args), SOFTBON_UNSUPPORTED, "beyond", "newer library", "a newer field");
}

static void others(softbon_engine engine)
{
    softbon_weights_args weights;
    softbon_majority_args majority;
    softbon_tilt_args tilt;
    softbon_score_args score;
    memset(&weights, 0, sizeof(weights));
    memset(&majority, 0, sizeof(majority));
    memset(&tilt, 0, sizeof(tilt));
    memset(&score, 0, sizeof(score));
    expect(softbon_weights(engine, &weights), SOFTBON_INVALID_ARGUMENT, "size is 0", "softbon_weights_args", "weights");
    expect(softbon_majority(engine, &majority), SOFTBON_INVALID_ARGUMENT, "size is 0", "softbon_majority_args", "majority");
    expect(softbon_tilt(engine, &tilt), SOFTBON_INVALID_ARGUMENT, "size is 0", "softbon_tilt_args", "tilt");
    expect(softbon_score(engine, &score), SOFTBON_INVALID_ARGUMENT, "size is 0", "softbon_score_args", "score");

    majority.size = sizeof(majority);
    majority.rewards = good().rewards;
    majority.rows = good().rows;
    majority.lambda = good().lambda;
    expect(softbon_majority(engine, &majority), SOFTBON_INVALID_ARGUMENT, "answers has 0", "one per candidate", "no answers");

    tilt.size = sizeof(tilt);
    tilt.logits.data = rewards;
    tilt.logits.count = 6;
    tilt.logits.rows = 2;
    tilt.logits.columns = 3;
    tilt.logits.row_stride = 3;
    tilt.logits.format = 5;
    expect(softbon_tilt(engine, &tilt), SOFTBON_INVALID_ARGUMENT, "logits.format is 5", "softbon_format", "no such format");

    tilt.logits.format = SOFTBON_FLOAT32;
    tilt.logits.count = 5;
    expect(softbon_tilt(engine, &tilt), SOFTBON_INVALID_ARGUMENT, "need 6 values", "there are 5", "few logits");

    score.size = sizeof(score);
    score.hidden = tilt.logits;
    score.hidden.count = 6;
    score.weights = score.hidden;
    score.weights.columns = 2;
    score.weights.row_stride = 2;
    score.reward.data = reals;
    score.reward.count = 2;
    expect(softbon_score(engine, &score), SOFTBON_INVALID_ARGUMENT, "2 columns", "pass as many", "weights of another width");
}

static void engines(softbon_engine engine)
{
    softbon_engine other = 7;
    softbon_engine_options options;
    softbon_select_args args = good();
    memset(&options, 0, sizeof(options));
    options.size = sizeof(options);
    expect(softbon_engine_create(&options, NULL), SOFTBON_INVALID_ARGUMENT, "engine is null", "address", "nowhere for it");
    options.backend = 4;
    expect(softbon_engine_create(&options, &other), SOFTBON_INVALID_ARGUMENT, "backend is 4", "pass 0 to 2", "no such backend");
    expect(other == 0 ? 0 : 1, 0, NULL, NULL, "an engine that was not made is 0");
    options.backend = SOFTBON_BACKEND_REFERENCE;
    options.threads = -2;
    expect(softbon_engine_create(&options, &other), SOFTBON_INVALID_ARGUMENT, "threads is -2", "at least 1", "negative threads");
    options.threads = 2;
    expect(softbon_engine_create(&options, &other), SOFTBON_OK, NULL, NULL, "a second engine");
    expect(softbon_select(other, &args), SOFTBON_OK, NULL, NULL, "a call of the second engine");
    expect(softbon_engine_destroy(other), SOFTBON_OK, NULL, NULL, "its end");
    expect(softbon_select(other, &args), SOFTBON_NO_SUCH_ENGINE, "destroyed", "softbon_engine_create", "a call after it");
    expect(softbon_engine_destroy(other), SOFTBON_NO_SUCH_ENGINE, "destroyed", NULL, "its second end");
    expect(softbon_select(0, &args), SOFTBON_NO_SUCH_ENGINE, "no engine 0", NULL, "engine 0");
    expect(softbon_select(engine + 1000, &args), SOFTBON_NO_SUCH_ENGINE, "never made", NULL, "a number of no engine");
    expect(softbon_engine_destroy(0), SOFTBON_OK, NULL, NULL, "the end of none");
}

/* A row in trouble is no fault of the call. */
static void statuses(softbon_engine engine)
{
    softbon_select_args args = good();
    float some[6];
    uint8_t status[2];
    memcpy(some, rewards, sizeof(some));
    some[1] = NAN;
    args.rewards.data = some;
    args.status.data = status;
    args.status.count = 2;
    expect(softbon_select(engine, &args), SOFTBON_OK, NULL, NULL, "a NaN among the rewards");
    expect(status[0], SOFTBON_ROW_REWARD_NAN, NULL, NULL, "its row's status");
    expect(picks[0], -1, NULL, NULL, "its row's pick");
    expect(status[1], SOFTBON_ROW_OK, NULL, NULL, "its neighbour's status");
}

static void *in_a_thread(void *engine)
{
    expect((softbon_status)strlen(softbon_last_error()), 0, NULL, NULL, "a new thread's words");
    expect(softbon_select(*(softbon_engine *)engine, NULL), SOFTBON_INVALID_ARGUMENT, "are null", NULL, "its own fault");
    return NULL;
}

int main(void)
{
    softbon_engine engine;
    softbon_select_args args = good();
    pthread_t thread;
    expect((softbon_status)strlen(softbon_last_error()), 0, NULL, NULL, "the words before any fault");
    expect(softbon_engine_create(NULL, &engine), SOFTBON_OK, NULL, NULL, "an engine");
    arguments(engine);
    versions(engine);
    others(engine);
    engines(engine);
    statuses(engine);

    args.size = 12;
    softbon_select(engine, &args);
    pthread_create(&thread, NULL, in_a_thread, &engine);
    pthread_join(thread, NULL);
    expect(0, 0, "size is 12", NULL, "this thread's words after another's fault");
    softbon_engine_destroy(engine);
    printf("%d checks, %d failures\n", checks, failures);
    return failures == 0 && checks > 40 ? 0 : 1;
}
