namespace Albireo.Science.Matching;

/// <summary>How likely chance is to do as well.</summary>
internal static class MatchOdds
{
    /// <summary>
    /// Natural logarithm of a bound on P(at least <paramref name="hits"/> of <paramref name="trials"/> succeed) with success
    /// probability <paramref name="chance"/> each: Chernoff's exp(−n·KL(h/n ‖ p)) (Hoeffding 1963). 0 where hits are no more than
    /// expected.
    /// </summary>
    public static double LogTail(int hits, int trials, double chance)
    {
        if (trials == 0 || hits <= chance * trials)
        {
            return 0;
        }
        if (chance <= 0)
        {
            return double.NegativeInfinity;
        }
        double share = (double)hits / trials;
        double divergence = share * Math.Log(share / chance);
        if (share < 1)
        {
            divergence += (1 - share) * Math.Log((1 - share) / (1 - chance));
        }
        return -trials * divergence;
    }
}
