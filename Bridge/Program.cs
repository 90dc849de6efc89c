using System.Runtime.InteropServices;
using System.Text;
using Bridge.Cli;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var input = new StreamReader(Console.OpenStandardInput());
var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), encoding, bufferSize: 16384) { AutoFlush = true };
return await CommandLine.RunAsync(args, new(input, output, Console.Error), stop.Token);

// The first signal asks the verb to end, the second one ends the process.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
