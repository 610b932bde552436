/* From the hidden states of last tokens to picks, in one call: a reward head, z-scores of each prompt, soft best-of-n. */
#include <softbon.h>

#include <stdio.h>

static int failed(softbon_status status)
{
    if (status != SOFTBON_OK) {
        fprintf(stderr, "softbon: %s\n", softbon_last_error());
    }

    return status != SOFTBON_OK;
}

int main(void)
{
    /* Two prompts of three candidates, four dimensions; a head of as many weights. */
    static const float hidden[] = {
        0.5f, -1.0f, 0.25f, 2.0f,
        1.0f, 0.5f, -0.5f, 0.0f,
        -2.0f, 1.0f, 1.0f, 1.0f,
        0.0f, 0.0f, 1.0f, -1.0f,
        1.5f, 1.5f, 0.0f, 0.5f,
        -0.5f, 2.0f, 0.5f, 0.5f,
    };
    static const float weights[] = { 0.5f, 1.0f, -0.25f, 0.125f };
    static const softbon_step steps[] = { { SOFTBON_CALIBRATE, SOFTBON_Z_SCORE, 0, 0, { NULL, 0 } } };
    float rewards[6];
    int32_t index[2];
    float expected[2];
    softbon_engine engine;
    softbon_plan plan;
    const softbon_plan_args how = {
        .size = sizeof(how),
        .source = SOFTBON_FROM_HEAD,
        .weights = { weights, 4, SOFTBON_FLOAT32, 1, 4, 0, 4 },
        .steps = steps,
        .step_count = 1,
    };
    const softbon_weights_args diagnostics = { .size = sizeof(diagnostics), .expected_reward = { expected, 2 } };
    const softbon_select_args picks = {
        .size = sizeof(picks),
        .lambda = { .kind = SOFTBON_LAMBDA_GIVEN, .value = 0.5f },
        .seed = { .is_given = 1, .value = 42 },
        .index = { index, 2 },
    };
    if (failed(softbon_engine_create(NULL, &engine)) || failed(softbon_plan_create(&how, &plan))) {
        return 1;
    }

    const softbon_run_args args = {
        .size = sizeof(args),
        .plan = plan,
        .prompts = { .count = 2, .columns = 3 },
        .hidden = { hidden, 24, SOFTBON_FLOAT32, 6, 4, 0, 4 },
        .weights = &diagnostics,
        .selection = &picks,
        .reward = { rewards, 6 },
    };
    if (failed(softbon_run(engine, &args))) {
        return 1;
    }

    for (int prompt = 0; prompt < 2; prompt++) {
        printf("prompt %d: candidate %d with %.6f, expected %.6f\n", prompt, index[prompt],
            (double)rewards[prompt * 3 + index[prompt]], (double)expected[prompt]);
    }

    softbon_plan_destroy(plan);
    softbon_engine_destroy(engine);
    return 0;
}
