using System.Globalization;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline;

/// <summary>An observation in words.</summary>
public static class ObservationWords
{
    /// <summary>Target, filter, instrument and night, as far as they are known.</summary>
    public static IEnumerable<string> Words(this Observation observation) =>
        new[]
        {
            observation.Target,
            observation.Filter,
            observation.Instrument,
            observation.Night?.ToString("O", CultureInfo.InvariantCulture),
        }.OfType<string>();
}
