/* Soft best-of-n from C: three prompts of four candidates each, one pick a prompt. */
#include <softbon.h>

#include <stdio.h>

int main(void)
{
    static const float rewards[] = {
        0.1f, 0.7f, 0.4f, 0.2f,
        1.5f, 1.4f, 1.6f, -2.0f,
        0.0f, 0.0f, 3.0f, 0.0f,
    };
    int32_t index[3];
    float log_probability[3];
    softbon_engine engine;
    if (softbon_engine_create(NULL, &engine) != SOFTBON_OK) {
        fprintf(stderr, "softbon: %s\n", softbon_last_error());
        return 1;
    }

    softbon_select_args args = {
        .size = sizeof(args),
        .rewards = { rewards, 12 },
        .rows = { .count = 3, .columns = 4 },
        .lambda = { .kind = SOFTBON_LAMBDA_GIVEN, .value = 0.5f },
        .seed = { .is_given = 1, .value = 42 },
        .index = { index, 3 },
        .log_probability = { log_probability, 3 },
    };
    if (softbon_select(engine, &args) != SOFTBON_OK) {
        fprintf(stderr, "softbon: %s\n", softbon_last_error());
        return 1;
    }

    for (int row = 0; row < 3; row++) {
        printf("prompt %d: candidate %d, log-probability %.6f\n", row, index[row], (double)log_probability[row]);
    }

    softbon_engine_destroy(engine);
    return 0;
}
