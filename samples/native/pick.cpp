// Soft best-of-n from C++: the same picks as pick.c, with an engine that ends by itself and faults that are exceptions.
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

class Engine {
public:
    Engine() { check(softbon_engine_create(nullptr, &number_)); }
    ~Engine() { softbon_engine_destroy(number_); }
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    void select(const softbon_select_args &args) const { check(softbon_select(number_, &args)); }

private:
    softbon_engine number_ = 0;
};

} // namespace

int main()
{
    const std::vector<float> rewards = {
        0.1f, 0.7f, 0.4f, 0.2f,
        1.5f, 1.4f, 1.6f, -2.0f,
        0.0f, 0.0f, 3.0f, 0.0f,
    };
    std::vector<int32_t> index(3);
    std::vector<float> log_probability(3);
    try {
        const Engine engine;
        softbon_select_args args{};
        args.size = sizeof(args);
        args.rewards = { rewards.data(), static_cast<int64_t>(rewards.size()) };
        args.rows.count = 3;
        args.rows.columns = 4;
        args.lambda = { SOFTBON_LAMBDA_GIVEN, 0.5f, {} };
        args.seed.is_given = 1;
        args.seed.value = 42;
        args.index = { index.data(), 3 };
        args.log_probability = { log_probability.data(), 3 };
        engine.select(args);
    } catch (const std::exception &fault) {
        std::fprintf(stderr, "softbon: %s\n", fault.what());
        return 1;
    }

    for (int row = 0; row < 3; row++) {
        std::printf("prompt %d: candidate %d, log-probability %.6f\n", row, index[row],
            static_cast<double>(log_probability[row]));
    }
}
