namespace SoftBoN.Tool.Study.Sources;

/// <summary>Where a selection rule gets to.</summary>
/// <param name="Kl">KL(law, model), in nats.</param>
/// <param name="Reward">The expected reward.</param>
/// <param name="KlFromTilt">KL(optimal tilt of the same temperature, law), in nats.</param>
internal readonly record struct RulePoint(double Kl, double Reward, double KlFromTilt);

/// <summary>A model with rewards, on which selection rules have exact laws. Temperatures are 0 to infinity.</summary>
internal interface IRewardSource
{
    /// <summary>Its name in files.</summary>
    string Name { get; }

    /// <summary>Its name for people.</summary>
    string Title { get; }

    /// <summary>The reward's standard deviation under the model: the unit of default temperatures.</summary>
    double Spread { get; }

    RulePoint OptimalTilt(double lambda);

    RulePoint SoftBestOfN(double lambda, int n);

    RulePoint UniformRace(double lambda, int n);

    RulePoint BestOfN(int n);

    /// <summary>The smallest KL from the model at which a law can have this expected reward.</summary>
    double LeastKl(double reward);
}
