// From the hidden states of last tokens to picks, in one call: what plan.c prints, from C++.
#include <softbon.h>

#include <cstdio>
#include <stdexcept>
#include <vector>

namespace {

void check(softbon_status status)
{
    if (status != SOFTBON_OK) {
        throw std::runtime_error(softbon_last_error());
    }
}

// What softbon.h makes and ends.
template <typename Args, softbon_status (*create)(const Args *, uint64_t *), softbon_status (*destroy)(uint64_t)>
class Owned {
public:
    explicit Owned(const Args *args) { check(create(args, &number_)); }
    ~Owned() { destroy(number_); }
    Owned(const Owned &) = delete;
    Owned &operator=(const Owned &) = delete;

    uint64_t number() const { return number_; }

private:
    uint64_t number_ = 0;
};

using Engine = Owned<softbon_engine_options, softbon_engine_create, softbon_engine_destroy>;
using Plan = Owned<softbon_plan_args, softbon_plan_create, softbon_plan_destroy>;

softbon_matrix_in matrix(const std::vector<float> &values, int rows, int columns)
{
    return { values.data(), static_cast<int64_t>(values.size()), SOFTBON_FLOAT32, rows, columns, 0, columns };
}

softbon_plan_args scores_of(const std::vector<float> &weights, const softbon_step &step)
{
    softbon_plan_args args{};
    args.size = sizeof(args);
    args.source = SOFTBON_FROM_HEAD;
    args.weights = matrix(weights, 1, static_cast<int>(weights.size()));
    args.steps = &step;
    args.step_count = 1;
    return args;
}

} // namespace

int main()
{
    const std::vector<float> hidden = {
        0.5f, -1.0f, 0.25f, 2.0f,
        1.0f, 0.5f, -0.5f, 0.0f,
        -2.0f, 1.0f, 1.0f, 1.0f,
        0.0f, 0.0f, 1.0f, -1.0f,
        1.5f, 1.5f, 0.0f, 0.5f,
        -0.5f, 2.0f, 0.5f, 0.5f,
    };
    const std::vector<float> weights = { 0.5f, 1.0f, -0.25f, 0.125f };
    std::vector<float> rewards(6);
    std::vector<int32_t> index(2);
    std::vector<float> expected(2);
    try {
        const softbon_step z_score = { SOFTBON_CALIBRATE, SOFTBON_Z_SCORE, 0, 0, {} };
        const softbon_plan_args how = scores_of(weights, z_score);
        const Engine engine(nullptr);
        const Plan plan(&how);

        softbon_weights_args diagnostics{};
        diagnostics.size = sizeof(diagnostics);
        diagnostics.expected_reward = { expected.data(), 2 };
        softbon_select_args picks{};
        picks.size = sizeof(picks);
        picks.lambda = { SOFTBON_LAMBDA_GIVEN, 0.5f, {} };
        picks.seed.is_given = 1;
        picks.seed.value = 42;
        picks.index = { index.data(), 2 };

        softbon_run_args args{};
        args.size = sizeof(args);
        args.plan = plan.number();
        args.prompts.count = 2;
        args.prompts.columns = 3;
        args.hidden = matrix(hidden, 6, 4);
        args.weights = &diagnostics;
        args.selection = &picks;
        args.reward = { rewards.data(), 6 };
        check(softbon_run(engine.number(), &args));
    } catch (const std::exception &fault) {
        std::fprintf(stderr, "softbon: %s\n", fault.what());
        return 1;
    }

    for (int prompt = 0; prompt < 2; prompt++) {
        std::printf("prompt %d: candidate %d with %.6f, expected %.6f\n", prompt, index[prompt],
            static_cast<double>(rewards[prompt * 3 + index[prompt]]), static_cast<double>(expected[prompt]));
    }
}
