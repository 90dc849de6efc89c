using Bridge.Tests.ZWave.Serial;
using Bridge.ZWave;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Upkeep;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Upkeep;

/// <summary>The memory of the module on bytes. Payloads are without frame, as function id and content.</summary>
public sealed class NvmAccessTests
{
    [Theory]
    // 48 KB; 64 KB do not fit two bytes
    [InlineData(0x2E, "00", "00 00 C0 00", 0xC000)]
    [InlineData(0x2E, "00", "00 00 00 00", 0x10000)]
    // 4 bytes and a mask of operations
    [InlineData(0x3D, "00", "00 01 00 01 40 00 0F", 0x14000)]
    // size code 12: 256 KB
    [InlineData(0x29, "", "04 20 80 12", 0x40000)]
    public async Task Opening_tells_the_size(byte function, string request, string response, int size)
    {
        await using var rig = await SessionRig.OpenAsync();
        var opening = Access(rig, function).OpenAsync(CancellationToken.None);
        await AnswerAsync(rig, function, request, response);
        Assert.Equal(size, await opening);
    }

    [Theory]
    [InlineData(0x2E, "00", "01 00 00 00")]
    [InlineData(0x2E, "00", "02 00 00 00")]
    // no size
    [InlineData(0x2E, "00", "00")]
    [InlineData(0x3D, "00", "04 00 00 00 00 00")]
    [InlineData(0x3D, "00", "00 01 00 00 00 00 0F")]
    // more than any module has
    [InlineData(0x3D, "00", "00 01 7F 00 00 00 0F")]
    [InlineData(0x29, "", "04 20 80 FF")]
    public async Task A_memory_that_cannot_be_opened_or_has_no_size_is_an_error(byte function, string request, string response)
    {
        await using var rig = await SessionRig.OpenAsync();
        var opening = Access(rig, function).OpenAsync(CancellationToken.None);
        await AnswerAsync(rig, function, request, response);
        await SessionRig.FailsAsync(opening, ZWaveErrorCode.Refused);
    }

    [Theory]
    // operation, length, offset -> status, length, offset, bytes
    [InlineData(0x2E, "01 04 02 00", "00 04 02 00 AA BB CC DD")]
    // the last bytes
    [InlineData(0x2E, "01 04 02 00", "FF 04 02 00 AA BB CC DD")]
    [InlineData(0x3D, "01 04 00 00 02 00", "00 04 00 00 02 00 AA BB CC DD")]
    // offset of 3 bytes, length of 2
    [InlineData(0x2A, "00 02 00 00 04", "AA BB CC DD")]
    public async Task Reading_gives_the_bytes_of_an_offset(byte function, string request, string response)
    {
        await using var rig = await SessionRig.OpenAsync();
        var reading = Access(rig, function).ReadAsync(0x200, 4, CancellationToken.None);
        await AnswerAsync(rig, function, request, response);
        Assert.Equal("AA BB CC DD", Hex.Spaced((await reading).Span));
    }

    [Theory]
    [InlineData(0x2E, "01 04 02 00", "01 00 02 00")]
    // the bytes of another offset
    [InlineData(0x2E, "01 04 02 00", "00 04 03 00 AA BB CC DD")]
    [InlineData(0x3D, "01 04 00 00 02 00", "00 04 00 00 03 00 AA BB CC DD")]
    // more than asked for
    [InlineData(0x2E, "01 04 02 00", "00 05 02 00 AA BB CC DD EE")]
    [InlineData(0x2A, "00 02 00 00 04", "AA BB CC DD EE")]
    // nothing
    [InlineData(0x2E, "01 04 02 00", "00 00 02 00")]
    [InlineData(0x2A, "00 02 00 00 04", "")]
    // the end too early
    [InlineData(0x2E, "01 04 02 00", "FF 00 02 00")]
    public async Task Bytes_that_are_not_those_asked_for_are_an_error(byte function, string request, string response)
    {
        await using var rig = await SessionRig.OpenAsync();
        var reading = Access(rig, function).ReadAsync(0x200, 4, CancellationToken.None);
        await AnswerAsync(rig, function, request, response);
        await SessionRig.FailsAsync(reading, ZWaveErrorCode.Refused);
    }

    [Fact]
    public async Task The_first_answer_says_how_much_may_be_asked_for()
    {
        await using var rig = await SessionRig.OpenAsync();
        var memory = Access(rig, 0x2E);
        // F0 = 240 are asked for, three come
        var first = memory.ReadAsync(0, 1000, CancellationToken.None);
        await AnswerAsync(rig, 0x2E, "01 F0 00 00", "00 03 00 00 01 02 03");
        await first;
        var second = memory.ReadAsync(3, 997, CancellationToken.None);
        await AnswerAsync(rig, 0x2E, "01 03 00 03", "00 03 00 03 04 05 06");
        await second;
        Assert.Equal(3, memory.Chunk);
    }

    [Theory]
    [InlineData(0x2E, "02 02 02 00 AA BB", "00 02 02 00")]
    [InlineData(0x3D, "02 02 00 00 02 00 AA BB", "00 02 00 00 02 00")]
    [InlineData(0x2B, "00 02 00 00 02 AA BB", "01")]
    public async Task Writing_ends_with_the_status(byte function, string request, string response)
    {
        await using var rig = await SessionRig.OpenAsync();
        var writing = Access(rig, function).WriteAsync(0x200, new byte[] { 0xAA, 0xBB }, CancellationToken.None);
        await AnswerAsync(rig, function, request, response);
        await writing;
    }

    [Theory]
    [InlineData(0x2E, "02 02 02 00 AA BB", "01 00 02 00")]
    [InlineData(0x2B, "00 02 00 00 02 AA BB", "00")]
    public async Task A_write_that_is_refused_is_an_error(byte function, string request, string response)
    {
        await using var rig = await SessionRig.OpenAsync();
        var writing = Access(rig, function).WriteAsync(0x200, new byte[] { 0xAA, 0xBB }, CancellationToken.None);
        await AnswerAsync(rig, function, request, response);
        await SessionRig.FailsAsync(writing, ZWaveErrorCode.Refused);
    }

    [Fact]
    public async Task Wide_offsets_are_preferred_and_without_any_function_there_is_no_access()
    {
        await using var rig = await SessionRig.OpenAsync();
        Assert.IsType<ExtendedNvmAccess>(NvmAccess.For(rig.Session, Identity(0x29, 0x2A, 0x2E, 0x3D)));
        Assert.IsType<NarrowNvmAccess>(NvmAccess.For(rig.Session, Identity(0x29, 0x2A, 0x2E)));
        Assert.IsType<RawNvmAccess>(NvmAccess.For(rig.Session, Identity(0x29, 0x2A)));
        Assert.Null(NvmAccess.For(rig.Session, Identity(0x29)));
    }

    private static NvmAccess Access(SessionRig rig, byte function) => NvmAccess.For(rig.Session, function switch
    {
        0x29 or 0x2A or 0x2B => Identity(0x29, 0x2A, 0x2B),
        _ => Identity(function),
    })!;

    private static ControllerIdentity Identity(params byte[] functions) => new()
    {
        HomeId = new(0xC0DE2026),
        NodeId = new(1),
        LibraryVersion = "Z-Wave 7.22",
        LibraryType = 1,
        ApiVersion = 10,
        ApiRevision = 0,
        ManufacturerId = 0,
        ProductTypeId = 0,
        ProductId = 0,
        NodeIds = [],
        Functions = functions.Select(static function => new FunctionId(function)).ToHashSet(),
    };

    private static async Task AnswerAsync(SessionRig rig, byte function, string request, string response)
    {
        await rig.Controller.ExpectAsync(Frame(FrameType.Request, function, request));
        await rig.Controller.SendAsync("06");
        await rig.Controller.DeliverAsync(Frame(FrameType.Response, function, response));
    }

    private static string Frame(FrameType type, byte function, string payload) =>
        payload.Length == 0 ? new DataFrame(type, new(function), default).ToString() : SessionRig.Frame(type, function, payload);
}
