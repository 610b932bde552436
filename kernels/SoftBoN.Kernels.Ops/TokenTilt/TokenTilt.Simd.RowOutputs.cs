using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

internal static unsafe partial class TokenTiltOp
{
    private readonly ref partial struct VectorRowDraws
    {
        /// <summary>The likeliest tokens, the lower one first among equals.</summary>
        public void WriteTop()
        {
            int* best = stackalloc int[MostTop];
            float* bestX = stackalloc float[MostTop];
            int found = FindTop(best, bestX);
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

        /// <summary>The likeliest of the tokens at hand, for a merge with those of other shards.</summary>
        public void TopShard(Span<TokenPick> picks)
        {
            int* best = stackalloc int[MostTop];
            float* bestX = stackalloc float[MostTop];
            int found = FindTop(best, bestX);
            for (int place = 0; place < found; place++)
            {
                picks[place] = new TokenPick { Key = bestX[place], Token = best[place], X = bestX[place] };
            }
        }

        /// <returns>How many there are, at most as many as are wanted.</returns>
        private int FindTop(int* best, float* bestX)
        {
            int found = 0;
            for (int s = firstSegment; s < endSegment; s++)
            {
                float shift = segments.Offset[s] - sums.MaxScore;
                bool isFull = found == args.Top;
                if (segments.Offset[s] == float.NegativeInfinity || (isFull && shift <= bestX[found - 1]))
                {
                    continue;
                }

                Place(s, shift, best, bestX, ref found);
            }

            return found;
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
    }
}
