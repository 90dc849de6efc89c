using System.Runtime.InteropServices;

namespace Bridge.Tests.Support;

/// <summary>Settings of a terminal this process has open.</summary>
/// <remarks>
/// Asked through its own handle: exclusive mode keeps others from opening it again.
/// struct termios: input, output, control, local flags (4 bytes each), discipline (1), characters (32).
/// </remarks>
internal sealed class OpenTerminal
{
    private readonly byte[] _attributes = new byte[128];

    private OpenTerminal(int descriptor)
    {
        if (GetAttributes(descriptor, _attributes) != 0) throw new InvalidOperationException("not a terminal");
    }

    public uint Input => BitConverter.ToUInt32(_attributes, 0);

    public uint Output => BitConverter.ToUInt32(_attributes, 4);

    public uint Control => BitConverter.ToUInt32(_attributes, 8);

    public uint Local => BitConverter.ToUInt32(_attributes, 12);

    public byte Character(int index) => _attributes[17 + index];

    public static OpenTerminal At(string link)
    {
        var device = File.ResolveLinkTarget(link, returnFinalTarget: true)!.FullName;
        var handle = new DirectoryInfo("/proc/self/fd").EnumerateFiles().Single(entry => entry.LinkTarget == device);
        return new(int.Parse(handle.Name));
    }

    [DllImport("libc", EntryPoint = "tcgetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAttributes(int descriptor, byte[] attributes);
}
