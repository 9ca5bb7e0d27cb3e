using System.Runtime.InteropServices;
using Albireo.Cli;
using Albireo.Pipeline.Frames;

if (args is ["find" or "photometry", ..])
{
    EarlyStart.Begin(() => EarlyMemory.Prepare(args), EarlyStart.Stars);
}
else if (args is ["masters" or "calibrate", ..])
{
    EarlyStart.Begin(EarlyStart.Settings, EarlyStart.Headers, EarlyStart.Frames);
}
else if (args is ["reduce" or "detect" or "match" or "measure", ..])
{
    EarlyStart.Begin(EarlyStart.Settings, EarlyStart.Headers, EarlyStart.Stars);
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
