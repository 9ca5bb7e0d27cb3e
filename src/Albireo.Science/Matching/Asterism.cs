namespace Albireo.Science.Matching;

/// <summary>A triangle of stars, its corners ordered by the length of the side opposite, longest first.</summary>
/// <param name="A">Star opposite the longest side.</param>
/// <param name="B">Star opposite the middle side.</param>
/// <param name="C">Star opposite the shortest side.</param>
/// <param name="Longest">Length of the longest side, pixels.</param>
/// <param name="Middle">Middle side over longest.</param>
/// <param name="Shortest">Shortest side over longest.</param>
/// <param name="Sign">Sense in which A, B, C go round: +1 or −1.</param>
internal readonly record struct Asterism(int A, int B, int C, double Longest, double Middle, double Shortest, int Sign);
