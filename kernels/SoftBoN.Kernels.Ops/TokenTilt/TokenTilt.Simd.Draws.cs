using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

internal static unsafe partial class TokenTiltOp
{
    /// <summary>The tokens of one row whose sums are known.</summary>
    private readonly ref struct VectorRowDraws(
        in TokenTiltArgs args, long row, in TokenParameters parameters, in TokenRowSums sums, RowScratch scratch)
    {
        private readonly ref readonly TokenTiltArgs args = ref args;
        private readonly long row = row;
        private readonly ref readonly TokenParameters parameters = ref parameters;
        private readonly ref readonly TokenRowSums sums = ref sums;
        private readonly RowScratch scratch = scratch;
        private readonly TokenVectorRow tokens = scratch.Tokens;
        private readonly TokenSegments segments = scratch.Segments;
        private readonly int count = TokenSegments.CountFor(args.Vocabulary);

        /// <summary>The first segment that is at hand, and the one behind the last: all, but for a shard.</summary>
        private readonly int firstSegment = TokenSegments.CountFor(args.FirstToken);
        private readonly int endSegment = TokenSegments.CountFor(args.FirstToken + args.Columns);

        /// <summary>All draws; one whose proposals are all excluded has no token.</summary>
        public void Draw()
        {
            if (!args.WantsDraws)
            {
                return;
            }

            float modelSum = args.WantsModel ? SumModel() : 0f;
            Prepare();
            for (int draw = 0; draw < args.Draws; draw++)
            {
                int token = Pick(draw, out _);
                Write((row * args.Draws) + draw, token, modelSum);
            }
        }

        /// <summary>The likeliest tokens, the lower one first among equals.</summary>
        public void WriteTop()
        {
            int* best = stackalloc int[MostTop];
            float* bestX = stackalloc float[MostTop];
            int found = 0;
            for (int s = 0; s < count; s++)
            {
                float shift = segments.Offset[s] - sums.MaxScore;
                bool isFull = found == args.Top;
                if (segments.Offset[s] == float.NegativeInfinity || (isFull && shift <= bestX[found - 1]))
                {
                    continue;
                }

                Place(s, shift, best, bestX, ref found);
            }

            for (int place = 0; place < args.Top; place++)
            {
                bool exists = place < found;
                PutTop(
                    in args,
                    row,
                    place,
                    exists ? best[place] : -1,
                    exists ? TokenTiltOp.LogProbability(bestX[place], sums.Sum) : Bits.ToFloat(Bits.NoResult));
            }
        }

        /// <summary>What is wanted of every token. Nothing of the row is read behind it, as it may be its place.</summary>
        public void WriteTokens()
        {
            float best = sums.BestLogit(in parameters);
            float inverseSum = Division.Rcp(sums.Sum);
            for (int s = 0; s < count; s++)
            {
                int start = s * CanonicalSum.SegmentLength;
                int length = Math.Min(CanonicalSum.SegmentLength, args.Columns - start);
                if (segments.Offset[s] == float.NegativeInfinity)
                {
                    FillSegment(args.TiltedLogits, start, length, float.NegativeInfinity);
                    FillSegment(args.Probabilities, start, length, 0f);
                    continue;
                }

                tokens.Load(s);
                tokens.MakeScores();
                WriteSegment(s, length, best, inverseSum);
            }
        }

        private void WriteSegment(int s, int length, float best, float inverseSum)
        {
            float max = segments.Score[s];
            float shift = segments.Offset[s] - sums.MaxScore;
            if (args.TiltedLogits.Values != null)
            {
                TokenStore.MakeLogits(tokens.Scores, tokens.Padded, max, shift, best, tokens.Noise);
                TokenStore.Convert(tokens.Noise, args.TiltedLogits[row], tokens.Start, length);
            }

            if (args.Probabilities.Values != null)
            {
                TokenStore.MakeProbabilities(tokens.Scores, tokens.Padded, max, shift, inverseSum, tokens.Noise);
                TokenStore.Convert(tokens.Noise, args.Probabilities[row], tokens.Start, length);
            }
        }

        private void FillSegment(in TokenSource destination, int start, int length, float value)
        {
            if (destination.Values != null)
            {
                TokenStore.Fill(destination[row], start, length, value);
            }
        }

        /// <summary>Puts the tokens of a segment in their places among the likeliest so far.</summary>
        private void Place(int s, float shift, int* best, float* bestX, ref int found)
        {
            tokens.Load(s);
            tokens.MakeScores();
            int width = Vector<float>.Count;
            for (int i = 0; i < tokens.Padded; i += width)
            {
                // Before the list is full, whatever is in play has a place; later, only what is larger than its last.
                float level = found == args.Top ? bestX[found - 1] : float.NegativeInfinity;
                Vector<float> score = Vector.Load(tokens.Scores + i);
                Vector<float> x = (score - Vector.Create(segments.Score[s])) + Vector.Create(shift);
                ulong above = LaneOps.TopBits(Vector.GreaterThan(x, Vector.Create(level)));
                for (; above != 0; above &= above - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(above);
                    Insert(tokens.Start + i + lane, x[lane], best, bestX, ref found);
                }
            }
        }

        private void Insert(int token, float x, int* best, float* bestX, ref int found)
        {
            int place = found;
            while (place > 0 && x > bestX[place - 1])
            {
                place--;
            }

            if (place == args.Top)
            {
                return;
            }

            found += found < args.Top ? 1 : 0;
            for (int last = found - 1; last > place; last--)
            {
                best[last] = best[last - 1];
                bestX[last] = bestX[last - 1];
            }

            best[place] = token;
            bestX[place] = x;
        }

        /// <summary>Makes the segments' keys before noise, which all draws of the row share.</summary>
        public void Prepare()
        {
            int width = Vector<float>.Count;
            for (int s = 0; s < count; s += width)
            {
                Vector<float> offset = Vector.Load(segments.Offset + s) - Vector.Create(sums.MaxScore);
                Vector.FusedMultiplyAdd(
                    offset, Vector.Create(TokenScale.Ln2), Logarithm.Log(Vector.Load(segments.Sum + s)))
                    .Store(segments.Key + s);
                Vector.FusedMultiplyAdd(
                    Vector.Load(segments.BaseOffset + s),
                    Vector.Create(TokenScale.Ln2),
                    Logarithm.Log(Vector.Load(segments.BaseSum + s))).Store(segments.BaseKey + s);
            }
        }

        private void Write(long at, int token, float modelSum)
        {
            if (token < 0)
            {
                WriteNoDraw(in args, at);
                return;
            }

            Put(args.Token, at, token);
            int s = token / CanonicalSum.SegmentLength;
            if (args.LogProbability != null || args.Rank != null)
            {
                float score = ScoreOf(token, s);
                float x = XInPlay(score, segments.Score[s], segments.Offset[s], sums.MaxScore);
                Put(args.LogProbability, at, TokenTiltOp.LogProbability(x, sums.Sum));
                Put(args.Rank, at, args.Rank == null ? 0 : RankOf(token, x));
            }

            if (args.BaseLogProbability != null || args.WantsModel)
            {
                float logit = LogitOf(token);
                float x = parameters.Base.Term(logit, segments.Logit[s]) + segments.BaseOffset[s];
                Put(args.BaseLogProbability, at, TokenTiltOp.LogProbability(x, sums.BaseSum));
                Put(
                    args.ModelLogProbability,
                    at,
                    ModelLogProbabilityOf(logit, segments.ModelLogit[s], segments.ModelMax(count), modelSum));
            }
        }

        private int RankOf(int token, float x)
        {
            int rank = 0;
            int last = x > float.NegativeInfinity ? token : -1;
            for (int s = 0; s < count; s++)
            {
                float shift = segments.Offset[s] - sums.MaxScore;
                if (segments.Offset[s] > float.NegativeInfinity && shift >= x)
                {
                    tokens.Load(s);
                    tokens.MakeScores();
                    rank += TokenScores.CountLikelier(
                        tokens.Scores, tokens.Padded, segments.Score[s], shift, x, last - tokens.Start);
                }
            }

            return rank;
        }

        private float SumModel()
        {
            TokenLogits model = args.LogitsOf(row).Unmasked;
            for (int s = 0; s < count; s++)
            {
                tokens.SumModel(in model, in ModelScale, s, segments);
            }

            return MergeModel(segments, count);
        }

        /// <summary>A draw's picks for a merge with those of other shards.</summary>
        public void DrawShard(int draw, Span<TokenPick> picks)
        {
            if (parameters.Mode != TokenTiltMode.SoftBestOfN)
            {
                int token = Pick(draw, out float key);
                picks[0] = HasToken(token) ? PickOf(token, key, 0f) : TokenPick.None;
                return;
            }

            for (int j = 0; j < args.Proposals; j++)
            {
                int token = Propose((draw * args.Proposals) + j, out float reward);
                picks[j] = HasToken(token) ? PickOf(token, 0f, reward) : TokenPick.None;
            }
        }

        /// <summary>False where there is none, or where the logits are not those that were summed.</summary>
        private bool HasToken(int token) => token >= args.FirstToken && token < args.FirstToken + args.Columns;

        private bool IsAtHand(int segment) => segment >= firstSegment && segment < endSegment;

        private TokenPick PickOf(int token, float key, float reward)
        {
            int s = token / CanonicalSum.SegmentLength;
            float score = ScoreOf(token, s);
            return new TokenPick
            {
                Key = key,
                Token = token,
                X = XInPlay(score, segments.Score[s], segments.Offset[s], sums.MaxScore),
                BaseX = parameters.Base.Term(LogitOf(token), segments.Logit[s]) + segments.BaseOffset[s],
                Reward = reward,
            };
        }

        private float ScoreOf(int token, int s)
        {
            tokens.Load(s);
            tokens.MakeScores();
            return segments.Offset[s] > float.NegativeInfinity
                ? tokens.Scores[token - tokens.Start]
                : float.NegativeInfinity;
        }

        private float LogitOf(int token) => args.LogitsOf(row).From(args.FirstToken)[token];

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
