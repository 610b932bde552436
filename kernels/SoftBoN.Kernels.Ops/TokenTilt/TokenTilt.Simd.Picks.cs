using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

internal static unsafe partial class TokenTiltOp
{
    private readonly ref partial struct VectorRowDraws
    {
        /// <summary>The token of a draw; -1 where there is none, or none at hand.</summary>
        private int Pick(int draw, out float key)
        {
            key = 0f;
            return parameters.Mode switch
            {
                TokenTiltMode.Greedy => PickGreedy(),
                TokenTiltMode.SoftBestOfN => PickProposal(draw),
                _ when args.Noise == TokenNoise.PerToken => PickByTokens(draw, out key),
                _ => PickByBlocks(draw),
            };
        }

        private int PickGreedy()
        {
            int best = new ReadOnlySpan<float>(segments.Offset, count).IndexOf(sums.MaxScore);
            if (!IsAtHand(best))
            {
                return -1;
            }

            tokens.Load(best);
            tokens.MakeScores();
            return tokens.Start + new ReadOnlySpan<float>(tokens.Scores, tokens.Padded).IndexOf(segments.Score[best]);
        }

        private int PickByBlocks(int draw)
        {
            int s = BestSegment(segments.Key, args.KeyOf(NoiseKey.SegmentPurpose, row, draw));
            if (!IsAtHand(s))
            {
                return -1;
            }

            tokens.Load(s);
            tokens.MakeScores();
            return PickLoaded(segments.Score[s], args.KeyOf(NoiseKey.TokenPurpose, row, draw));
        }

        /// <summary>The segment with the largest key and noise, the first among equals.</summary>
        private int BestSegment(float* keys, in NoiseKey key)
        {
            tokens.MakeWords(in key, 0, (uint*)segments.Noise, count);
            Noise.Gumbel((uint*)segments.Noise, segments.Noise, VectorRow.RoundUp(count));
            int best = 0;
            float bestKey = float.NegativeInfinity;
            for (int s = 0; s < count; s++)
            {
                float noisy = keys[s] + segments.Noise[s];
                if (noisy > bestKey)
                {
                    (best, bestKey) = (s, noisy);
                }
            }

            return best;
        }

        /// <summary>The best token of the loaded segment, whose scores or terms were made.</summary>
        private int PickLoaded(float max, in NoiseKey key)
        {
            tokens.MakeNoise(in key);
            return tokens.Start + TokenScores.Best(tokens.Scores, tokens.Noise, tokens.Padded, max, out _);
        }

        private int PickProposal(int draw)
        {
            int* proposals = stackalloc int[MostProposals];
            float* rewards = stackalloc float[MostProposals];
            for (int j = 0; j < args.Proposals; j++)
            {
                proposals[j] = Propose((draw * args.Proposals) + j, out rewards[j]);
            }

            int best = ChooseProposal(
                rewards, args.Proposals, in parameters, args.KeyOf(NoiseKey.ProposalChoicePurpose, row, draw));
            return best < 0 ? -1 : proposals[best];
        }

        /// <summary>A token from the base law, and its reward; -1 where it is not at hand.</summary>
        private int Propose(int number, out float reward)
        {
            reward = 0f;
            int s = BestSegment(segments.BaseKey, args.KeyOf(NoiseKey.ProposalSegmentPurpose, row, number));
            if (!IsAtHand(s))
            {
                return -1;
            }

            tokens.Load(s);
            tokens.MakeBaseTerms();
            int token = PickLoaded(0f, args.KeyOf(NoiseKey.ProposalTokenPurpose, row, number));
            if (parameters.HasRewards && HasToken(token))
            {
                TokenValues all = args.SparseStarts != null
                    ? new TokenValues(scratch.Words, TokenElement.Float32)
                    : args.DenseRewardsOf(row);
                reward = Reward(all[token - args.FirstToken], parameters.IsNegative);
            }

            return token;
        }

        /// <summary>
        /// The segment with the best score first, then all that can still win: no noise is larger than
        /// <see cref="Noise.GumbelMax"/>.
        /// </summary>
        private int PickByTokens(int draw, out float bestKey)
        {
            NoiseKey key = args.KeyOf(NoiseKey.TokenPurpose, row, draw);
            TokenRace race = default;
            int first = LikeliestSegment();
            int bestSegment = first;
            int best = -1;
            bestKey = float.NegativeInfinity;
            for (int i = firstSegment - 1; i < endSegment; i++)
            {
                int s = i < firstSegment ? first : i;
                float offset = segments.Offset[s];
                bool canWin = offset > float.NegativeInfinity
                    && i != first
                    && RowKey(Noise.GumbelMax, offset, sums.MaxScore) >= bestKey;
                if (!canWin)
                {
                    continue;
                }

                tokens.LoadAgain(s, segments);
                float limit = (bestKey - Arith.Mul(offset - sums.MaxScore, TokenScale.Ln2)) - TokenRace.Slack;
                int token = race.Best(tokens, in key, segments.Score[s], limit, out float tokenKey);
                float rowKey = RowKey(tokenKey, offset, sums.MaxScore);
                if (token >= 0 && (rowKey > bestKey || (rowKey == bestKey && s < bestSegment)))
                {
                    (best, bestKey, bestSegment) = (token, rowKey, s);
                }
            }

            return best;
        }

        /// <summary>The first of those at hand with the largest score.</summary>
        private int LikeliestSegment()
        {
            int best = firstSegment;
            for (int s = firstSegment + 1; s < endSegment; s++)
            {
                best = segments.Offset[s] > segments.Offset[best] ? s : best;
            }

            return best;
        }
    }
}
