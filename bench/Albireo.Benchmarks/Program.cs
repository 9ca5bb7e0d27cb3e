using Albireo.Benchmarks.Peers;
using BenchmarkDotNet.Running;

// `-- peers [NAME]` times whole processes against peers; everything else is BenchmarkDotNet's (`-- --filter *Stacking*`).
if (args is ["peers", ..])
{
    return PeerComparison.Run(args[1..]);
}
BenchmarkSwitcher.FromAssembly(typeof(PeerComparison).Assembly).Run(args);
return 0;
