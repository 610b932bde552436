using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

internal static unsafe partial class TokenTiltOp
{
    /// <summary>The tokens of one row whose sums are known.</summary>
    private readonly ref partial struct VectorRowDraws(
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

        /// <summary>How many of the tokens at hand are likelier than one of any shard.</summary>
        public int RankOf(int token, float x)
        {
            int rank = 0;
            int last = x > float.NegativeInfinity ? token : -1;
            for (int s = firstSegment; s < endSegment; s++)
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

        /// <summary>A token that was named, for a merge with what other shards make of it.</summary>
        public TokenPick ScoreShard(int token) => HasToken(token) ? PickOf(token, 0f, 0f) : TokenPick.None;

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
                BaseX = BaseXOf(LogitOf(token), s),
                Reward = reward,
            };
        }

        private float BaseXOf(float logit, int s) => logit >= parameters.LeastLogit
            ? parameters.Base.Term(logit, segments.Logit[s]) + segments.BaseOffset[s]
            : float.NegativeInfinity;

        private float ScoreOf(int token, int s)
        {
            tokens.Load(s);
            tokens.MakeScores();
            return segments.Offset[s] > float.NegativeInfinity
                ? tokens.Scores[token - tokens.Start]
                : float.NegativeInfinity;
        }

        private float LogitOf(int token) => args.LogitsOf(row).From(args.FirstToken)[token];
    }
}
