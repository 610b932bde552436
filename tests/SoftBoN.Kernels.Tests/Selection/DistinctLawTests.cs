namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>Distinct draws follow Plackett and Luce: each is a soft pick from what is left.</summary>
public sealed class DistinctLawTests
{
    private const int Trials = 1_000_000;

    private static readonly float[] Row = [0.2f, 1.3f, -0.7f, 0.9f];

    [Fact]
    public void All_orders_of_four_candidates()
    {
        SelectionResult result = SelectionResult.Of(
            Engines.Simd2,
            Batch.Strided(Row, Trials, 4, rowStride: 0),
            new Pick(Temperature.Given(0.8f)) { Draws = 4, Distinct = true });
        var counts = new Dictionary<string, (long Count, double Probability)>();
        for (int trial = 0; trial < Trials; trial++)
        {
            int[] order = result.Index[(trial * 4)..((trial + 1) * 4)];
            string name = string.Join(' ', order);
            (long count, double probability) = counts.GetValueOrDefault(name, (0, Probability(order)));
            counts[name] = (count + 1, probability);
        }

        // Four factorial orders, put together in 16 cells for which there is a critical value.
        (long Count, double Probability)[] orders = [.. counts.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        Assert.Equal(24, orders.Length);
        long[] cells = new long[16];
        double[] probabilities = new double[16];
        for (int i = 0; i < orders.Length; i++)
        {
            cells[i % 16] += orders[i].Count;
            probabilities[i % 16] += orders[i].Probability;
        }

        ChiSquare.AssertFits(cells, probabilities);
    }

    [Fact]
    public void Log_probabilities_add_up_to_that_of_the_order()
    {
        SelectionResult result = SelectionResult.Of(
            Engines.Simd2,
            Batch.Strided(Row, 1000, 4, rowStride: 0),
            new Pick(Temperature.Given(0.8f)) { Draws = 3, Distinct = true });
        for (int trial = 0; trial < 1000; trial++)
        {
            double sum = result.LogProbability[(trial * 3)..((trial + 1) * 3)].Sum(p => (double)p);
            Near.Absolute(Math.Log(Probability(result.Index[(trial * 3)..((trial + 1) * 3)])), sum, 2e-6);
        }
    }

    private static double Probability(int[] order)
    {
        double[] weights = Array.ConvertAll(Row, r => Math.Exp(r / 0.8));
        double left = weights.Sum();
        double probability = 1;
        foreach (int candidate in order)
        {
            probability *= weights[candidate] / left;
            left -= weights[candidate];
        }

        return probability;
    }
}
