using Albireo.Benchmarks.Peers;
using Albireo.Benchmarks.Startup;
using BenchmarkDotNet.Running;

// `-- peers [NAME]` times whole processes against peers; `-- startup [PROGRAM]` makes the profile for publishing anew; everything else is
// BenchmarkDotNet's (`-- --filter *Stacking*`).
if (args is ["peers", ..])
{
    return PeerComparison.Run(args[1..]);
}
if (args is ["startup", ..])
{
    return StartupProfile.Run(args.ElementAtOrDefault(1));
}
BenchmarkSwitcher.FromAssembly(typeof(PeerComparison).Assembly).Run(args);
return 0;
