/*
 * Plans through libsoftbon: plan. A plan has the bits of its pieces, steps have exact answers, every fault has its words, and
 * 16 threads that run one plan on one engine get the same bits.
 */
#include "softbon.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROMPTS 3
#define CANDIDATES 4
#define ALL (PROMPTS * CANDIDATES)
#define DIMENSION 40
#define HEADS 2
#define THREADS 16

static int checks;
static int failures;
static softbon_engine engine;

static float hidden[ALL * DIMENSION];
static float weights[HEADS * DIMENSION];
static const float mixture[HEADS] = { 0.25f, 0.75f };

static void expect(int holds, const char *what)
{
    checks++;
    if (!holds) {
        failures++;
        fprintf(stderr, "%s: %s\n", what, softbon_last_error());
    }
}

static void refused(softbon_status status, softbon_status expected, const char *part, const char *what)
{
    expect(status == expected && strstr(softbon_last_error(), part) != NULL, what);
}

static void fill(float *values, int count, unsigned seed)
{
    int i;
    for (i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        values[i] = (float)(seed >> 8) / 8388608.0f - 1.0f;
    }
}

static softbon_matrix_in matrix(const float *values, int rows)
{
    softbon_matrix_in all;
    memset(&all, 0, sizeof(all));
    all.data = values;
    all.count = (int64_t)rows * DIMENSION;
    all.rows = rows;
    all.columns = DIMENSION;
    all.row_stride = DIMENSION;
    return all;
}

static softbon_plan_args heads(void)
{
    softbon_plan_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    args.weights = matrix(weights, HEADS);
    args.mixture.data = mixture;
    args.mixture.count = HEADS;
    return args;
}

static softbon_plan_args given(int members, const softbon_step *steps, int count)
{
    softbon_plan_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    args.source = SOFTBON_FROM_REWARDS;
    args.members = members;
    args.steps = steps;
    args.step_count = count;
    return args;
}

static softbon_select_args picks(int32_t *index)
{
    softbon_select_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    args.lambda.kind = SOFTBON_LAMBDA_GIVEN;
    args.lambda.value = 0.5f;
    args.seed.is_given = 1;
    args.seed.value = 7;
    args.index.data = index;
    args.index.count = PROMPTS;
    return args;
}

static softbon_run_args call(softbon_plan plan)
{
    softbon_run_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    args.plan = plan;
    args.prompts.count = PROMPTS;
    args.prompts.columns = CANDIDATES;
    return args;
}

/* Heads, weights and picks in one call and in three. */
static void pieces(void)
{
    float reward[ALL], soft[ALL], own_reward[ALL], own_soft[ALL];
    int32_t index[PROMPTS], own_index[PROMPTS];
    softbon_plan_args how = heads();
    softbon_plan plan = 0;
    softbon_run_args run;
    softbon_select_args pick = picks(index);
    softbon_weights_args weigh;
    softbon_score_args score;
    memset(&weigh, 0, sizeof(weigh));
    weigh.size = sizeof(weigh);
    weigh.weights.data = soft;
    weigh.weights.count = ALL;
    expect(softbon_plan_create(&how, &plan) == SOFTBON_OK && plan != 0, "a plan of heads");
    run = call(plan);
    run.hidden = matrix(hidden, ALL);
    run.weights = &weigh;
    run.selection = &pick;
    run.reward.data = reward;
    run.reward.count = ALL;
    expect(softbon_run(engine, &run) == SOFTBON_OK, "a call of it");

    memset(&score, 0, sizeof(score));
    score.size = sizeof(score);
    score.hidden = run.hidden;
    score.weights = how.weights;
    score.mixture = how.mixture;
    score.reward.data = own_reward;
    score.reward.count = ALL;
    expect(softbon_score(engine, &score) == SOFTBON_OK && memcmp(reward, own_reward, sizeof(reward)) == 0, "its rewards");
    weigh.rewards.data = own_reward;
    weigh.rewards.count = ALL;
    weigh.rows = run.prompts;
    weigh.lambda = pick.lambda;
    weigh.weights.data = own_soft;
    expect(softbon_weights(engine, &weigh) == SOFTBON_OK && memcmp(soft, own_soft, sizeof(soft)) == 0, "its weights");
    pick.rewards = weigh.rewards;
    pick.rows = run.prompts;
    pick.index.data = own_index;
    expect(softbon_select(engine, &pick) == SOFTBON_OK && memcmp(index, own_index, sizeof(index)) == 0, "its picks");
    expect(softbon_plan_destroy(plan) == SOFTBON_OK, "its end");
    run.weights = NULL;
    refused(softbon_run(engine, &run), SOFTBON_NO_SUCH_ENGINE, "softbon_plan_create", "a call after it");
}

static void runs(const softbon_plan_args *how, softbon_run_args *run, const float *expected, const char *what)
{
    float reward[ALL];
    softbon_plan plan = 0;
    expect(softbon_plan_create(how, &plan) == SOFTBON_OK, what);
    run->plan = plan;
    run->reward.data = reward;
    run->reward.count = ALL;
    expect(softbon_run(engine, run) == SOFTBON_OK && memcmp(reward, expected, sizeof(reward)) == 0, what);
    softbon_plan_destroy(plan);
}

/* Steps whose answers are exact: powers of two, the least of two, bounds. */
static void steps(void)
{
    static const softbon_step clip = { SOFTBON_CALIBRATE, SOFTBON_CLIP, -1.0f, 1.0f, { NULL, 0 } };
    static const softbon_step least = { SOFTBON_ENSEMBLE, SOFTBON_MIN, 0, 0, { NULL, 0 } };
    static const softbon_step price = { SOFTBON_PENALIZE, 0, 0.5f, 0.25f, { NULL, 0 } };
    static const softbon_step scale = { SOFTBON_CALIBRATE, SOFTBON_MIN_MAX, 0, 0, { NULL, 0 } };
    float two[2 * ALL], expected[ALL], policy[ALL], reference[ALL];
    int32_t length[ALL];
    softbon_run_args run = call(0);
    softbon_plan_args how;
    int i;
    for (i = 0; i < ALL; i++) {
        two[i] = (float)(i % CANDIDATES) - 2.0f;
        two[ALL + i] = (float)(i % 3);
        policy[i] = -(float)i;
        reference[i] = -2.0f * (float)i;
        length[i] = 4 * i;
    }

    for (i = 0; i < ALL; i++) {
        expected[i] = two[i] < -1.0f ? -1.0f : two[i] > 1.0f ? 1.0f : two[i];
    }

    run.rewards.data = two;
    run.rewards.count = ALL;
    how = given(1, &clip, 1);
    runs(&how, &run, expected, "a range");
    for (i = 0; i < ALL; i++) {
        expected[i] = two[i] - (0.5f * (policy[i] - reference[i]) + 0.25f * (float)length[i]);
    }

    run.log_probability.data = policy;
    run.log_probability.count = ALL;
    run.reference_log_probability.data = reference;
    run.reference_log_probability.count = ALL;
    run.length.data = length;
    run.length.count = ALL;
    how = given(1, &price, 1);
    runs(&how, &run, expected, "prices");
    memset(&run.log_probability, 0, sizeof(run.log_probability));
    memset(&run.reference_log_probability, 0, sizeof(run.reference_log_probability));
    memset(&run.length, 0, sizeof(run.length));
    for (i = 0; i < ALL; i++) {
        expected[i] = two[i] < two[ALL + i] ? two[i] : two[ALL + i];
    }

    run.rewards.count = 2 * ALL;
    how = given(2, &least, 1);
    runs(&how, &run, expected, "the least of two");
    for (i = 0; i < ALL; i++) {
        two[i] = (float)(1 << (i % CANDIDATES)) * 8.0f;
    }

    two[3] = two[7] = two[11] = 72.0f;
    for (i = 0; i < ALL; i++) {
        expected[i] = (two[i] - 8.0f) / 64.0f;
    }

    run.rewards.count = ALL;
    how = given(1, &scale, 1);
    runs(&how, &run, expected, "least to largest");
}

static void faults(void)
{
    static const softbon_step unknown = { 9, 0, 0, 0, { NULL, 0 } };
    static const softbon_step how_unknown = { SOFTBON_CALIBRATE, 9, 0, 0, { NULL, 0 } };
    static const softbon_step single = { SOFTBON_ENSEMBLE, SOFTBON_MEAN, 0, 0, { NULL, 0 } };
    float two[ALL] = { 0 };
    int32_t index[PROMPTS];
    softbon_plan plan = 7;
    softbon_plan_args how = given(1, &unknown, 1);
    softbon_run_args run;
    softbon_select_args pick = picks(index);
    softbon_weights_args weigh;
    refused(softbon_plan_create(&how, &plan), SOFTBON_INVALID_ARGUMENT, "steps[0].kind is 9", "an unknown step");
    expect(plan == 0, "no plan");
    how.steps = &how_unknown;
    refused(softbon_plan_create(&how, &plan), SOFTBON_INVALID_ARGUMENT, "softbon_calibration", "an unknown calibration");
    how.steps = &single;
    refused(softbon_plan_create(&how, &plan), SOFTBON_INVALID_ARGUMENT, "leave the step out", "an ensemble of one");
    how.steps = NULL;
    refused(softbon_plan_create(&how, &plan), SOFTBON_INVALID_ARGUMENT, "step_count is 1", "no steps");
    how.step_count = 0;
    how.source = 9;
    refused(softbon_plan_create(&how, &plan), SOFTBON_INVALID_ARGUMENT, "softbon_source", "an unknown source");
    refused(softbon_plan_create(&how, NULL), SOFTBON_INVALID_ARGUMENT, "softbon_plan", "nowhere for a plan");
    refused(softbon_plan_create(NULL, &plan), SOFTBON_INVALID_ARGUMENT, "weights", "nothing said");

    how = given(1, NULL, 0);
    expect(softbon_plan_create(&how, &plan) == SOFTBON_OK, "a plan of rewards");
    run = call(plan);
    run.rewards.data = two;
    run.rewards.count = ALL;
    run.selection = &pick;
    expect(softbon_run(engine, &run) == SOFTBON_OK, "a call of it");
    pick.rewards = run.rewards;
    refused(softbon_run(engine, &run), SOFTBON_INVALID_ARGUMENT, "selection has rewards", "rewards of its own");
    pick = picks(index);
    memset(&weigh, 0, sizeof(weigh));
    weigh.size = sizeof(weigh);
    weigh.lambda = pick.lambda;
    run.weights = &weigh;
    refused(softbon_run(engine, &run), SOFTBON_INVALID_ARGUMENT, "one lambda", "two lambdas");
    run.weights = NULL;
    run.rewards.count = ALL - 1;
    refused(softbon_run(engine, &run), SOFTBON_INVALID_ARGUMENT, "11", "a reward short");
    run.rewards.count = ALL;
    run.hidden = matrix(hidden, ALL);
    refused(softbon_run(engine, &run), SOFTBON_INVALID_ARGUMENT, "Hidden", "what the plan does not use");
    softbon_plan_destroy(plan);
}

static softbon_plan shared;

static void *repeat(void *at)
{
    int32_t index[PROMPTS];
    softbon_select_args pick = picks(index);
    softbon_run_args run = call(shared);
    int i;
    long other = 0;
    run.hidden = matrix(hidden, ALL);
    run.selection = &pick;
    for (i = 0; i < 200; i++) {
        memset(index, 0xa5, sizeof(index));
        other += softbon_run(engine, &run) != SOFTBON_OK || memcmp(index, at, sizeof(index)) != 0;
    }

    return (void *)other;
}

static void threads(void)
{
    int32_t index[PROMPTS];
    softbon_plan_args how = heads();
    softbon_select_args pick = picks(index);
    softbon_run_args run;
    pthread_t ids[THREADS];
    int i;
    expect(softbon_plan_create(&how, &shared) == SOFTBON_OK, "a plan for many threads");
    run = call(shared);
    run.hidden = matrix(hidden, ALL);
    run.selection = &pick;
    expect(softbon_run(engine, &run) == SOFTBON_OK, "its picks alone");
    for (i = 0; i < THREADS; i++) {
        expect(pthread_create(&ids[i], NULL, repeat, index) == 0, "a thread");
    }

    for (i = 0; i < THREADS; i++) {
        void *other = NULL;
        pthread_join(ids[i], &other);
        expect(other == NULL, "a thread's picks");
    }

    softbon_plan_destroy(shared);
}

int main(void)
{
    fill(hidden, ALL * DIMENSION, 1);
    fill(weights, HEADS * DIMENSION, 2);
    expect(softbon_engine_create(NULL, &engine) == SOFTBON_OK, "an engine");
    pieces();
    steps();
    faults();
    threads();
    softbon_engine_destroy(engine);
    printf("plans: %d checks, %d failures\n", checks, failures);
    return failures == 0 ? 0 : 1;
}
