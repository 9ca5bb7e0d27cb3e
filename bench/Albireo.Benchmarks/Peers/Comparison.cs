namespace Albireo.Benchmarks.Peers;

/// <summary>The same work done by us and by a peer.</summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="PeerName">Tool and version.</param>
/// <param name="Wanted">Our time over the peer's, at most.</param>
/// <param name="Missing">Why it cannot be run here, or null.</param>
/// <param name="Ours">One run of ours.</param>
/// <param name="Peer">One run of the peer.</param>
public sealed record Comparison(string Name, string PeerName, double Wanted, string? Missing, Func<Timed> Ours, Func<Timed> Peer)
{
    /// <summary>Whether it runs only when it is named.</summary>
    public bool IsOnRequest { get; init; }
}
