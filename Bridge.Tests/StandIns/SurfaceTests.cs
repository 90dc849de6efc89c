using System.IO.Ports;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Bridge.Tests.Support;
using MQTTnet;
using MQTTnet.Server;
using Xunit;

namespace Bridge.Tests.StandIns;

/// <summary>A stand-in is as wide as the product needs, no member more, and what is listed is what was compared with the library.</summary>
public sealed class SurfaceTests
{
    private static readonly string[] ProductAssemblies = ["Bridge.ZWave.dll", "zwbridge.dll"];

    /// <summary>A package and a type of its: one line each.</summary>
    public static TheoryData<string, Type> Packages => new()
    {
        { "MQTTnet", typeof(MqttClientFactory) },
        { "MQTTnet.Server", typeof(MqttServerFactory) },
        { "System.IO.Ports", typeof(SerialPort) },
    };

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_stand_in_is_what_its_surface_file_lists(string package, Type type)
    {
        SkipInPackageMode();
        Assert.Equal(Listed(package), PublicMembers(type.Assembly));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_product_uses_every_member_that_the_stand_in_has_and_no_other(string package, Type type)
    {
        SkipInPackageMode();
        Assert.Equal(package, type.Assembly.GetName().Name);
        // Values of an enum are numbers in the compiled product: listed by hand.
        var methods = Listed(package).Where(line => !line.Contains(" = ", StringComparison.Ordinal));
        Assert.Equal(methods, UsedMembers(package));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_surface_file_names_the_version_that_the_package_reference_has(string package, Type type)
    {
        var version = type.Assembly.GetName().Version!.ToString(3);
        Assert.StartsWith($"# {package} {version}, read against ", SurfaceLines(package)[0], StringComparison.Ordinal);
        Assert.Matches(@"on \d{4}-\d\d-\d\d$", SurfaceLines(package)[0]);
        Assert.Contains(
            $"Include=\"{package}\" Version=\"{version}\"",
            File.ReadAllText(Repository.Path("Directory.Packages.props")),
            StringComparison.Ordinal);
    }

    private static void SkipInPackageMode() => Assert.SkipUnless(StandInLibrary.IsUsed, "this build has the package, not the stand-in");

    private static string[] SurfaceLines(string package) => File.ReadAllLines(Repository.Path($"standins/{package}/surface.txt"));

    private static IEnumerable<string> Listed(string package) => SurfaceLines(package).Skip(1);

    private static IEnumerable<string> PublicMembers(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(MembersOf).Order(StringComparer.Ordinal);

    private static IEnumerable<string> MembersOf(Type type)
    {
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var full = type.FullName!;
        if (type.IsEnum) return Enum.GetNames(type).Select(name => $"{full}.{name} = {(int)Enum.Parse(type, name)}");
        return type.GetMembers(own).OfType<MethodBase>()
            .Select(member => Line(full, member.Name, member.GetParameters().Select(parameter => NameOf(parameter.ParameterType))));
    }

    /// <summary>As <see cref="TypeNames"/> writes it.</summary>
    private static string NameOf(Type type) => !type.IsGenericType
        ? type.FullName!
        : $"{type.Namespace}.{type.Name}[{string.Join(',', type.GetGenericArguments().Select(NameOf))}]";

    /// <summary>The members that the product's metadata refers to.</summary>
    private static IEnumerable<string> UsedMembers(string library) =>
        ProductAssemblies.SelectMany(file => UsedMembers(Path.Combine(AppContext.BaseDirectory, file), library))
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static List<string> UsedMembers(string file, string library)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        var used = new List<string>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (type.ResolutionScope.Kind != HandleKind.AssemblyReference) continue;
            var scope = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
            if (metadata.GetString(scope.Name) != library) continue;
            var signature = member.DecodeMethodSignature(new TypeNames(), genericContext: null);
            used.Add(Line(TypeNames.Of(metadata, type), metadata.GetString(member.Name), signature.ParameterTypes));
        }

        return used;
    }

    private static string Line(string type, string member, IEnumerable<string> parameters) =>
        $"{type}.{member}({string.Join(", ", parameters)})";
}
