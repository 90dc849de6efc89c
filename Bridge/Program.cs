using System.Runtime.InteropServices;
using System.Text;
using Bridge.Cli;

var firstSignal = 0L;
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var input = new StreamReader(Console.OpenStandardInput());
var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), encoding, bufferSize: 16384) { AutoFlush = true };
return await CommandLine.RunAsync(args, new(input, output, Console.Error), stop.Token);

// The first signal asks the verb to end, a later one ends the process. What comes within a second is one request: timeout(1) sends each
// signal twice, and a shell's Ctrl+C may arrive together with that of the program around us.
void Stop(PosixSignalContext signal)
{
    var now = TimeProvider.System.GetTimestamp();
    var first = Interlocked.CompareExchange(ref firstSignal, now, 0);
    signal.Cancel = first == 0 || TimeProvider.System.GetElapsedTime(first, now) < TimeSpan.FromSeconds(1);
    if (first == 0) stop.Cancel();
}
