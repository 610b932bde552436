/*
 * Runs the committed vectors through libsoftbon and compares bits: vectors FILE [THREADS]. Compiled as C and as C++. With
 * threads, each runs all calls, on one engine for all of them.
 */
#include "calls.h"
#include "softbon.h"

#include <pthread.h>

#define MOST_OUTPUTS 20

/* Memory of a call's results; what is there before the call is no result. */
typedef struct output {
    const field *expected;
    unsigned char *bytes;
    size_t size;
} output;

typedef struct outputs {
    int count;
    output all[MOST_OUTPUTS];
} outputs;

typedef struct tally {
    const char *path;
    softbon_engine engine;
    long calls;
    long values;
    long faults;
} tally;

static void *memory_for(outputs *all, const call *from, const char *name, int64_t *count)
{
    const field *expected = find_part(from, ">", name);
    output *one = &all->all[all->count++];
    one->expected = expected;
    one->size = (size_t)expected->count * bytes_of(expected->type);
    one->bytes = one->size == 0 ? NULL : (unsigned char *)malloc(one->size);
    if (one->bytes != NULL) {
        memset(one->bytes, 0xa5, one->size);
    }

    *count = expected->count;
    return one->bytes;
}

#define INPUT(to, ctype, from, name) \
    do { const field *in_ = find(from, name); (to).data = (const ctype *)in_->data; (to).count = in_->count; } while (0)

#define OUTPUT(args, ctype, all, from, name) \
    (args).name.data = (ctype *)memory_for(all, from, #name, &(args).name.count)

#define PARAMETER(to, ctype, from, name) \
    do { \
        const field *one_ = find(from, name); \
        const field *rows_ = find_part(from, name, ".per_row"); \
        (to).is_given = one_->count > 0; \
        if (one_->count > 0) { (to).value = *(const ctype *)one_->data; } \
        (to).per_row.data = (const ctype *)rows_->data; \
        (to).per_row.count = rows_->count; \
    } while (0)

static softbon_rows rows_of(const call *from)
{
    softbon_rows rows;
    const int64_t *shape = (const int64_t *)find(from, "rows")->data;
    memset(&rows, 0, sizeof(rows));
    rows.layout = (int32_t)shape[0];
    rows.count = (int32_t)shape[1];
    rows.columns = (int32_t)shape[2];
    rows.row_stride = shape[3];
    rows.column_stride = shape[4];
    INPUT(rows.starts, int64_t, from, "rows.starts");
    INPUT(rows.lengths, int32_t, from, "rows.lengths");
    return rows;
}

static softbon_lambda lambda_of(const call *from)
{
    softbon_lambda lambda;
    memset(&lambda, 0, sizeof(lambda));
    lambda.kind = number_of(from, "lambda.kind");
    lambda.value = *(const float *)find(from, "lambda.value")->data;
    INPUT(lambda.per_row, float, from, "lambda.per_row");
    return lambda;
}

static softbon_matrix_in matrix_of(const call *from, const char *name)
{
    softbon_matrix_in matrix;
    const field *values = find(from, name);
    const int64_t *shape = (const int64_t *)find_part(from, name, ".shape")->data;
    memset(&matrix, 0, sizeof(matrix));
    if (shape != NULL) {
        matrix.data = values->data;
        matrix.count = values->count;
        matrix.format = (int32_t)shape[0];
        matrix.rows = (int32_t)shape[1];
        matrix.columns = (int32_t)shape[2];
        matrix.row_stride = shape[3];
    }

    return matrix;
}

/* An output of one value per token, in the format of the logits and without gaps. */
static softbon_matrix_out like(const softbon_matrix_in *logits, outputs *all, const call *from, const char *name)
{
    softbon_matrix_out matrix;
    memset(&matrix, 0, sizeof(matrix));
    matrix.data = memory_for(all, from, name, &matrix.count);
    if (matrix.data != NULL) {
        matrix.format = logits->format;
        matrix.rows = logits->rows;
        matrix.columns = logits->columns;
        matrix.row_stride = logits->columns;
    }

    return matrix;
}

static softbon_status run_select(softbon_engine engine, const call *from, outputs *all)
{
    softbon_select_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    INPUT(args.rewards, float, from, "rewards");
    args.rows = rows_of(from);
    args.lambda = lambda_of(from);
    PARAMETER(args.seed, uint64_t, from, "seed");
    PARAMETER(args.position, uint64_t, from, "position");
    args.noise = number_of(from, "noise");
    args.draws = number_of(from, "draws");
    args.distinct = number_of(from, "distinct");
    INPUT(args.offsets, float, from, "offsets");
    INPUT(args.elements, uint32_t, from, "elements");
    OUTPUT(args, int32_t, all, from, index);
    OUTPUT(args, float, all, from, reward);
    OUTPUT(args, float, all, from, log_probability);
    OUTPUT(args, float, all, from, margin);
    OUTPUT(args, float, all, from, lambda_used);
    OUTPUT(args, uint8_t, all, from, status);
    return softbon_select(engine, &args);
}

static softbon_status run_weights(softbon_engine engine, const call *from, outputs *all)
{
    softbon_weights_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    INPUT(args.rewards, float, from, "rewards");
    args.rows = rows_of(from);
    args.lambda = lambda_of(from);
    OUTPUT(args, float, all, from, weights);
    OUTPUT(args, float, all, from, log_weights);
    OUTPUT(args, float, all, from, log_mean_exp);
    OUTPUT(args, float, all, from, effective_sample_size);
    OUTPUT(args, float, all, from, entropy);
    OUTPUT(args, float, all, from, kl_to_uniform);
    OUTPUT(args, float, all, from, expected_reward);
    OUTPUT(args, float, all, from, chi_square);
    OUTPUT(args, float, all, from, kl_from_tilt_bound);
    OUTPUT(args, float, all, from, kl_from_model_bound);
    OUTPUT(args, float, all, from, lambda_used);
    OUTPUT(args, uint8_t, all, from, status);
    return softbon_weights(engine, &args);
}

static softbon_status run_majority(softbon_engine engine, const call *from, outputs *all)
{
    softbon_majority_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    INPUT(args.rewards, float, from, "rewards");
    args.rows = rows_of(from);
    args.lambda = lambda_of(from);
    INPUT(args.answers, int32_t, from, "answers");
    OUTPUT(args, int32_t, all, from, answer);
    OUTPUT(args, int32_t, all, from, index);
    OUTPUT(args, float, all, from, share);
    OUTPUT(args, float, all, from, lambda_used);
    OUTPUT(args, uint8_t, all, from, status);
    return softbon_majority(engine, &args);
}

static softbon_status run_tilt(softbon_engine engine, const call *from, outputs *all)
{
    softbon_tilt_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    args.logits = matrix_of(from, "logits");
    args.rewards = matrix_of(from, "rewards");
    INPUT(args.sparse_offsets, int64_t, from, "sparse_offsets");
    INPUT(args.sparse_tokens, int32_t, from, "sparse_tokens");
    INPUT(args.sparse_values, float, from, "sparse_values");
    args.lambda = lambda_of(from);
    PARAMETER(args.temperature, float, from, "temperature");
    PARAMETER(args.top_k, int32_t, from, "top_k");
    PARAMETER(args.top_p, float, from, "top_p");
    PARAMETER(args.min_p, float, from, "min_p");
    PARAMETER(args.top_n_sigma, float, from, "top_n_sigma");
    PARAMETER(args.mode, uint8_t, from, "mode");
    PARAMETER(args.seed, uint64_t, from, "seed");
    PARAMETER(args.position, uint64_t, from, "position");
    INPUT(args.mask, uint32_t, from, "mask");
    args.mask_words_per_row = number_of(from, "mask_words_per_row");
    args.noise = number_of(from, "noise");
    args.proposals = number_of(from, "proposals");
    args.draws = number_of(from, "draws");
    args.top = number_of(from, "top");
    OUTPUT(args, int32_t, all, from, token);
    OUTPUT(args, int32_t, all, from, rank);
    OUTPUT(args, float, all, from, log_probability);
    OUTPUT(args, float, all, from, base_log_probability);
    OUTPUT(args, float, all, from, model_log_probability);
    OUTPUT(args, int32_t, all, from, top_token);
    OUTPUT(args, float, all, from, top_log_probability);
    OUTPUT(args, float, all, from, log_sum_exp);
    OUTPUT(args, float, all, from, base_log_sum_exp);
    OUTPUT(args, float, all, from, kl);
    OUTPUT(args, float, all, from, effective_sample_size);
    args.tilted_logits = like(&args.logits, all, from, "tilted_logits");
    args.probabilities = like(&args.logits, all, from, "probabilities");
    OUTPUT(args, uint8_t, all, from, status);
    return softbon_tilt(engine, &args);
}

static softbon_status run_score(softbon_engine engine, const call *from, outputs *all)
{
    softbon_score_args args;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    args.hidden = matrix_of(from, "hidden");
    args.weights = matrix_of(from, "weights");
    INPUT(args.bias, float, from, "bias");
    INPUT(args.gating, float, from, "gating");
    INPUT(args.mixture, float, from, "mixture");
    OUTPUT(args, float, all, from, reward);
    return softbon_score(engine, &args);
}

/* A source and one step at most: tokens that are pooled, or rewards that are calibrated or penalized. */
static softbon_status run_plan(softbon_engine engine, const call *from, outputs *all)
{
    const int32_t *kinds = (const int32_t *)find(from, "step")->data;
    const float *parameters = (const float *)find(from, "step.parameters")->data;
    softbon_plan_args how;
    softbon_run_args args;
    softbon_step step;
    softbon_status status;
    memset(&how, 0, sizeof(how));
    memset(&args, 0, sizeof(args));
    how.size = sizeof(how);
    args.size = sizeof(args);
    how.source = number_of(from, "source");
    INPUT(args.rewards, float, from, "rewards");
    if (kinds == NULL) {
        how.pooling = number_of(from, "pooling");
        how.pooling_parameter = *(const float *)find(from, "pooling.parameter")->data;
        args.token_rows = rows_of(from);
        args.prompts.count = 1;
        args.prompts.columns = args.token_rows.count;
    } else {
        memset(&step, 0, sizeof(step));
        step.kind = kinds[0];
        step.how = kinds[1];
        step.first = parameters[0];
        step.second = parameters[1];
        INPUT(step.table, float, from, "table");
        how.steps = &step;
        how.step_count = 1;
        args.prompts = rows_of(from);
        INPUT(args.log_probability, float, from, "log_probability");
        INPUT(args.reference_log_probability, float, from, "reference_log_probability");
        INPUT(args.length, int32_t, from, "length");
    }

    OUTPUT(args, float, all, from, reward);
    status = softbon_plan_create(&how, &args.plan);
    if (status == SOFTBON_OK) {
        status = softbon_run(engine, &args);
        softbon_plan_destroy(args.plan);
    }

    return status;
}

typedef softbon_status (*runner)(softbon_engine, const call *, outputs *);

static runner runner_of(const call *from)
{
    static const struct { const char *name; runner run; } all[] = {
        { "selection", run_select }, { "soft-weights", run_weights }, { "weighted-majority", run_majority },
        { "token-tilt", run_tilt }, { "reward-scoring", run_score }, { "reward-plan", run_plan },
    };
    const field *name = find(from, "operation");
    size_t i;
    for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if ((size_t)name->count == strlen(all[i].name) && memcmp(name->data, all[i].name, (size_t)name->count) == 0) {
            return all[i].run;
        }
    }

    give_up("the file of calls has an operation that is not known");
    return NULL;
}

static void compare(tally *sum, const call *from, outputs *all)
{
    const field *name = find(from, "case");
    int i;
    for (i = 0; i < all->count; i++) {
        output *one = &all->all[i];
        sum->values += (long)one->expected->count;
        if (one->size > 0 && memcmp(one->bytes, one->expected->data, one->size) != 0) {
            sum->faults++;
            fprintf(stderr, "%.*s, %s: other bits\n", (int)name->count, (const char *)name->data, one->expected->name);
        }

        free(one->bytes);
    }
}

static void *run_all(void *argument)
{
    tally *sum = (tally *)argument;
    call_file file = open_calls(sum->path);
    call *one = (call *)malloc(sizeof(call));
    while (next_call(&file, one)) {
        outputs all;
        const field *name = find(one, "case");
        all.count = 0;
        if (runner_of(one)(sum->engine, one, &all) != SOFTBON_OK) {
            sum->faults++;
            fprintf(stderr, "%.*s: %s\n", (int)name->count, (const char *)name->data, softbon_last_error());
        }

        compare(sum, one, &all);
        sum->calls++;
    }

    free(one);
    free(file.bytes);
    return NULL;
}

int main(int count, char **arguments)
{
    int threads = count > 2 ? atoi(arguments[2]) : 1;
    pthread_t ids[64];
    tally sums[64];
    long faults = 0;
    softbon_engine engine;
    int i;
    if (count < 2 || threads < 1 || threads > 64) {
        give_up("usage: vectors FILE [THREADS]");
    }

    if (softbon_abi() != SOFTBON_ABI || softbon_engine_create(NULL, &engine) != SOFTBON_OK) {
        give_up(softbon_last_error());
    }

    for (i = 0; i < threads; i++) {
        memset(&sums[i], 0, sizeof(sums[i]));
        sums[i].path = arguments[1];
        sums[i].engine = engine;
        if (pthread_create(&ids[i], NULL, run_all, &sums[i]) != 0) {
            give_up("no thread could be made");
        }
    }

    for (i = 0; i < threads; i++) {
        pthread_join(ids[i], NULL);
        faults += sums[i].faults;
    }

    softbon_engine_destroy(engine);
    printf("%d threads, each %ld calls and %ld values: %ld differ\n", threads, sums[0].calls, sums[0].values, faults);
    return faults == 0 && sums[0].calls > 100 ? 0 : 1;
}
