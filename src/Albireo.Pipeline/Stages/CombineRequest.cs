using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>What <c>albireo combine</c> is asked for.</summary>
public sealed record CombineRequest
{
    /// <summary>The pictures, all of one size.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The file to write.</summary>
    public required string Output { get; init; }

    /// <summary>How the values of a pixel become one.</summary>
    public StackOptions Options { get; init; } = new();

    /// <summary>The level by which every picture is brought to the first one's, or null.</summary>
    public LevelMethod? Scale { get; init; }

    /// <summary>Whether pictures weigh in proportion to their level, as photon noise has it.</summary>
    public bool IsWeighted { get; init; }

    /// <summary>How pictures are combined where nothing but settings says so: as masters are, without a least spread.</summary>
    /// <exception cref="AlbireoException">An unknown key, or a value that cannot be.</exception>
    public static StackOptions Defaults(IReadOnlyList<Setting> settings)
    {
        var masters = new MasterOptions { MinimumSpread = 0 };
        if (settings.Count > 0)
        {
            masters = RecipeBinder.Bind(settings, over: new Recipe { Masters = masters }).Masters;
        }
        return masters.Stack(masters.MinimumSpread);
    }
}
