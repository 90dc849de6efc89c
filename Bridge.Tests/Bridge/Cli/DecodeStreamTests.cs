using Bridge.Cli;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class DecodeStreamTests
{
    // GetVersion from the host, with the right and with a wrong checksum
    private const string Good = "01030015e9";
    private const string Bad = "01030015e8";

    [Fact]
    public Task Frames_control_bytes_and_noise_are_events_in_order() => Tells(
        ["06", "fffe" + Good, "15", Bad, "18"],
        """{"frame":"ack"},{"discarded":"fffe"},{"frame":"data","hex":"01030015e9","reply":"06"},{"frame":"nak"}"""
        + """,{"frame":"invalid","hex":"01030015e8","reply":"15"},{"frame":"can"}""");

    [Fact]
    public Task A_frame_in_pieces_is_one_frame() =>
        Tells(["01", "0300", "15", "e9"], """{"frame":"data","hex":"01030015e9","reply":"06"}""");

    [Fact]
    public Task Noise_in_pieces_is_one_event() =>
        Tells(["ff", "fe", Good], """{"discarded":"fffe"},{"frame":"data","hex":"01030015e9","reply":"06"}""");

    [Fact]
    public async Task Long_noise_is_one_event()
    {
        var noise = string.Concat(Enumerable.Repeat("ff", 5000));
        await Tells([noise], $$"""{"discarded":"{{noise}}"}""");
    }

    [Fact]
    public Task Control_values_inside_a_frame_are_its_payload() => Tells(
        // REQ F4 with the payload 06 15 18 01
        ["06010700F406", "151801", "06"],
        """{"frame":"ack"},{"frame":"data","hex":"010700f40615180106","reply":"06"}""");

    [Theory]
    [InlineData("01020015", """{"discarded":"010200"},{"frame":"nak"}""")] // LEN below 3
    [InlineData("01030215EB", """{"discarded":"01030215eb"}""")] // neither REQ nor RES
    public Task What_is_no_frame_is_noise_without_an_answer(string piece, string events) =>
        Tells([piece, Good], events + """,{"frame":"data","hex":"01030015e9","reply":"06"}""");

    [Fact]
    public Task A_frame_that_never_ends_is_noise() => Tells(["0103 00"], """{"discarded":"010300"}""");

    [Fact]
    public async Task A_piece_that_is_not_hex_makes_the_stream_malformed() =>
        Assert.Equal(
            """{"kind":"serial","ok":false,"error":{"code":"invalid"}}""",
            (await CommandLineRun.Of("decode", "--stream", "--kind", "serial", "06", "zz")).Lines.Single());

    [Fact]
    public async Task A_stream_is_not_read_from_standard_input() =>
        (await CommandLineRun.Of("decode", "--stream", "-")).AssertRefused("--stream takes its pieces from the command line");

    [Fact]
    public async Task A_stream_has_no_commands_without_frames() =>
        (await CommandLineRun.Of("decode", "--stream", "--kind", "cc", "2502")).AssertRefused("--stream is for --kind serial");

    private static async Task Tells(string[] pieces, string events)
    {
        var run = await CommandLineRun.Of(["decode", "--stream", "--kind", "serial", .. pieces]);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal($$"""{"kind":"serial","ok":true,"events":[{{events}}]}""", run.Lines.Single());
    }
}
