using System.Text.Json.Serialization;
using Albireo.Web.Changes;
using Albireo.Web.Curves;
using Albireo.Web.Exports;
using Albireo.Web.Frames;
using Albireo.Web.Intake;
using Albireo.Web.Runs;

namespace Albireo.Web;

/// <summary>Everything that goes to or comes from a page; generated ahead, since the first page must not wait for reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Sentence))]
[JsonSerializable(typeof(WorkbenchState))]
[JsonSerializable(typeof(JobStatus))]
[JsonSerializable(typeof(RunChange))]
[JsonSerializable(typeof(CurveChange))]
[JsonSerializable(typeof(CurvePage))]
[JsonSerializable(typeof(PageSetting[]))]
[JsonSerializable(typeof(FrameEdit[]))]
[JsonSerializable(typeof(PictureFacts))]
[JsonSerializable(typeof(PixelBlock))]
[JsonSerializable(typeof(StarProbe))]
[JsonSerializable(typeof(SaturatedPixels))]
[JsonSerializable(typeof(MeasuredStars))]
[JsonSerializable(typeof(FrameCalibration))]
[JsonSerializable(typeof(ChangeHistory))]
[JsonSerializable(typeof(ChangeMoved))]
[JsonSerializable(typeof(PicksAsked))]
[JsonSerializable(typeof(ExportAsked))]
[JsonSerializable(typeof(ExportMade))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class WebJsonContext : JsonSerializerContext;
