using System.Security.Cryptography;
using Bridge.Options;
using Bridge.ZWave.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bridge.Cli;

/// <summary><c>zwbridge keys</c>: takes over the keys of other Z-Wave software, and hands out ours.</summary>
public static class KeysCommand
{
    private const string Import = "import";
    private const string Export = "export";

    public static readonly Verb Definition = new(
        "keys",
        "takes over or hands out the keys of the network",
        static (arguments, terminal, _) => RunAsync(arguments, terminal))
    {
        Help = $"""

            zwbridge keys import <file> [--replace] [--<section>:<setting>=<value> ...]
            zwbridge keys export --to <file> | --show [--<section>:<setting>=<value> ...]

            The keys are in the file ZWave:KeysFile (keys.json of Storage:Directory). Stop "zwbridge run" before an import; keys count from its
            next start.

              import     takes the keys of the settings.json of zwave-js-ui, or of a file that "export" wrote
              --replace  also those that differ from keys that are there; the file as it was before is kept beside it
              export     writes the keys into a file that is not there yet and that only you can read
              --show     prints them instead: everybody who sees the screen can read them

            Keys are told by name, never by value, unless --show asks for it.
            Done: exit code {ExitCode.Success}. A file that cannot be used: {ExitCode.Failure}. Faults of the settings or the key file they name:
            {ExitCode.WrongSettings}.

            """,
    };

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(terminal);
        if (!KeysArguments.TryRead(arguments, out var read, out var problem)) return await CommandLine.RefuseAsync(terminal, $"keys: {problem}");
        var (file, faults) = Open(read.Settings);
        var reading = file?.Read();
        if (reading is not null) faults.AddRange(reading.Faults.Select(static fault => $"{KeysFileValidator.Setting}: {fault}"));
        if (faults.Count > 0)
        {
            await terminal.Error.WriteAsync("zwbridge: keys: wrong settings\n" + string.Concat(faults.Select(static line => $"  {line}\n")));
            return ExitCode.WrongSettings;
        }

        foreach (var warning in reading!.Warnings) await terminal.Error.WriteAsync($"zwbridge: keys: {warning}\n");
        try
        {
            return read.Import is { } source
                ? await ImportAsync(file!, reading, source, read.Replaces, terminal)
                : await ExportAsync(file!, reading.Keys, read.To, terminal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(terminal, exception.Message);
        }
    }

    private static async Task<int> ImportAsync(KeyFile file, KeyFileReading reading, string source, bool replaces, Terminal terminal)
    {
        KeyFileContent? content = null;
        KeyBytes.Use(source, bytes => content = KeyFileText.Read(bytes, takesSettings: true));
        foreach (var name in content!.UnknownNames) await terminal.Error.WriteAsync($"zwbridge: keys: '{source}': {name} is not the name of a key\n");
        if (content.Faults.Count > 0) return await FailAsync(terminal, [.. content.Faults.Select(fault => $"'{source}': {fault}")]);
        string[] given = [.. content.Keys.Names];
        if (given.Length == 0) return await FailAsync(terminal, $"'{source}' has no keys; allowed: settings.json of zwave-js-ui, or a file of keys");
        var before = reading.Keys;
        string[] added = [.. given.Where(name => before.Find(name) is null)];
        string[] differing = [.. given.Where(name => before.Find(name) is { } key && !key.Equals(content.Keys.Find(name)))];
        if (differing.Length > 0 && !replaces)
        {
            return await FailAsync(terminal, $"other keys are there already: {string.Join(", ", differing)}; nothing was changed. "
                + "Nodes included with those need them; --replace takes the new ones");
        }

        if (added.Length + differing.Length > 0)
        {
            foreach (var name in given) before.Set(name, content.Keys.Find(name)!);
            var told = file.Write(before, keepsBefore: differing.Length > 0 || reading.HasUnknownNames);
            foreach (var line in told) await terminal.Output.WriteAsync(line + "\n");
        }

        var lines = Line("added", added) + Line("replaced", differing) + Line("the same as before", [.. given.Except(added).Except(differing)]);
        await terminal.Output.WriteAsync($"'{file.Path}':\n{lines}");
        return ExitCode.Success;
    }

    private static async Task<int> ExportAsync(KeyFile file, KeySet keys, string? to, Terminal terminal)
    {
        if (!keys.Names.Any()) return await FailAsync(terminal, $"there are no keys in '{file.Path}' yet; zwbridge run makes them at its first start");
        var bytes = KeyFileText.Write(keys);
        // Asked for on the screen: they leave our hands here.
        var shown = to is null ? new char[bytes.Length] : [];
        try
        {
            if (to is null)
            {
                for (var index = 0; index < bytes.Length; index++) shown[index] = (char)bytes[index];
                await terminal.Output.WriteAsync(shown);
                return ExitCode.Success;
            }

            if (File.Exists(to)) return await FailAsync(terminal, $"'{to}' is there already; allowed: path of a new file");
            KeyBytes.WriteNew(to, bytes);
            await terminal.Output.WriteAsync($"'{to}':\n{Line("written", [.. keys.Names])}");
            return ExitCode.Success;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            Array.Clear(shown);
        }
    }

    /// <summary>The key file of the settings. The others of them need not be right: keys are often the first thing that is set up.</summary>
    private static (KeyFile? File, List<string> Faults) Open(IReadOnlyList<string> settings)
    {
        try
        {
            using var host = BridgeServices.Build(settings, SettingFaults.Folder());
            var configuration = host.Services.GetRequiredService<IConfiguration>();
            if (SettingList.Faults(configuration) is { Count: > 0 } faults) return (null, [.. faults]);
            var options = new ZWaveOptions();
            configuration.GetSection(ZWaveOptions.Section).Bind(options);
            var directory = host.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Directory!;
            return (options.File(directory, TimeProvider.System), []);
        }
        catch (OptionsValidationException exception)
        {
            return (null, [.. exception.Failures]);
        }
        catch (InvalidDataException exception)
        {
            return (null, [SettingFaults.Of(exception)]);
        }
    }

    private static string Line(string what, string[] names) => names.Length == 0 ? string.Empty : $"  {what}: {string.Join(", ", names)}\n";

    private static async Task<int> FailAsync(Terminal terminal, params string[] problems)
    {
        await terminal.Error.WriteAsync(string.Concat(problems.Select(static problem => $"zwbridge: keys: {problem}\n")));
        return ExitCode.Failure;
    }

    /// <summary>What follows the verb.</summary>
    private sealed record KeysArguments(string? Import, bool Replaces, string? To, IReadOnlyList<string> Settings)
    {
        public static bool TryRead(IReadOnlyList<string> arguments, out KeysArguments read, out string? problem)
        {
            read = new(null, false, null, []);
            List<string> settings = [];
            List<string> words = [];
            var isShown = false;
            for (var index = 0; index < arguments.Count; index++)
            {
                var argument = arguments[index];
                var next = index + 1 < arguments.Count ? arguments[index + 1] : null;
                if (argument == "--replace") read = read with { Replaces = true };
                else if (argument == "--show") isShown = true;
                else if (argument.StartsWith("--to=", StringComparison.Ordinal)) read = read with { To = argument["--to=".Length..] };
                else if (argument == "--to") (read, index) = (read with { To = next ?? string.Empty }, index + 1);
                else if (argument.StartsWith("--", StringComparison.Ordinal)) settings.AddRange(Setting(argument, next, ref index));
                else words.Add(argument);
            }

            problem = SettingArguments.Fault(settings) ?? Problem(words, read, isShown);
            read = read with { Import = words is [KeysCommand.Import, var file] ? file : null, Settings = settings };
            return problem is null;
        }

        private static string[] Setting(string argument, string? next, ref int index)
        {
            if (!argument.Contains(':') || argument.Contains('=') || next is null) return [argument];
            index++;
            return [argument, next];
        }

        private static string? Problem(List<string> words, KeysArguments read, bool isShown) => words switch
        {
            [] => $"say what to do: {KeysCommand.Import} or {Export}",
            [KeysCommand.Import] => $"{KeysCommand.Import} needs a file",
            [KeysCommand.Import, _] => read.To is not null || isShown ? $"--to and --show belong to {Export}" : null,
            [Export] when read.Replaces => $"--replace belongs to {KeysCommand.Import}",
            [Export] when read.To is { Length: 0 } => "--to needs a file",
            [Export] when read.To is not null && isShown => "--to or --show, not both",
            [Export] => read.To is null && !isShown ? "say where the keys go: --to <file>, or --show to print them" : null,
            [KeysCommand.Import or Export, ..] => $"unexpected argument '{words[^1]}'",
            [var other, ..] => $"unknown command '{other}'; allowed: {KeysCommand.Import}, {Export}",
        };
    }
}
