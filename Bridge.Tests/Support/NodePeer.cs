using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>
/// A script of <c>Bridge.Tests/Peers</c> running in Node.js: says one JSON object a line, takes one JSON command a line (Peers/README.md).
/// </summary>
/// <remarks>Members may be called from any thread. The script ends with its standard input, so it outlives no test program, however that ends.</remarks>
internal sealed class NodePeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly string _script;
    private readonly Process _process;
    private readonly Task _reading;
    private readonly Lock _gate = new();
    private readonly List<JsonElement> _lines = [];
    private readonly StringBuilder _complaints = new();
    private TaskCompletionSource _newLine = NewSignal();
    private bool _hasEnded;
    private int _lastId;

    private NodePeer(string script, Process process)
    {
        _script = script;
        _process = process;
        process.ErrorDataReceived += (_, line) => Complain(line.Data);
        process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    /// <summary>How many lines the script has said: where to wait from for what comes after now.</summary>
    public int Position
    {
        get
        {
            lock (_gate) return _lines.Count;
        }
    }

    /// <summary>Everything said so far, in order.</summary>
    public IReadOnlyList<JsonElement> Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    /// <summary>Starts a script. Where Node.js or its packages are missing the test is skipped with a word about it; in CI it fails.</summary>
    public static NodePeer Start(string script, params string[] arguments)
    {
        var folder = FindFolder();
        var missing = FindNode() is null ? "node is not on the PATH"
            : folder is null ? "the folder Bridge.Tests/Peers is not above the test program"
            : !Directory.Exists(Path.Combine(folder, "node_modules", "zwave-js")) ? "run 'npm ci --ignore-scripts' in Bridge.Tests/Peers (check.sh does)"
            : null;
        if (missing is not null)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail("no peer to test against: " + missing);
            Assert.Skip("no peer to test against: " + missing);
        }

        var start = new ProcessStartInfo(FindNode()!)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments.Prepend(script)) start.ArgumentList.Add(argument);
        return new(script, Process.Start(start) ?? throw new InvalidOperationException("node did not start"));
    }

    /// <summary>
    /// The first line that fits, counted from <paramref name="since"/> (a <see cref="Position"/>); what was said already counts.
    /// Fails when the limit passes or the script ends.
    /// </summary>
    public async Task<JsonElement> NextAsync(Func<JsonElement, bool> fits, string what, int since = 0, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(fits);
        var patience = limit ?? Patience;
        using var expiry = new CancellationTokenSource(patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, TestContext.Current.CancellationToken);
        var next = since;
        while (true)
        {
            Task signal;
            lock (_gate)
            {
                for (; next < _lines.Count; next++)
                {
                    if (fits(_lines[next])) return _lines[next];
                }
                if (_hasEnded) throw new InvalidOperationException($"{_script} ended without {what}{Tail()}");
                signal = _newLine.Task;
            }
            try
            {
                await signal.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (expiry.IsCancellationRequested)
            {
                throw new TimeoutException($"{patience.TotalSeconds} s passed without {what} of {_script}{Tail()}");
            }
        }
    }

    /// <summary>The next event of that name that fits.</summary>
    public Task<JsonElement> NextEventAsync(string name, Func<JsonElement, bool>? fits = null, int since = 0, TimeSpan? limit = null) =>
        NextAsync(line => line.IsEvent(name) && (fits is null || fits(line)), $"an event '{name}'", since, limit);

    /// <summary>Every event of that name so far.</summary>
    public IReadOnlyList<JsonElement> Events(string name) => [.. Lines.Where(line => line.IsEvent(name))];

    /// <summary>Runs a command and gives its value (undefined when it has none).</summary>
    /// <exception cref="InvalidOperationException">The script answered with an error; the message is its text.</exception>
    public async Task<JsonElement> RunAsync(string command, params (string Name, object? Value)[] details)
    {
        var line = new JsonObject();
        foreach (var (name, value) in details)
        {
            if (value is not null) line[name] = JsonSerializer.SerializeToNode(value);
        }
        int id, since;
        lock (_gate)
        {
            id = ++_lastId;
            since = _lines.Count;
            line["id"] = id;
            line["cmd"] = command;
            _process.StandardInput.WriteLine(line.ToJsonString());
            _process.StandardInput.Flush();
        }
        var answer = await NextAsync(said => said.TryGetProperty("id", out var other) && other.GetInt32() == id, $"an answer to '{command}'", since);
        if (!answer.GetProperty("ok").GetBoolean())
        {
            throw new InvalidOperationException($"{command}: {answer.GetProperty("error").GetString()}");
        }
        return answer.TryGetProperty("value", out var result) ? result : default;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(Farewell, TimeProvider.System);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            _process.Kill(entireProcessTree: true);
        }
        await _reading;
        _process.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peers = Path.Combine(folder.FullName, "Peers");
            if (File.Exists(Path.Combine(peers, "mock-network.mjs"))) return peers;
        }
        return null;
    }

    private static string? FindNode() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
            .FirstOrDefault(File.Exists);

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } text)
        {
            JsonElement line;
            try
            {
                using var document = JsonDocument.Parse(text);
                line = document.RootElement.Clone();
            }
            catch (JsonException)
            {
                Complain(text);
                continue;
            }
            lock (_gate) _lines.Add(line);
            Signal();
        }
        lock (_gate) _hasEnded = true;
        Signal();
    }

    private void Signal()
    {
        TaskCompletionSource signal;
        lock (_gate) (signal, _newLine) = (_newLine, NewSignal());
        signal.SetResult();
    }

    private void Complain(string? text)
    {
        lock (_gate)
        {
            if (text is not null && _complaints.Length < 4000) _complaints.AppendLine(text);
        }
    }

    private string Tail()
    {
        lock (_gate)
        {
            var said = string.Join('\n', _lines.TakeLast(5).Select(line => line.GetRawText()[..Math.Min(300, line.GetRawText().Length)]));
            return $"\nlast said:\n{said}\n{_complaints}";
        }
    }
}

/// <summary>Short ways into the lines of a peer.</summary>
internal static class PeerLineExtensions
{
    public static bool IsEvent(this JsonElement line, string name) =>
        line.TryGetProperty("event", out var value) && value.ValueKind == JsonValueKind.String && value.GetString() == name;

    /// <summary>A text field, "" when it is not there.</summary>
    public static string Text(this JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A whole number field, null when it is not there.</summary>
    public static int? Number(this JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
