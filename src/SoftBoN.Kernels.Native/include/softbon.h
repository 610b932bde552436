/*
 * softbon.h: soft best-of-n sampling for every language, on the processor, and on device pointers in a CUDA context of the host.
 *
 * The same inputs and seeds give the same bits as the managed library, at any batch size, with any number of threads.
 *
 * Arguments. Each call takes a struct whose first field is its size: zero the struct, set size = sizeof(the struct), then
 * the fields that are wanted. What is zero is absent and means the default. Later versions append fields; a program that
 * was compiled with an older header goes on working, and one with a newer header does as long as it leaves newer fields
 * zero. The structs inside of arguments (softbon_rows, softbon_f32_in, ...) never change.
 *
 * Memory. An array is an address and a number of values, so that lengths are checked before any work; it is read or written
 * during the call only. An output without memory is not computed. Outputs must not overlap inputs or each other. What cannot
 * be checked: that as many values as were said really are there. Row i of outputs per draw is at i * draws.
 *
 * Threads. Any number of threads may use one engine at once. Destroying it while calls are under way lets them finish.
 *
 * Faults. Every function returns a status; softbon_last_error has the words, of this thread's last failed call. After a
 * call that failed, the contents of its outputs are unspecified. A row in trouble (a NaN, say) fails no call: it gets a
 * softbon_row_status, index -1 and NaN.
 *
 * Processes. Load the library after fork(), not before: it has threads of its own, which a forked child does not.
 */
#ifndef SOFTBON_H
#define SOFTBON_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface; softbon_abi() says which one the library has. */
#define SOFTBON_ABI 1

/* What a call came to. */
typedef int32_t softbon_status;
enum {
    SOFTBON_OK = 0,
    SOFTBON_INVALID_ARGUMENT = 1, /* an argument is out of range or does not fit the others; nothing was done */
    SOFTBON_NO_SUCH_ENGINE = 2,   /* the engine was destroyed, or never made */
    SOFTBON_UNSUPPORTED = 3,      /* this library or this engine cannot do it */
    SOFTBON_OUT_OF_MEMORY = 4,
    SOFTBON_INTERNAL = 5,         /* a defect of the library: please report the text of softbon_last_error */
    SOFTBON_DEVICE_UNAVAILABLE = 6, /* no CUDA driver, or no context */
    SOFTBON_DEVICE_FAULT = 7      /* the CUDA driver reported an error */
};

/* Why a row has no result (16 and above), or what is to be said of it (below 16). */
enum softbon_row_status {
    SOFTBON_ROW_OK = 0,
    SOFTBON_ROW_BUDGET_NOT_BINDING = 1,
    SOFTBON_ROW_BUDGET_OUT_OF_REACH = 2,
    SOFTBON_ROW_FEWER_CANDIDATES_THAN_DRAWS = 3,
    SOFTBON_ROW_EMPTY = 16,
    SOFTBON_ROW_LAMBDA_INVALID = 17,
    SOFTBON_ROW_TARGET_INVALID = 18,
    SOFTBON_ROW_REWARD_NAN = 19,
    SOFTBON_ROW_REWARD_POSITIVE_INFINITY = 20,
    SOFTBON_ROW_OFFSET_INVALID = 21,
    SOFTBON_ROW_DUPLICATE_ELEMENTS = 22,
    SOFTBON_ROW_ALL_EXCLUDED = 23,
    SOFTBON_ROW_NO_VOTES = 24,
    SOFTBON_ROW_TEMPERATURE_INVALID = 25,
    SOFTBON_ROW_TRUNCATION_INVALID = 26,
    SOFTBON_ROW_MODE_INVALID = 27,
    SOFTBON_ROW_LOGIT_NAN = 28,
    SOFTBON_ROW_LOGIT_POSITIVE_INFINITY = 29,
    SOFTBON_ROW_SPARSE_REWARDS_INVALID = 30,
    SOFTBON_ROW_SCORES_OUT_OF_RANGE = 31,
    SOFTBON_ROW_HIDDEN_NAN = 32,
    SOFTBON_ROW_HIDDEN_INFINITY = 33,
    SOFTBON_ROW_GATING_INVALID = 34,
    SOFTBON_ROW_REWARD_NEGATIVE = 35,
    SOFTBON_ROW_PENALTY_INVALID = 36,
    SOFTBON_ROW_REWARD_OUT_OF_RANGE = 37
};

/* Arrays: an address, and how many values are there. {NULL, 0} is absent. */
typedef struct softbon_f32_in { const float *data; int64_t count; } softbon_f32_in;
typedef struct softbon_i32_in { const int32_t *data; int64_t count; } softbon_i32_in;
typedef struct softbon_u32_in { const uint32_t *data; int64_t count; } softbon_u32_in;
typedef struct softbon_i64_in { const int64_t *data; int64_t count; } softbon_i64_in;
typedef struct softbon_u64_in { const uint64_t *data; int64_t count; } softbon_u64_in;
typedef struct softbon_u8_in { const uint8_t *data; int64_t count; } softbon_u8_in;
typedef struct softbon_f32_out { float *data; int64_t count; } softbon_f32_out;
typedef struct softbon_i32_out { int32_t *data; int64_t count; } softbon_i32_out;
typedef struct softbon_u8_out { uint8_t *data; int64_t count; } softbon_u8_out;

/* Parameters: not given, one value for all rows, or one per row (where per_row has values; value is not read then). */
typedef struct softbon_f32_param { int32_t is_given; float value; softbon_f32_in per_row; } softbon_f32_param;
typedef struct softbon_i32_param { int32_t is_given; int32_t value; softbon_i32_in per_row; } softbon_i32_param;
typedef struct softbon_u64_param { int32_t is_given; int32_t reserved; uint64_t value; softbon_u64_in per_row; } softbon_u64_param;
typedef struct softbon_u8_param { int32_t is_given; uint8_t value; uint8_t reserved[3]; softbon_u8_in per_row; } softbon_u8_param;

/* Where the rows of a batch lie in the rewards. All other arrays per candidate are packed, row after row without gaps. */
enum softbon_layout {
    SOFTBON_ROWS_DENSE = 0,   /* count rows of columns candidates, one after the other */
    SOFTBON_ROWS_STRIDED = 1, /* the same with any strides, in values, at least 0 */
    SOFTBON_ROWS_RAGGED = 2,  /* starts: where each row starts, and after them where the last one ends */
    SOFTBON_ROWS_MAPPED = 3   /* starts and lengths: each row is any range of the rewards */
};
typedef struct softbon_rows {
    int32_t layout;
    int32_t count;
    int32_t columns;
    int32_t reserved;
    int64_t row_stride;
    int64_t column_stride;
    softbon_i64_in starts;
    softbon_i32_in lengths;
} softbon_rows;

/* The temperature, in the units of the rewards: given, or found per row from a budget. */
enum softbon_lambda_kind {
    SOFTBON_LAMBDA_NOT_GIVEN = 0,
    SOFTBON_LAMBDA_GIVEN = 1,      /* 0 (best-of-n) to +infinity (as the model drew them) */
    SOFTBON_LAMBDA_SIGNED = 2,     /* of either sign: a negative one prefers low rewards */
    SOFTBON_LAMBDA_TARGET_KL = 3,  /* the smallest at which KL(weights || uniform) is within so many nats */
    SOFTBON_LAMBDA_TARGET_ESS = 4  /* the smallest at which the effective sample size is at least so many candidates */
};
typedef struct softbon_lambda { int32_t kind; float value; softbon_f32_in per_row; } softbon_lambda;

/* Rows of one value per token or dimension, side by side; row_stride in values (columns where there are no gaps). */
enum softbon_format { SOFTBON_FLOAT32 = 0, SOFTBON_HALF = 1, SOFTBON_BFLOAT16 = 2 };
typedef struct softbon_matrix_in {
    const void *data;
    int64_t count; /* values that are there */
    int32_t format;
    int32_t rows;
    int32_t columns;
    int32_t reserved;
    int64_t row_stride;
} softbon_matrix_in;
typedef struct softbon_matrix_out {
    void *data;
    int64_t count;
    int32_t format;
    int32_t rows;
    int32_t columns;
    int32_t reserved;
    int64_t row_stride;
} softbon_matrix_out;

/* An engine: a number that softbon_engine_create gives out; 0 is none. */
typedef uint64_t softbon_engine;

enum softbon_backend { SOFTBON_BACKEND_AUTO = 0, SOFTBON_BACKEND_REFERENCE = 1, SOFTBON_BACKEND_SIMD = 2 };
typedef struct softbon_engine_options {
    uint32_t size;
    int32_t backend;
    int32_t threads; /* that a call may use, the caller's included; 0 for as many as there are processors */
    int32_t reserved;
} softbon_engine_options;

/* Selection: argmax of reward / lambda + offset + noise. */
enum softbon_noise {
    SOFTBON_NOISE_GUMBEL = 0,       /* soft best-of-n: the pick follows softmax(reward / lambda + offset) */
    SOFTBON_NOISE_UNIFORM_RACE = 1,
    SOFTBON_NOISE_NONE = 2          /* best-of-n */
};
typedef struct softbon_select_args {
    uint32_t size;
    uint32_t reserved;
    softbon_f32_in rewards;
    softbon_rows rows;
    softbon_lambda lambda;
    softbon_u64_param seed;      /* any value; needed unless there is no noise */
    softbon_u64_param position;  /* where not given, row i has position i */
    int32_t noise;
    int32_t draws;               /* per row; 0 means 1 */
    int32_t distinct;            /* not 0: the draws of a row are distinct candidates */
    int32_t reserved2;
    softbon_f32_in offsets;      /* packed, in nats, added to reward / lambda; -infinity excludes */
    softbon_u32_in elements;     /* packed: names under which candidates draw their noise; 0, 1, 2, ... where absent */
    softbon_i32_out index;       /* per draw: the picked candidate's place in its row, -1 where there is none */
    softbon_f32_out reward;      /* per draw: its reward */
    softbon_f32_out log_probability; /* per draw, nats */
    softbon_f32_out margin;      /* per draw, nats: the picked key minus the next best one */
    softbon_f32_out lambda_used; /* per row */
    softbon_u8_out status;       /* per row: softbon_row_status */
} softbon_select_args;

/* Soft weights p_i = exp(r_i / lambda) / sum_j exp(r_j / lambda), and diagnostics. */
typedef struct softbon_weights_args {
    uint32_t size;
    uint32_t reserved;
    softbon_f32_in rewards;
    softbon_rows rows;
    softbon_lambda lambda;
    softbon_f32_out weights;               /* packed */
    softbon_f32_out log_weights;           /* packed, nats */
    softbon_f32_out log_mean_exp;          /* per row, reward units: lambda log(mean of exp(reward / lambda)) */
    softbon_f32_out effective_sample_size; /* per row, candidates: 1 / sum p^2 */
    softbon_f32_out entropy;               /* per row, nats */
    softbon_f32_out kl_to_uniform;         /* per row, nats: log n - entropy */
    softbon_f32_out expected_reward;       /* per row, reward units: sum p r */
    softbon_f32_out chi_square;            /* per row: n / ess - 1 */
    softbon_f32_out kl_from_tilt_bound;    /* per row, nats */
    softbon_f32_out kl_from_model_bound;   /* per row, nats */
    softbon_f32_out lambda_used;           /* per row */
    softbon_u8_out status;                 /* per row */
} softbon_weights_args;

/* Weighted majority: the answer whose candidates have the largest sum of soft weights. */
typedef struct softbon_majority_args {
    uint32_t size;
    uint32_t reserved;
    softbon_f32_in rewards;
    softbon_rows rows;
    softbon_lambda lambda;
    softbon_i32_in answers;      /* packed: each candidate's answer, at least 0; a negative one abstains */
    softbon_i32_out answer;      /* per row, -1 where there is none */
    softbon_i32_out index;       /* per row: the first candidate that gave it */
    softbon_f32_out share;       /* per row, 0 to 1: the sum of its weights */
    softbon_f32_out lambda_used; /* per row */
    softbon_u8_out status;       /* per row */
} softbon_majority_args;

/* Token tilt: tokens drawn from softmax(logit / T) exp(reward / lambda), renormalised, of at most 2^20 tokens. */
enum softbon_tilt_mode { SOFTBON_MODE_TILT = 0, SOFTBON_MODE_SOFT_BEST_OF_N = 1, SOFTBON_MODE_GREEDY = 2 };
enum softbon_token_noise { SOFTBON_TOKEN_NOISE_PER_BLOCK = 0, SOFTBON_TOKEN_NOISE_PER_TOKEN = 1 };
typedef struct softbon_tilt_args {
    uint32_t size;
    uint32_t reserved;
    softbon_matrix_in logits;
    softbon_matrix_in rewards;        /* of all tokens, or: */
    softbon_i64_in sparse_offsets;    /* rows + 1: where each row of the logits starts in the next two */
    softbon_i32_in sparse_tokens;     /* ascending in each row */
    softbon_f32_in sparse_values;
    softbon_lambda lambda;            /* needed where there are rewards; no budgets */
    softbon_f32_param temperature;    /* 0 to +infinity; 1 where not given */
    softbon_i32_param top_k;
    softbon_f32_param top_p;
    softbon_f32_param min_p;
    softbon_f32_param top_n_sigma;
    softbon_f32_param least_logit;
    softbon_u8_param mode;            /* softbon_tilt_mode */
    softbon_u64_param seed;
    softbon_u64_param position;       /* where not given, row i has position i */
    softbon_u32_in mask;              /* a bit per token, from the lowest: which are allowed */
    int32_t mask_words_per_row;       /* 0: all rows share one mask */
    int32_t noise;                    /* softbon_token_noise */
    int32_t proposals;                /* per draw in mode SOFT_BEST_OF_N, 1 to 1024 */
    int32_t draws;                    /* per row; 0 means 1 */
    int32_t top;                      /* how many of the likeliest tokens are wanted, 0 to 20 */
    int32_t reserved2;
    softbon_i32_in row_map;           /* which row of logits, mask and sparse rewards each row of the batch reads */
    softbon_i32_in reward_map;        /* which row of rewards each row of the batch reads */
    softbon_i32_out token;            /* per draw, -1 where there is none */
    softbon_i32_out rank;             /* per draw */
    softbon_f32_out log_probability;  /* per draw, nats, under the tilt */
    softbon_f32_out base_log_probability;
    softbon_f32_out model_log_probability;
    softbon_i32_out top_token;        /* [rows, top] */
    softbon_f32_out top_log_probability;
    softbon_f32_out log_sum_exp;      /* per row, nats */
    softbon_f32_out base_log_sum_exp;
    softbon_f32_out kl;               /* per row, nats: KL(tilt || base law) */
    softbon_f32_out effective_sample_size;
    softbon_f32_out least_kept;       /* per row: the least logit that truncation keeps */
    softbon_matrix_out tilted_logits; /* may be the memory of the logits */
    softbon_matrix_out probabilities; /* may be the memory of the logits */
    softbon_u8_out status;            /* per row */
} softbon_tilt_args;

/* Reward scoring: linear heads on hidden states, and a mixture of their scores. */
typedef struct softbon_score_args {
    uint32_t size;
    uint32_t reserved;
    softbon_matrix_in hidden;  /* [rows, dimension], or [tokens, dimension] with a row map */
    softbon_matrix_in weights; /* [heads, dimension] */
    softbon_f32_in bias;       /* [heads]; 0 where absent */
    softbon_i32_in row_map;    /* which row of hidden each row of the batch reads */
    softbon_f32_in mixture;    /* [heads]: shares of the reward, or: */
    softbon_f32_in gating;     /* [rows, heads] */
    softbon_f32_out scores;    /* [rows, heads] */
    softbon_f32_out reward;    /* per row */
    softbon_u8_out status;     /* per row */
} softbon_score_args;

/*
 * Plans: from features to one reward per candidate, and from there to weights and picks. A plan is made once, keeps copies of
 * weights and tables, and may be run by any number of threads and engines at once. Steps happen in their order.
 */
typedef uint64_t softbon_plan;
enum softbon_source {
    SOFTBON_FROM_HEAD = 0,       /* scores of hidden states: a reward per head, or one with a mixture */
    SOFTBON_FROM_GATED_HEAD = 1, /* scores mixed by shares of each candidate's own: gating */
    SOFTBON_FROM_REWARDS = 2,    /* rewards that are given: members of them per candidate */
    SOFTBON_FROM_TOKENS = 3      /* a row of token or step rewards per candidate, pooled */
};
enum softbon_step_kind { SOFTBON_CALIBRATE = 1, SOFTBON_ENSEMBLE = 2, SOFTBON_PENALIZE = 3 };
enum softbon_calibration {
    SOFTBON_Z_SCORE = 0,
    SOFTBON_MIN_MAX = 1,
    SOFTBON_QUANTILE = 2,
    SOFTBON_TABLE = 3,           /* table: quantiles of a reference, not decreasing */
    SOFTBON_CLIP = 4             /* first to second */
};
enum softbon_pooling {
    SOFTBON_SUM = 0,
    SOFTBON_MEAN = 1,
    SOFTBON_LAST = 2,
    SOFTBON_MIN = 3,
    SOFTBON_MAX = 4,
    SOFTBON_PRODUCT = 5,
    SOFTBON_LOG_PRODUCT = 6,
    SOFTBON_DISCOUNTED_SUM = 7,  /* first: the discount, 0 to 1 */
    SOFTBON_MEAN_LESS_VARIANCE = 8 /* first: the variance's weight */
};
typedef struct softbon_step {
    int32_t kind;                /* softbon_step_kind */
    int32_t how;                 /* a calibration, or for an ensemble a pooling */
    float first;                 /* penalties: beta, the price of a nat above the reference */
    float second;                /* penalties: gamma, the price of a unit of length */
    softbon_f32_in table;
} softbon_step;
typedef struct softbon_plan_args {
    uint32_t size;
    int32_t source;              /* softbon_source */
    softbon_matrix_in weights;   /* heads: [heads, dimension] */
    softbon_f32_in bias;         /* [heads]; 0 where absent */
    softbon_f32_in mixture;      /* [heads]: shares of the one reward; where absent heads are members of an ensemble */
    int32_t members;             /* of given rewards; 0 means 1 */
    int32_t pooling;             /* softbon_pooling of tokens */
    float pooling_parameter;
    int32_t reserved;
    const softbon_step *steps;
    int64_t step_count;
} softbon_plan_args;

/* A call of a plan: what it needs has to be set and nothing else. Candidates are numbered through, prompt after prompt. */
typedef struct softbon_run_args {
    uint32_t size;
    uint32_t reserved;
    softbon_plan plan;
    softbon_rows prompts;        /* which candidates each prompt has: dense or ragged */
    softbon_matrix_in hidden;    /* heads: [candidates, dimension], or [tokens, dimension] with a row map */
    softbon_i32_in row_map;      /* heads: which row of hidden each candidate reads */
    softbon_f32_in gating;       /* gated heads: [candidates, heads] */
    softbon_f32_in rewards;      /* given rewards: [members, candidates]; tokens: the memory of token_rows */
    softbon_rows token_rows;     /* tokens: a row per candidate */
    softbon_f32_in log_probability; /* penalties with beta: per candidate, nats, under the policy */
    softbon_f32_in reference_log_probability;
    softbon_i32_in length;       /* penalties with gamma: per candidate */
    const softbon_weights_args *weights;  /* NULL for none; rewards and rows are the plan's, lambda the selection's if any */
    const softbon_select_args *selection; /* NULL for none; rewards and rows are the plan's */
    softbon_f32_out scores;      /* heads: [candidates, heads] */
    softbon_f32_out reward;      /* per candidate, after the last step */
    softbon_u8_out status;       /* per candidate: why it has no reward */
} softbon_run_args;

/* The SOFTBON_ABI of the library, and its version as text, such as "0.1.0". */
int32_t softbon_abi(void);
const char *softbon_version(void);

/*
 * The words of this thread's last failed call, UTF-8: the value, the limit and the cure; "" where none failed. They stay
 * until the thread's next failed call.
 */
const char *softbon_last_error(void);

/* Makes an engine; options may be NULL. SOFTBON_BACKEND in the environment changes what AUTO means. */
softbon_status softbon_engine_create(const softbon_engine_options *options, softbon_engine *engine);

/* Ends an engine; one that is 0 is left alone. */
softbon_status softbon_engine_destroy(softbon_engine engine);

softbon_status softbon_select(softbon_engine engine, const softbon_select_args *args);
softbon_status softbon_weights(softbon_engine engine, const softbon_weights_args *args);
softbon_status softbon_majority(softbon_engine engine, const softbon_majority_args *args);
softbon_status softbon_tilt(softbon_engine engine, const softbon_tilt_args *args);
softbon_status softbon_score(softbon_engine engine, const softbon_score_args *args);

/* Makes a plan, ends one (0 is left alone; calls that run it go on), and runs one. */
softbon_status softbon_plan_create(const softbon_plan_args *args, softbon_plan *plan);
softbon_status softbon_plan_destroy(softbon_plan plan);
softbon_status softbon_run(softbon_engine engine, const softbon_run_args *args);

/*
 * In a CUDA context of the host: the same arguments, whose data are device pointers, queued on the host's stream; nothing is
 * copied or waited for. Checked against a fake driver, whose launches ran on the processor: no call has run on a GPU yet.
 * Counts are checked as on the processor; that pointers are of this context is the caller's. The memory of a call, and the
 * workspace, have to stay until the stream is past it. Calls of one softbon_cuda wait for each other on the processor.
 *
 * Of ragged and mapped rows, whose starts and lengths only the device can read, count is the number of rows, columns the
 * longest row, or more, and row_stride the candidates of all rows, or more, which is the length of packed arrays. Of mapped
 * rows, starts has twice as many values as there are rows: where each starts among the rewards, and after them where each
 * starts in packed arrays. A kernel looks at all of them: a row that lies nowhere counts as empty.
 */
typedef uint64_t softbon_cuda;
typedef struct softbon_cuda_options {
    uint32_t size;
    uint32_t reserved;
    uint64_t context;   /* a CUcontext; 0 for the one that is current on this thread */
    uint64_t stream;    /* a CUstream; 0 is the default stream */
    const char *driver; /* the driver's library; NULL for libcuda.so.1 */
} softbon_cuda_options;
enum softbon_cuda_kernels {
    SOFTBON_CUDA_WEIGHTS = 1,
    SOFTBON_CUDA_SELECT = 2,
    SOFTBON_CUDA_BUDGETS = 4,
    SOFTBON_CUDA_MAJORITY = 8,
    SOFTBON_CUDA_TILT = 16,
    SOFTBON_CUDA_SCORE = 32,
    SOFTBON_CUDA_STEPS = 64, /* pooling, calibrations, ensembles and penalties */
    SOFTBON_CUDA_ALL = 127
};

softbon_status softbon_cuda_attach(const softbon_cuda_options *options, softbon_cuda *cuda);
softbon_status softbon_cuda_detach(softbon_cuda cuda);
softbon_status softbon_cuda_set_stream(softbon_cuda cuda, uint64_t stream);

/* Loads kernels before the first call: softbon_cuda_kernels. Not while a graph is captured. */
softbon_status softbon_cuda_load(softbon_cuda cuda, int32_t kernels);

/* The workspace of a call, and where it comes from: allocated here once, or the host's own (a multiple of 256). */
softbon_status softbon_cuda_select_workspace(softbon_cuda cuda, const softbon_select_args *args, int64_t *bytes);
softbon_status softbon_cuda_weights_workspace(softbon_cuda cuda, const softbon_weights_args *args, int64_t *bytes);
softbon_status softbon_cuda_majority_workspace(softbon_cuda cuda, const softbon_majority_args *args, int64_t *bytes);
softbon_status softbon_cuda_tilt_workspace(softbon_cuda cuda, const softbon_tilt_args *args, int64_t *bytes);
softbon_status softbon_cuda_score_workspace(softbon_cuda cuda, const softbon_score_args *args, int64_t *bytes);
softbon_status softbon_cuda_run_workspace(softbon_cuda cuda, const softbon_run_args *args, int64_t *bytes);
softbon_status softbon_cuda_reserve(softbon_cuda cuda, int64_t bytes);
softbon_status softbon_cuda_use_workspace(softbon_cuda cuda, uint64_t address, int64_t bytes);

softbon_status softbon_cuda_select(softbon_cuda cuda, const softbon_select_args *args);
softbon_status softbon_cuda_weights(softbon_cuda cuda, const softbon_weights_args *args);
softbon_status softbon_cuda_majority(softbon_cuda cuda, const softbon_majority_args *args);
softbon_status softbon_cuda_tilt(softbon_cuda cuda, const softbon_tilt_args *args);
softbon_status softbon_cuda_score(softbon_cuda cuda, const softbon_score_args *args);

/*
 * Runs a plan of the host. The first call with a plan, or the question for its workspace, copies its weights and steps to the
 * device, where they stay until the end of the softbon_cuda: ask before a graph is captured. Prompts are dense or ragged.
 */
softbon_status softbon_cuda_run(softbon_cuda cuda, const softbon_run_args *args);

#ifdef __cplusplus
}
#endif

#endif
