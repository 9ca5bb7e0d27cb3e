using System.Runtime.InteropServices;
using Albireo.Cli;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Runs;

if (args is ["find" or "photometry", ..])
{
    EarlyCompilation.Begin(() => EarlyMemory.Prepare(args));
}
else if (args is ["reduce" or "masters" or "calibrate" or "detect" or "match" or "measure", ..])
{
    EarlyCompilation.Begin(EarlyCompilation.Settings);
}
using var interrupt = new CancellationTokenSource();
using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return AlbireoProgram.Run(args, Console.Out, Console.Error, isTerminal: !Console.IsErrorRedirected, interrupt.Token);

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    interrupt.Cancel();
}
