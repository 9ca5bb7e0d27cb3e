using System.Text.Json.Serialization;
using Albireo.Science.Background;
using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Numerics;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Options;

/// <summary>The one binding of recipes: source-generated, kebab-case keys and words, unknown keys refused. Every enum has its words here.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    Converters = [
        typeof(OptionWords<BackgroundEstimator>),
        typeof(OptionWords<BackgroundInterpolation>),
        typeof(OptionWords<BackgroundSpread>),
        typeof(OptionWords<ClipCenter>),
        typeof(OptionWords<ClipSpread>),
        typeof(OptionWords<ColourChannel>),
        typeof(OptionWords<CurveLevel>),
        typeof(OptionWords<CurveMetric>),
        typeof(OptionWords<CurveTime>),
        typeof(OptionWords<DarkForm>),
        typeof(OptionWords<EnsembleWeighting>),
        typeof(OptionWords<ErrorModel>),
        typeof(OptionWords<ExportDate>),
        typeof(OptionWords<FindMethod>),
        typeof(OptionWords<FlatLevel>),
        typeof(OptionWords<FlatReference>),
        typeof(OptionWords<FlatWeights>),
        typeof(OptionWords<FlipChoice>),
        typeof(OptionWords<FluxErrorRule>),
        typeof(OptionWords<DriftChoice>),
        typeof(OptionWords<MaskedPixelRule>),
        typeof(OptionWords<MatchMethod>),
        typeof(OptionWords<NegativePixels>),
        typeof(OptionWords<OverscanMethod>),
        typeof(OptionWords<PeriodSearch>),
        typeof(OptionWords<ProfileKind>),
        typeof(OptionWords<RadiusUnit>),
        typeof(OptionWords<Recentring>),
        typeof(OptionWords<RegionFrame>),
        typeof(OptionWords<ScintillationModel>),
        typeof(OptionWords<SkyEstimator>),
        typeof(OptionWords<SkySource>),
        typeof(OptionWords<SkySubtraction>),
        typeof(OptionWords<StackCenter>),
        typeof(OptionWords<StackMethod>),
        typeof(OptionWords<StackSpread>),
        typeof(OptionWords<TransformKind>),
    ],
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true
)]
[JsonSerializable(typeof(Recipe))]
internal sealed partial class RecipeJson : JsonSerializerContext;
