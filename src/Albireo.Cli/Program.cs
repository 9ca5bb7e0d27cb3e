using Albireo.Cli;

MathNet.Numerics.Control.UseSingleThread(); // threads are ours to hand out
using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupt.Cancel();
};
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGTERM,
    context =>
    {
        context.Cancel = true;
        interrupt.Cancel();
    }
);
return AlbireoProgram.Run(args, Console.Out, Console.Error, isTerminal: !Console.IsErrorRedirected, interrupt.Token);
