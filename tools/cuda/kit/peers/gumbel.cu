// The token tilt in CUDA C++, written for the comparison in peers.py: the library's algorithm (a segment's log-sum-exp and one
// random word for 1,024 tokens, then the winning segment's tokens by their own noise) with the arithmetic that nvcc's users
// write, fast intrinsics included, so its bits are its own. Besides it soft weights and selection of short rows.
#include <cuda_runtime.h>
#include <stdint.h>

namespace {

constexpr int kSegment = 1024;
constexpr int kWarps = 8;
constexpr unsigned kAll = 0xffffffffu;
constexpr float kLog2e = 1.44269504f;
constexpr float kLn2 = 0.69314718f;

struct Philox {
    uint32_t x, y, z, w;
};

__device__ Philox philox(uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t k0, uint32_t k1) {
#pragma unroll
    for (int round = 0; round < 10; ++round) {
        const uint64_t a = static_cast<uint64_t>(c0) * 0xD2511F53u;
        const uint64_t b = static_cast<uint64_t>(c2) * 0xCD9E8D57u;
        c0 = static_cast<uint32_t>(b >> 32) ^ c1 ^ k0;
        c2 = static_cast<uint32_t>(a >> 32) ^ c3 ^ k1;
        c1 = static_cast<uint32_t>(b);
        c3 = static_cast<uint32_t>(a);
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return {c0, c1, c2, c3};
}

// Standard Gumbel noise; the winning tail is where the uniform variable is near 0.
__device__ float gumbel(uint32_t word) {
    const float v = fmaf(static_cast<float>(word >> 1), 4.656612873e-10f, 2.328306437e-10f);
    return -__logf(-log1pf(-fminf(v, 0.99999994f)));
}

__device__ float max_of_warp(float value) {
    for (int mask = 16; mask > 0; mask >>= 1) {
        value = fmaxf(value, __shfl_xor_sync(kAll, value, mask));
    }
    return value;
}

__device__ float sum_of_warp(float value) {
    for (int mask = 16; mask > 0; mask >>= 1) {
        value += __shfl_xor_sync(kAll, value, mask);
    }
    return value;
}

// The largest key of a warp and its index, the lower one first among equals.
__device__ void best_of_warp(float& key, int& index) {
    for (int mask = 16; mask > 0; mask >>= 1) {
        const float other = __shfl_xor_sync(kAll, key, mask);
        const int at = __shfl_xor_sync(kAll, index, mask);
        if (other > key || (other == key && at < index)) {
            key = other;
            index = at;
        }
    }
}

struct Wide {
    using Value = float;
    static __device__ __forceinline__ void load(const float* row, int at, int length, float* out) {
        if (at + 3 < length && (reinterpret_cast<uintptr_t>(row) & 15) == 0) {
            const float4 quad = *reinterpret_cast<const float4*>(row + at);
            out[0] = quad.x, out[1] = quad.y, out[2] = quad.z, out[3] = quad.w;
            return;
        }
#pragma unroll
        for (int i = 0; i < 4; ++i) {
            out[i] = at + i < length ? row[at + i] : -INFINITY;
        }
    }
};

struct BFloat16 {
    using Value = uint16_t;
    static __device__ __forceinline__ void load(const uint16_t* row, int at, int length, float* out) {
        if (at + 3 < length && (reinterpret_cast<uintptr_t>(row) & 7) == 0) {
            const uint2 quad = *reinterpret_cast<const uint2*>(row + at);
            out[0] = __uint_as_float(quad.x << 16), out[1] = __uint_as_float(quad.x & 0xffff0000u);
            out[2] = __uint_as_float(quad.y << 16), out[3] = __uint_as_float(quad.y & 0xffff0000u);
            return;
        }
#pragma unroll
        for (int i = 0; i < 4; ++i) {
            out[i] = at + i < length ? __uint_as_float(static_cast<uint32_t>(row[at + i]) << 16) : -INFINITY;
        }
    }
};

struct Scale {
    float inverse_t, inverse_lambda;
};

// A segment's scores in powers of two, 32 of each thread's in registers; -infinity past the row's end.
template <typename Format, bool kRewards>
__device__ __forceinline__ void load_segment(const typename Format::Value* logits, const typename Format::Value* rewards,
                                             int segment, int columns, Scale scale, float (&score)[32]) {
    const int lane = threadIdx.x & 31;
#pragma unroll
    for (int turn = 0; turn < 8; ++turn) {
        const int at = segment * kSegment + turn * 128 + lane * 4;
        float quad[4];
        Format::load(logits, at, columns, quad);
        float reward[4] = {};
        if (kRewards) {
            Format::load(rewards, at, columns, reward);
        }
#pragma unroll
        for (int i = 0; i < 4; ++i) {
            const float plain = quad[i] * (scale.inverse_t * kLog2e);
            const float tilted = kRewards && at + i < columns ? reward[i] * (scale.inverse_lambda * kLog2e) : 0.0f;
            score[turn * 4 + i] = plain + tilted;
        }
    }
}

// A warp a segment: its largest score and its sum of powers of two.
template <typename Format, bool kRewards>
__global__ void segments(const typename Format::Value* logits, const typename Format::Value* rewards, int rows, int columns,
                         int count, Scale scale, float2* states) {
    const int64_t unit = static_cast<int64_t>(blockIdx.x) * kWarps + (threadIdx.x >> 5);
    if (unit >= static_cast<int64_t>(rows) * count) {
        return;
    }
    const int64_t row = unit / count;
    const int segment = static_cast<int>(unit - row * count);
    float score[32];
    load_segment<Format, kRewards>(logits + row * columns, rewards + row * columns, segment, columns, scale, score);
    float most = -INFINITY;
#pragma unroll
    for (int i = 0; i < 32; ++i) {
        most = fmaxf(most, score[i]);
    }
    most = max_of_warp(most);
    float sum = 0.0f;
#pragma unroll
    for (int i = 0; i < 32; ++i) {
        sum += most > -INFINITY ? exp2f(score[i] - most) : 0.0f;
    }
    sum = sum_of_warp(sum);
    if ((threadIdx.x & 31) == 0) {
        states[unit] = make_float2(most, sum);
    }
}

// A warp a row: the log-sum-exp, the segment by its share and noise, the token by its own.
template <typename Format, bool kRewards>
__global__ void rows_of(const typename Format::Value* logits, const typename Format::Value* rewards, int rows, int columns,
                        int count, Scale scale, const float2* states, uint64_t seed, int* token, float* lse) {
    const int row = blockIdx.x * kWarps + (threadIdx.x >> 5);
    if (row >= rows) {
        return;
    }
    const int lane = threadIdx.x & 31;
    const float2* own = states + static_cast<int64_t>(row) * count;
    const uint32_t low = static_cast<uint32_t>(seed), high = static_cast<uint32_t>(seed >> 32);
    float most = -INFINITY;
    for (int s = lane; s < count; s += 32) {
        most = fmaxf(most, own[s].x);
    }
    most = max_of_warp(most);
    float sum = 0.0f, key = -INFINITY;
    int segment = 0;
    for (int s = lane; s < count; s += 32) {
        const float2 state = own[s];
        sum += state.y * exp2f(state.x - most);
        const float mine = fmaf(state.x - most, kLn2, __logf(state.y)) + gumbel(philox(s, 2, row, 0, low, high).x);
        if (mine > key) {
            key = mine;
            segment = s;
        }
    }
    sum = sum_of_warp(sum);
    best_of_warp(key, segment);
    float score[32];
    load_segment<Format, kRewards>(
        logits + static_cast<int64_t>(row) * columns, rewards + static_cast<int64_t>(row) * columns, segment, columns, scale,
        score);
    key = -INFINITY;
    int found = 0;
#pragma unroll
    for (int turn = 0; turn < 8; ++turn) {
        const int at = segment * kSegment + turn * 128 + lane * 4;
        const Philox words = philox(at >> 2, 1, row, 0, low, high);
        const uint32_t word[4] = {words.x, words.y, words.z, words.w};
#pragma unroll
        for (int i = 0; i < 4; ++i) {
            const float mine = fmaf(score[turn * 4 + i] - own[segment].x, kLn2, gumbel(word[i]));
            if (mine > key) {
                key = mine;
                found = at + i;
            }
        }
    }
    best_of_warp(key, found);
    if (lane == 0) {
        token[row] = found;
        lse[row] = fmaf(most, kLn2, __logf(sum));
    }
}

// A warp a row of at most 1024 rewards: soft weights where they are wanted, else the pick by Gumbel noise.
__global__ void short_rows(const float* rewards, int rows, int columns, float inverse_lambda, uint64_t seed, float* weights,
                           int* index) {
    const int row = blockIdx.x * kWarps + (threadIdx.x >> 5);
    if (row >= rows) {
        return;
    }
    const int lane = threadIdx.x & 31;
    const float* own = rewards + static_cast<int64_t>(row) * columns;
    const float scale = inverse_lambda * kLog2e;
    float most = -INFINITY, key = -INFINITY, sum = 0.0f;
    int found = 0;
    for (int at = lane; at < columns; at += 32) {
        most = fmaxf(most, own[at]);
    }
    most = max_of_warp(most);
    if (weights == nullptr) {
        for (int at = lane * 4; at < columns; at += 128) {
            const Philox words = philox(at >> 2, 0, row, 0, static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32));
            const uint32_t word[4] = {words.x, words.y, words.z, words.w};
            for (int i = 0; i < 4 && at + i < columns; ++i) {
                const float mine = fmaf(own[at + i] - most, inverse_lambda, gumbel(word[i]));
                if (mine > key) {
                    key = mine;
                    found = at + i;
                }
            }
        }
        best_of_warp(key, found);
        if (lane == 0) {
            index[row] = found;
        }
        return;
    }
    for (int at = lane; at < columns; at += 32) {
        sum += exp2f((own[at] - most) * scale);
    }
    const float inverse = 1.0f / sum_of_warp(sum);
    for (int at = lane; at < columns; at += 32) {
        weights[static_cast<int64_t>(row) * columns + at] = exp2f((own[at] - most) * scale) * inverse;
    }
}

template <typename Format, bool kRewards>
int launch(const void* logits, const void* rewards, int rows, int columns, Scale scale, uint64_t seed, void* workspace,
           int* token, float* lse, cudaStream_t stream) {
    using Value = typename Format::Value;
    const int count = (columns + kSegment - 1) / kSegment;
    const int64_t units = static_cast<int64_t>(rows) * count;
    const auto* values = static_cast<const Value*>(logits);
    const auto* tilts = static_cast<const Value*>(kRewards ? rewards : logits);
    auto* states = static_cast<float2*>(workspace);
    segments<Format, kRewards><<<static_cast<unsigned>((units + kWarps - 1) / kWarps), kWarps * 32, 0, stream>>>(
        values, tilts, rows, columns, count, scale, states);
    rows_of<Format, kRewards><<<(rows + kWarps - 1) / kWarps, kWarps * 32, 0, stream>>>(
        values, tilts, rows, columns, count, scale, states, seed, token, lse);
    return static_cast<int>(cudaGetLastError());
}

}  // namespace

// Token and log-sum-exp of rows; format 0 is float32, 1 bfloat16; the workspace has 8 bytes a segment. 0, or CUDA's error.
extern "C" int peer_tokens(const void* logits, const void* rewards, int format, int rows, int columns, float inverse_t,
                           float inverse_lambda, uint64_t seed, void* workspace, int* token, float* lse, void* stream) {
    const Scale scale = {inverse_t, inverse_lambda};
    const auto on = static_cast<cudaStream_t>(stream);
    if (format == 0) {
        return rewards == nullptr
            ? launch<Wide, false>(logits, rewards, rows, columns, scale, seed, workspace, token, lse, on)
            : launch<Wide, true>(logits, rewards, rows, columns, scale, seed, workspace, token, lse, on);
    }
    return rewards == nullptr
        ? launch<BFloat16, false>(logits, rewards, rows, columns, scale, seed, workspace, token, lse, on)
        : launch<BFloat16, true>(logits, rewards, rows, columns, scale, seed, workspace, token, lse, on);
}

// Soft weights of rows of at most 1024 rewards, or where there is no memory for weights, the picks.
extern "C" int peer_rows(const float* rewards, int rows, int columns, float inverse_lambda, uint64_t seed, float* weights,
                         int* index, void* stream) {
    short_rows<<<(rows + kWarps - 1) / kWarps, kWarps * 32, 0, static_cast<cudaStream_t>(stream)>>>(
        rewards, rows, columns, inverse_lambda, seed, weights, index);
    return static_cast<int>(cudaGetLastError());
}
