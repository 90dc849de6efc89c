using System.Globalization;
using Bridge.Discovery;
using Bridge.Options;
using Bridge.ZWave.Devices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bridge.Cli;

/// <summary><c>zwbridge check</c>: is everything right that people write?</summary>
public static class CheckCommand
{
    private const string DeviceFolder = UserFolders.DeviceFolder;
    private const string TemplateFolder = UserFolders.TemplateFolder;

    public static readonly Verb Definition = new(
        "check",
        "checks settings, device files and discovery templates",
        static (arguments, terminal, _) => RunAsync(arguments, terminal))
    {
        Help = $"""

            zwbridge check [--<section>:<setting>=<value> ...]

            Checks the settings that "zwbridge run" would use with the same arguments, the key file, the device files and discovery templates that come
            with the program, and those of your own (Devices:Directory, HomeAssistant:TemplatesDirectory; without them the folders
            {DeviceFolder} and {TemplateFolder} of Storage:Directory). Every fault is told, one a line: file, place, reason.
            Nothing wrong: exit code {ExitCode.Success}. Otherwise: exit code {ExitCode.WrongSettings}.

            """,
    };

    /// <param name="arguments">Settings of the command line.</param>
    /// <param name="terminal">Gets a summary, or the faults.</param>
    /// <param name="shipped">The folder with the files of the program; the one of the program itself when null.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, string? shipped = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(terminal);
        if (SettingArguments.Fault(arguments) is { } wrong) return await CommandLine.RefuseAsync(terminal, $"check: {wrong}");
        shipped ??= AppContext.BaseDirectory;
        var (faults, own) = Settings(arguments);
        string[] folders = [Path.Combine(shipped, DeviceFolder)];
        var devices = DeviceCatalog.Load(own is null ? folders : [.. folders, own.DevicesDirectory]);
        var templates = TemplateCatalog.Load(Path.Combine(shipped, TemplateFolder), own?.TemplatesDirectory);
        var sticks = Path.Combine(shipped, DeviceFolder, Path.GetFileName(UsbStickFileReader.DefaultPath));
        if (File.Exists(sticks))
        {
            UsbStickFileReader.Read(sticks, out var inSticks);
            faults.AddRange(inSticks.Select(fault => $"{DeviceFolder}/{Path.GetFileName(sticks)}: {fault}"));
        }

        faults.AddRange(devices.Faults.Select(static fault => $"{DeviceFolder}/{fault}"));
        faults.AddRange(templates.Faults.Select(static fault => $"{TemplateFolder}/{fault}"));
        // A program without its own templates announces nothing, and nobody would know why.
        if (templates.Faults.Count == 0 && templates.Templates.Count == 0)
        {
            faults.Add($"{TemplateFolder}: there is no template; reinstall the program");
        }

        if (faults.Count > 0)
        {
            var head = string.Create(CultureInfo.InvariantCulture, $"zwbridge: {faults.Count} {(faults.Count == 1 ? "fault" : "faults")}\n");
            await terminal.Error.WriteAsync(head + string.Concat(faults.Select(static line => $"  {line}\n")));
            return ExitCode.WrongSettings;
        }

        var (models, looks) = (devices.Definitions.Count, templates.Templates.Count);
        await terminal.Output.WriteAsync(
            string.Create(CultureInfo.InvariantCulture, $"settings, {models} device files, {looks} discovery templates: no fault\n"));
        return ExitCode.Success;
    }

    /// <summary>The faults of the settings, and where the user's own files are, as far as that is known.</summary>
    private static (List<string> Faults, UserFolders? Own) Settings(IReadOnlyList<string> arguments)
    {
        try
        {
            using var host = BridgeServices.Build(arguments, SettingFaults.Folder());
            List<string> faults = [.. SettingFaults.Of(host.Services)];
            faults.AddRange(host.Services.GetRequiredService<UnknownSettings>().Paths.Select(static path => $"{path}: unknown setting"));
            try
            {
                return (faults, UserFolders.Of(host.Services));
            }
            catch (OptionsValidationException)
            {
                // Told above; without the directory there are no files of the user.
                return (faults, null);
            }
        }
        catch (InvalidDataException exception)
        {
            return ([SettingFaults.Of(exception)], null);
        }
    }
}
