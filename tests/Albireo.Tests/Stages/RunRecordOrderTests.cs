using System.Text.Json.Nodes;
using Albireo.Pipeline;
using Albireo.Pipeline.Runs;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>run.json stands before every other product, so that a run that is killed at any moment has told when it began.</summary>
public sealed class RunRecordOrderTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(FrameStage.Masters)]
    [InlineData(FrameStage.Measure)]
    public void The_record_is_the_first_product(FrameStage last)
    {
        var night = new MadeNight(scratch.At("night"));
        night.Add("bias", 3, "Bias", 300, 0, noise: 5);
        night.Add("light", 2, "Light", 500, 10, filter: "R", noise: 5);
        var observer = new Watching(scratch.At("out"));
        var request = new ReductionRequest { Inputs = [night.Folder], Output = scratch.At("out") };
        try
        {
            _ =
                last == FrameStage.Measure
                    ? (object)Reduction.Run(request, ResourceLimits.Default, observer, TestContext.Current.CancellationToken)
                    : EarlyStages.Run(last, request, ResourceLimits.Default, observer, TestContext.Current.CancellationToken);
        }
        catch (AlbireoException e)
        {
            Assert.Equal(FrameStage.Measure, last); // frames without a star cannot be measured; the masters are made all the same
            Assert.Contains("light-1", e.Message);
        }
        JsonNode ended = JsonNode.Parse(File.ReadAllText(scratch.At("out", "run.json")))!;
        Assert.Equal(last == FrameStage.Measure ? "failed" : "masters", (string?)ended["state"]);
        Assert.Equal(last == FrameStage.Measure, ((string?)ended["reason"])?.Contains("light-1", StringComparison.Ordinal) ?? false);
        Assert.Empty(observer.AtInventory!);
        Assert.Equal(["inventory.csv", "run.json"], observer.AtMasters!);
        Assert.Equal("running", observer.State);
        Assert.True(observer.RecordCameFirst);
    }

    private sealed class Watching(string output) : IRunObserver
    {
        public string[]? AtInventory { get; private set; }
        public string[]? AtMasters { get; private set; }
        public string? State { get; private set; }
        public bool RecordCameFirst { get; private set; }

        public void StageStarted(string stage, int total)
        {
            string[] products =
            [
                .. Directory
                    .GetFiles(output, "*", SearchOption.AllDirectories)
                    .Select(f => Path.GetRelativePath(output, f))
                    .Where(f => f[0] != '.' && f != "albireo.log")
                    .Order(StringComparer.Ordinal),
            ];
            if (stage == "inventory")
            {
                AtInventory = products;
            }
            if (stage == "masters")
            {
                AtMasters = products;
                string record = Path.Combine(output, "run.json");
                State = (string?)JsonNode.Parse(File.ReadAllText(record))!["state"];
                RecordCameFirst = File.GetLastWriteTimeUtc(record) <= File.GetLastWriteTimeUtc(Path.Combine(output, "inventory.csv"));
            }
        }

        public void ItemDone(string stage) { }

        public void Notice(string sentence) { }
    }
}
