using System.Buffers.Binary;
using Bridge.ZWave.CommandClasses;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// The firmware of a simulated plug: what it runs, and what goes wrong when it gets a new one. Faults are set before an update and stay until they are
/// taken back.
/// </summary>
/// <remarks>
/// An image a simulated plug takes:
/// bytes 0..3  "PLUG"
/// bytes 4..5  manufacturer id
/// bytes 6..7  firmware id
/// byte 8      version
/// byte 9      sub version
/// bytes 10..  whatever
/// </remarks>
public sealed class SimulatedFirmware
{
    /// <summary>Bytes before the part that may be anything.</summary>
    public const int HeaderLength = 10;

    private static readonly byte[] s_mark = "PLUG"u8.ToArray();

    internal SimulatedFirmware(VersionNumber version) => Version = version;

    /// <summary>What it runs, as it tells when asked for its version.</summary>
    public VersionNumber Version { get; internal set; }

    /// <summary>The last image it stored; null: none since it was made.</summary>
    public IReadOnlyList<byte>? Image { get; internal set; }

    /// <summary>It answers an offer so, and takes nothing; null: as its data say.</summary>
    public FirmwareRequestStatus? Answer { get; set; }

    /// <summary>It wants its button pressed before it takes an offer (<see cref="SimulatedNode.ConfirmFirmware"/>).</summary>
    public bool WantsButton { get; set; }

    /// <summary>It takes an offer and asks for nothing.</summary>
    public bool NeverAsks { get; set; }

    /// <summary>It asks for this fragment once more after it got it.</summary>
    public ushort? AsksAgainFor { get; set; }

    /// <summary>It asks for nothing more after this fragment.</summary>
    public ushort? StopsAskingAfter { get; set; }

    /// <summary>It ends every transfer so, whatever it got; null: as the image deserves.</summary>
    public FirmwareUpdateStatus? EndsWith { get; set; }

    /// <summary>It says that it stored the firmware after this fragment, whether that is the last or not.</summary>
    public ushort? SaysStoredAfter { get; set; }

    /// <summary>It answers an activation so, and does nothing; null: as it deserves.</summary>
    public byte? AnswersActivation { get; set; }

    /// <summary>A fragment that does not come within this time is asked for again, twice; then it gives up.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>It does not come back from its restart.</summary>
    public bool StaysAway { get; set; }

    /// <summary>An image for a plug of these ids.</summary>
    /// <param name="length">Of the whole image, at least <see cref="HeaderLength"/>.</param>
    public static byte[] MakeImage(ushort manufacturerId, ushort firmwareId, VersionNumber version, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, HeaderLength);
        var image = new byte[length];
        for (var index = HeaderLength; index < length; index++) image[index] = (byte)(index * 7);
        s_mark.CopyTo(image, 0);
        BinaryPrimitives.WriteUInt16BigEndian(image.AsSpan(4), manufacturerId);
        BinaryPrimitives.WriteUInt16BigEndian(image.AsSpan(6), firmwareId);
        (image[8], image[9]) = (version.Version, version.SubVersion);
        return image;
    }

    /// <summary>What a plug of these ids makes of an image.</summary>
    internal static FirmwareUpdateStatus Judge(ReadOnlySpan<byte> image, ushort manufacturerId, ushort firmwareId) =>
        image.Length < HeaderLength || !image.StartsWith(s_mark) ? FirmwareUpdateStatus.InvalidHeader
        : BinaryPrimitives.ReadUInt16BigEndian(image[4..]) != manufacturerId ? FirmwareUpdateStatus.WrongManufacturer
        : BinaryPrimitives.ReadUInt16BigEndian(image[6..]) != firmwareId ? FirmwareUpdateStatus.WrongFirmwareId
        : FirmwareUpdateStatus.Restarting;

    internal static VersionNumber VersionOf(ReadOnlySpan<byte> image) => new(image[8], image[9]);
}
