using System.Reflection;
using Bridge.Cli;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Architecture;

/// <summary>Which folder and which project may use which. What is not named here is not allowed.</summary>
public sealed class DependencyTests
{
    private const string Library = "Bridge.ZWave";

    /// <summary>The files beside the folders: the error of requests, and nothing else.</summary>
    private const string Root = "";

    /// <summary>From the bottom up: each folder, its subfolders included, may use only folders of rows above its own.</summary>
    private static readonly (string Folder, string[] MayUse)[] s_folders =
    [
        ("Wire", []),
        ("Values", ["Wire"]),
        ("CommandClasses", ["Values", "Wire"]),
        ("Security", ["CommandClasses", "Wire"]),
        ("Serial", ["Wire"]),
        ("Encapsulation", ["Security", "CommandClasses", "Values", "Wire"]),
        // the table of known sticks is a file like the devices, and is what finding a port needs
        ("Devices", ["Serial", "CommandClasses", "Values", "Wire"]),
        // the simulation stands beside the network, never on it; its plugs are files, read as device files are
        ("Simulation", ["Devices", "Encapsulation", "Security", "CommandClasses", "Serial", "Values", "Wire"]),
        ("Network", ["Devices", "Encapsulation", "Security", "CommandClasses", "Serial", "Values", "Wire"]),
        // what changes the network or its devices stands on the network, and the network does not know it
        ("Inclusion", ["Network", "Encapsulation", "Security", "CommandClasses", "Serial", "Values", "Wire"]),
        ("Storage", ["Inclusion", "Network", "Security", "Values", "Wire"]),
        ("Upkeep", ["Storage", "Network", "CommandClasses", "Serial", "Values", "Wire"]),
        ("Firmware", ["Network", "Security", "CommandClasses", "Serial", "Values", "Wire"]),
    ];

    /// <summary>What the error of a request tells about it: the only names below the root that it knows. Everybody may throw it.</summary>
    private static readonly Type[] s_namedByError = [typeof(NodeId), typeof(FunctionId), typeof(ISerialMessage)];

    private static readonly Assembly s_library = typeof(Hex).Assembly;

    private static readonly (Type From, Type To)[] s_uses =
        [.. TypeReferences.Of(s_library).Where(static pair => IsWritten(pair.From) && IsWritten(pair.To))];

    [Fact]
    public void Every_folder_may_use_only_folders_named_before_it()
    {
        for (var row = 0; row < s_folders.Length; row++)
        {
            Assert.Subset(s_folders.Take(row).Select(static entry => entry.Folder).ToHashSet(), s_folders[row].MayUse.ToHashSet());
        }
    }

    [Fact]
    public void Every_folder_of_the_library_is_named()
    {
        var folders = s_library.GetTypes().Where(IsWritten).Select(Folder).Where(static folder => folder != Root).Distinct();
        Assert.Subset(s_folders.Select(static entry => entry.Folder).ToHashSet(), folders.ToHashSet());
    }

    [Fact]
    public void Folders_of_the_library_use_only_what_they_may()
    {
        var wrong = s_uses
            .Select(static pair => (pair.From, pair.To, FromFolder: Folder(pair.From), ToFolder: Folder(pair.To)))
            .Where(static pair => pair.ToFolder != Root && pair.FromFolder != Root && pair.FromFolder != pair.ToFolder)
            .Where(static pair => !s_folders.Any(entry => entry.Folder == pair.FromFolder && entry.MayUse.Contains(pair.ToFolder)))
            .Select(static pair => $"{pair.FromFolder} -> {pair.ToFolder}: {pair.From.Name} uses {pair.To.Name}")
            .Order();
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }

    [Fact]
    public void Root_of_the_library_holds_the_error_of_requests_and_nothing_else()
    {
        var types = s_library.GetTypes().Where(type => type.DeclaringType is null && IsWritten(type) && Folder(type) == Root);
        Assert.Equal([nameof(ZWaveErrorCode), nameof(ZWaveException)], types.Select(static type => type.Name).Order());
        var named = s_uses.Where(static pair => Folder(pair.From) == Root && Folder(pair.To) != Root).Select(static pair => pair.To);
        Assert.Subset(s_namedByError.ToHashSet(), named.ToHashSet());
    }

    /// <summary>The host's folders are features: any order will do, as long as there is one. The files beside them put everything together.</summary>
    [Fact]
    public void Folders_of_the_host_form_no_circle()
    {
        var host = typeof(Verb).Assembly;
        var uses = TypeReferences.Of(host)
            .Where(pair => pair.From.Assembly == host && pair.To.Assembly == host)
            .Select(static pair => (From: HostFolder(pair.From), To: HostFolder(pair.To)))
            .Where(static pair => pair is { From: not null, To: not null } && pair.From != pair.To)
            .ToHashSet();
        // Folders nobody is used by any more are taken away until none is left; what stays is a circle.
        while (uses.RemoveWhere(pair => uses.All(other => other.To != pair.From) || uses.All(other => other.From != pair.To)) > 0)
        {
        }

        Assert.Empty(uses);
    }

    [Fact]
    public void Uses_are_found_in_signatures_and_in_instructions()
    {
        // a parameter, and a static call
        Assert.Contains((typeof(SwitchBinarySet), typeof(PayloadReader)), s_uses);
        Assert.Contains((typeof(DataFrame), typeof(Hex)), s_uses);
        Assert.DoesNotContain((typeof(PayloadReader), typeof(SwitchBinarySet)), s_uses);
    }

    [Fact]
    public void Library_needs_only_the_runtime_and_three_packages()
    {
        string[] allowed = ["Microsoft.Extensions.Logging.Abstractions", "Newtonsoft.Json", "System.IO.Ports"];
        Assert.Equal(allowed, Referenced(s_library).Where(static name => !IsRuntime(name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Bridge_reaches_the_serial_port_only_through_the_library()
    {
        var host = typeof(Verb).Assembly;
        Assert.Contains(Library, Referenced(host));
        Assert.DoesNotContain("System.IO.Ports", Referenced(host));
    }

    private static IEnumerable<string> Referenced(Assembly assembly) => assembly.GetReferencedAssemblies().Select(static name => name.Name!);

    private static bool IsRuntime(string name) => File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));

    private static string? HostFolder(Type type) =>
        type.Namespace is { } space && space.StartsWith("Bridge.", StringComparison.Ordinal) ? space.Split('.')[1] : null;

    /// <summary>False for what the compiler and its generators add.</summary>
    private static bool IsWritten(Type type) =>
        type.Assembly == s_library && type.Namespace is { } space && (space + ".").StartsWith(Library + ".", StringComparison.Ordinal);

    private static string Folder(Type type) => type.Namespace!.Length == Library.Length ? Root : type.Namespace[(Library.Length + 1)..].Split('.')[0];
}
