using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

internal static unsafe partial class TokenTiltOp
{
    /// <summary>The tokens of one row whose sums are known, by the shortest scalar loops.</summary>
    private readonly ref struct ReferenceRow(
        in TokenTiltArgs args, long row, in TokenParameters parameters, in TokenRowSums sums, RowScratch scratch)
    {
        private readonly ref readonly TokenTiltArgs args = ref args;
        private readonly long row = row;
        private readonly ref readonly TokenParameters parameters = ref parameters;
        private readonly ref readonly TokenRowSums sums = ref sums;
        private readonly RowScratch scratch = scratch;
        private readonly TokenSegments segments = scratch.Segments;

        private int SegmentCount => TokenSegments.CountFor(args.Columns);

        /// <summary>All draws; one whose proposals are all excluded has no token.</summary>
        public void Draw()
        {
            float modelLogSum = args.WantsModel ? SumModel() : 0f;
            for (int draw = 0; draw < args.Draws && args.WantsDraws; draw++)
            {
                int token = Pick(draw);
                long at = (row * args.Draws) + draw;
                if (token < 0)
                {
                    WriteNoDraw(in args, at);
                    continue;
                }

                Put(args.Token, at, token);
                Put(args.Rank, at, args.Rank == null ? 0 : RankOf(token));
                Put(args.LogProbability, at, TokenTiltOp.LogProbability(XOf(token), sums.Sum));
                Put(args.BaseLogProbability, at, TokenTiltOp.LogProbability(BaseXOf(token), sums.BaseSum));
                Put(args.ModelLogProbability, at, args.WantsModel ? ModelLogProbability(token, modelLogSum) : 0f);
            }
        }

        /// <summary>The likeliest tokens, the lower one first among equals.</summary>
        public void WriteTop()
        {
            float lastX = float.PositiveInfinity;
            int last = -1;
            for (int place = 0; place < args.Top; place++)
            {
                int best = -1;
                for (int v = 0; v < args.Columns && (place == 0 || last >= 0); v++)
                {
                    float x = XOf(v);
                    bool isLeft = x < lastX || (x == lastX && v > last);
                    if (isLeft && x > (best < 0 ? float.NegativeInfinity : XOf(best)))
                    {
                        best = v;
                    }
                }

                lastX = best < 0 ? lastX : XOf(best);
                last = best;
                PutTop(
                    in args,
                    row,
                    place,
                    best,
                    best < 0 ? Bits.ToFloat(Bits.NoResult) : TokenTiltOp.LogProbability(lastX, sums.Sum));
            }
        }

        /// <summary>What is wanted of every token. Nothing of the row is read behind it, as it may be its place.</summary>
        public void WriteTokens()
        {
            float best = args.TiltedLogits.Values == null ? 0f : sums.BestLogit(in parameters);
            float inverseSum = Division.Rcp(sums.Sum);
            for (int v = 0; v < args.Columns && args.WantsTokens; v++)
            {
                float x = XOf(v);
                bool isInPlay = scratch.X[v] > float.NegativeInfinity
                    && segments.Offset[v / CanonicalSum.SegmentLength] > float.NegativeInfinity;
                Set(args.TiltedLogits, v, isInPlay ? TiltedLogit(x, best) : float.NegativeInfinity);
                Set(args.Probabilities, v, Probability(x, inverseSum));
            }
        }

        private void Set(in TokenSource destination, int token, float value)
        {
            if (destination.Values != null)
            {
                TokenStore.Set(destination[row], token, value);
            }
        }

        private int Pick(int draw) => parameters.Mode switch
        {
            TokenTiltMode.Greedy => PickGreedy(),
            TokenTiltMode.SoftBestOfN => PickProposal(draw),
            _ when args.Noise == TokenNoise.PerToken => PickByTokens(draw),
            _ => PickByBlocks(draw),
        };

        private int PickGreedy()
        {
            int best = -1;
            for (int s = 0; s < SegmentCount; s++)
            {
                best = segments.Offset[s] > (best < 0 ? float.NegativeInfinity : segments.Offset[best]) ? s : best;
            }

            int token = best * CanonicalSum.SegmentLength;
            while (scratch.X[token] != segments.Score[best])
            {
                token++;
            }

            return token;
        }

        private int PickByBlocks(int draw)
        {
            NoiseKey key = args.KeyOf(NoiseKey.SegmentPurpose, row, draw);
            int best = -1;
            float bestKey = float.NegativeInfinity;
            for (int s = 0; s < SegmentCount; s++)
            {
                if (segments.Offset[s] == float.NegativeInfinity)
                {
                    continue;
                }

                float noise = Noise.Gumbel(Philox4x32.Word(in key, (uint)s));
                float segmentKey = SegmentKey(segments.Offset[s], sums.MaxScore, segments.Sum[s], noise);
                if (segmentKey > bestKey)
                {
                    (best, bestKey) = (s, segmentKey);
                }
            }

            return PickInSegment(best, args.KeyOf(NoiseKey.TokenPurpose, row, draw), out _);
        }

        private int PickByTokens(int draw)
        {
            NoiseKey key = args.KeyOf(NoiseKey.TokenPurpose, row, draw);
            int best = -1;
            float bestKey = float.NegativeInfinity;
            for (int s = 0; s < SegmentCount; s++)
            {
                if (segments.Offset[s] == float.NegativeInfinity)
                {
                    continue;
                }

                int token = PickInSegment(s, key, out float tokenKey);
                float rowKey = RowKey(tokenKey, segments.Offset[s], sums.MaxScore);
                if (rowKey > bestKey)
                {
                    (best, bestKey) = (token, rowKey);
                }
            }

            return best;
        }

        private int PickInSegment(int s, in NoiseKey key, out float bestKey)
        {
            int best = -1;
            bestKey = float.NegativeInfinity;
            int start = s * CanonicalSum.SegmentLength;
            for (int v = start; v < Math.Min(start + CanonicalSum.SegmentLength, args.Columns); v++)
            {
                if (scratch.X[v] == float.NegativeInfinity)
                {
                    continue;
                }

                float noise = Noise.Gumbel(Philox4x32.Word(in key, (uint)v));
                float tokenKey = TokenKey(scratch.X[v], segments.Score[s], noise);
                if (tokenKey > bestKey)
                {
                    (best, bestKey) = (v, tokenKey);
                }
            }

            return best;
        }

        /// <summary>Draws proposals from the base law and picks one by its reward; -1 where all are excluded.</summary>
        private int PickProposal(int draw)
        {
            int* tokens = stackalloc int[MostProposals];
            float* rewards = stackalloc float[MostProposals];
            for (int j = 0; j < args.Proposals; j++)
            {
                tokens[j] = Propose((draw * args.Proposals) + j);
                rewards[j] = parameters.HasRewards ? scratch.Exps[tokens[j]] : 0f;
            }

            int best = ChooseProposal(
                rewards, args.Proposals, in parameters, args.KeyOf(NoiseKey.ProposalChoicePurpose, row, draw));
            return best < 0 ? -1 : tokens[best];
        }

        private int Propose(int number)
        {
            NoiseKey key = args.KeyOf(NoiseKey.ProposalSegmentPurpose, row, number);
            int segment = -1;
            float bestKey = float.NegativeInfinity;
            for (int s = 0; s < SegmentCount; s++)
            {
                if (segments.BaseOffset[s] == float.NegativeInfinity)
                {
                    continue;
                }

                float noise = Noise.Gumbel(Philox4x32.Word(in key, (uint)s));
                float segmentKey = SegmentKey(segments.BaseOffset[s], 0f, segments.BaseSum[s], noise);
                if (segmentKey > bestKey)
                {
                    (segment, bestKey) = (s, segmentKey);
                }
            }

            return ProposeInSegment(segment, args.KeyOf(NoiseKey.ProposalTokenPurpose, row, number));
        }

        private int ProposeInSegment(int s, in NoiseKey key)
        {
            int best = -1;
            float bestKey = float.NegativeInfinity;
            int start = s * CanonicalSum.SegmentLength;
            for (int v = start; v < Math.Min(start + CanonicalSum.SegmentLength, args.Columns); v++)
            {
                float term = parameters.Base.Term(scratch.Row[v], segments.Logit[s]);
                if (term == float.NegativeInfinity)
                {
                    continue;
                }

                float tokenKey = TokenKey(term, 0f, Noise.Gumbel(Philox4x32.Word(in key, (uint)v)));
                if (tokenKey > bestKey)
                {
                    (best, bestKey) = (v, tokenKey);
                }
            }

            return best;
        }

        private float XOf(int token)
        {
            int s = token / CanonicalSum.SegmentLength;
            return XInPlay(scratch.X[token], segments.Score[s], segments.Offset[s], sums.MaxScore);
        }

        private float BaseXOf(int token)
        {
            int s = token / CanonicalSum.SegmentLength;
            return parameters.Base.Term(scratch.Row[token], segments.Logit[s]) + segments.BaseOffset[s];
        }

        private int RankOf(int token)
        {
            float x = XOf(token);
            int rank = 0;
            for (int v = 0; v < args.Columns; v++)
            {
                bool isEqual = XOf(v) == x && x > float.NegativeInfinity;
                rank += XOf(v) > x || (isEqual && v < token) ? 1 : 0;
            }

            return rank;
        }

        /// <summary>
        /// The sum of all tokens' powers of two at temperature 1; NaN where a logit is NaN or +infinity.
        /// </summary>
        private float SumModel()
        {
            TokenLogits logits = args.LogitsOf(row).Unmasked;
            for (int s = 0; s < SegmentCount; s++)
            {
                int start = s * CanonicalSum.SegmentLength;
                CanonicalSum sum = default;
                float max = float.NegativeInfinity;
                for (int v = start; v < Math.Min(start + CanonicalSum.SegmentLength, args.Columns); v++)
                {
                    max = MathF.Max(max, logits[v]);
                }

                for (int v = start; v < Math.Min(start + CanonicalSum.SegmentLength, args.Columns); v++)
                {
                    sum.Add(max == float.NegativeInfinity ? 0f : Exponential.Exp2(ModelScale.Term(logits[v], max)));
                }

                segments.ModelLogit[s] = max;
                segments.ModelSum[s] = sum.Total();
            }

            return MergeModel(segments, SegmentCount);
        }

        private float ModelLogProbability(int token, float sum)
        {
            int s = token / CanonicalSum.SegmentLength;
            float logit = args.LogitsOf(row).Unmasked[token];
            return ModelLogProbabilityOf(logit, segments.ModelLogit[s], segments.ModelMax(SegmentCount), sum);
        }
    }
}
