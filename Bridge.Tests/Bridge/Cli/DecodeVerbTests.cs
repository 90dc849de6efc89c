using Bridge.Cli;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class DecodeVerbTests
{
    private const string SwitchReport = "2503FF";
    private const string NotHex = """{"kind":"cc","ok":false,"error":{"code":"invalid"}}""";

    [Fact]
    public async Task Every_input_gives_one_line_in_order()
    {
        var run = await CommandLineRun.Of("decode", "2502", "zz", "20 02");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal(3, run.Lines.Length);
        Assert.Equal("0x25", (string?)JObject.Parse(run.Lines[0])["commandClass"]);
        Assert.Equal(NotHex, run.Lines[1]);
        Assert.Equal("0x20", (string?)JObject.Parse(run.Lines[2])["commandClass"]);
    }

    [Fact]
    public async Task Keys_are_in_the_order_of_the_format() =>
        Assert.Equal(
            """{"kind":"cc","ok":"""
            + """true,"commandClass":"0x25","commandClassName":"SWITCH_BINARY","command":"0x03","commandName":"SWITCH_BINARY"""
            + """_REPORT","fields":{"currentValue":255,"state":"on"}}""" + "\n",
            (await CommandLineRun.Of("decode", SwitchReport)).Output);

    [Theory]
    [InlineData("2503ff")]
    [InlineData(" 25 03\tFF ")]
    public async Task Hex_may_have_any_case_and_blanks(string hex) =>
        Assert.True((bool)(await CommandLineRun.Of("decode", hex)).Json["ok"]!);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("2")]
    [InlineData("25 0")]
    [InlineData("0x2502")]
    [InlineData("2502é")]
    public async Task What_is_not_hex_is_invalid(string text) =>
        Assert.Equal(NotHex, (await CommandLineRun.Of("decode", text)).Lines.Single());

    [Fact]
    public async Task What_is_not_hex_is_invalid_for_serial_as_well() =>
        Assert.Equal(NotHex, (await CommandLineRun.Of("decode", "--kind", "serial", "xyz")).Lines.Single());

    [Theory]
    [InlineData("06", "ack")]
    [InlineData("15", "nak")]
    [InlineData("18", "can")]
    public async Task A_control_byte_alone_is_a_serial_frame(string hex, string frame) =>
        Assert.Equal(
            $$$"""{"kind":"serial","ok":true,"frame":"{{{frame}}}","fields":{}}""",
            (await CommandLineRun.Of("decode", hex)).Lines.Single());

    [Theory]
    [InlineData("0103001 5E9", "serial")] // GetVersion, complete
    [InlineData("0103001500", "serial")] // as long as it says; the checksum is wrong
    [InlineData("01030015E900", "cc")] // one byte more than it says
    [InlineData("01030015", "cc")] // one byte less
    [InlineData("01020015", "cc")] // shorter than any frame
    [InlineData("0103", "cc")]
    [InlineData("01", "cc")]
    [InlineData("0600", "cc")]
    [InlineData("2502", "cc")]
    public async Task Auto_takes_control_bytes_and_frames_of_their_own_length_for_serial(string hex, string kind) =>
        Assert.Equal(kind, (string?)(await CommandLineRun.Of("decode", hex)).Json["kind"]);

    [Fact]
    public async Task Kind_cc_never_sees_a_frame() =>
        Assert.Equal("cc", (string?)(await CommandLineRun.Of("decode", "--kind", "cc", "06")).Json["kind"]);

    [Theory]
    [InlineData("01", "truncated")]
    [InlineData("010300", "truncated")]
    [InlineData("0103001500", "checksum")]
    [InlineData("0102001500", "invalid")] // LEN below 3
    [InlineData("01030015E900", "invalid")] // a byte behind the frame
    [InlineData("01030215EB", "invalid")] // neither REQ nor RES
    [InlineData("0606", "invalid")]
    [InlineData("20", "invalid")] // no frame starts like that
    public async Task A_damaged_frame_tells_what_is_wrong(string hex, string code)
    {
        var run = await CommandLineRun.Of("decode", "--kind", "serial", hex);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal($$$"""{"kind":"serial","ok":false,"error":{"code":"{{{code}}}"}}""", run.Lines.Single());
    }

    [Fact]
    public async Task A_response_is_read_as_one()
    {
        // RES GetVersion "Z-Wave 7.18", library type 1
        var json = (await CommandLineRun.Of("decode", "011001155A2D5761766520372E3138000198")).Json;
        Assert.Equal("RES", (string?)json["type"]);
        Assert.Equal("Z-Wave 7.18", (string?)json["fields"]!["libraryVersion"]);
    }

    [Fact]
    public async Task A_function_without_a_codec_keeps_its_payload()
    {
        // REQ F4, payload 01 02
        var json = (await CommandLineRun.Of("decode", "010500F401020D")).Json;
        Assert.Equal("0xF4", (string?)json["functionId"]);
        Assert.False((bool)json["known"]!);
        Assert.Equal("0102", (string?)json["fields"]!["payload"]);
    }

    [Fact]
    public async Task A_function_without_codec_and_payload_has_no_fields() =>
        Assert.Empty((await CommandLineRun.Of("decode", "010300F408")).Json["fields"]!);

    [Fact]
    public async Task From_decides_what_a_request_means()
    {
        // REQ 13 of the host is a SendData; from the module the same bytes are a callback
        const string Frame = "010A001305032501FF257B65";
        var ofHost = (await CommandLineRun.Of("decode", "--from=host", Frame)).Json["fields"]!;
        var ofModule = (await CommandLineRun.Of("decode", "--from", "module", Frame)).Json["fields"]!;
        Assert.Equal(5, (int?)ofHost["destinationNodeId"]);
        Assert.Null(ofModule["destinationNodeId"]);
    }

    [Fact]
    public async Task Node_id_bits_16_reads_two_bytes()
    {
        // as in the example of the module's frame, node 256
        var json = (await CommandLineRun.Of("decode", "--node-id-bits", "16", "010B000400010003 2503FF B59E")).Json;
        Assert.Equal(256, (int?)json["fields"]!["sourceNodeId"]);
        Assert.Equal("0x25", (string?)json["fields"]!["encapsulated"]!["commandClass"]);
    }

    [Fact]
    public async Task An_error_in_an_encapsulated_command_is_an_error_of_the_whole() =>
        Assert.Equal(
            """{"kind":"cc","ok":false,"error":{"code":"truncated"}}""",
            (await CommandLineRun.Of("decode", "600D03002503")).Lines.Single());

    [Fact]
    public async Task A_class_of_two_bytes_has_four_digits()
    {
        var json = (await CommandLineRun.Of("decode", "F1000102")).Json;
        Assert.Equal("0xF100", (string?)json["commandClass"]);
        Assert.Equal("0x01", (string?)json["command"]);
        Assert.Equal("02", (string?)json["fields"]!["payload"]);
    }

    [Fact]
    public async Task Commands_inside_commands_without_end_are_refused()
    {
        // Multi Channel in Multi Channel, deeper than any frame can be
        var hex = string.Concat(Enumerable.Repeat("600D0000", 10_000)) + "2502";
        Assert.False((bool)(await CommandLineRun.Of("decode", hex)).Json["ok"]!);
    }

    [Fact]
    public async Task Commands_inside_commands_as_deep_as_a_frame_holds_are_told()
    {
        var hex = string.Concat(Enumerable.Repeat("600D0000", 62)) + "2502";
        var run = await CommandLineRun.Of("decode", hex);
        Assert.StartsWith("""{"kind":"cc","ok":true,""", run.Lines.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bogus", "unknown option '--bogus'")]
    [InlineData("-x", "unknown option '-x'")]
    [InlineData("--kind", "--kind takes auto, cc or serial")]
    [InlineData("--kind=frame", "--kind takes auto, cc or serial, not 'frame'")]
    [InlineData("--from=me", "--from takes module or host, not 'me'")]
    [InlineData("--node-id-bits=12", "--node-id-bits takes 8 or 16, not '12'")]
    [InlineData("--kind=cc", "no hex given")]
    public async Task An_option_that_cannot_be_understood_is_refused(string option, string problem) =>
        (await CommandLineRun.Of("decode", option)).AssertRefused(problem);

    [Theory]
    [InlineData("-", "2502")]
    [InlineData("2502", "-")]
    [InlineData("-", "-")]
    public async Task Standard_input_cannot_be_mixed_with_other_inputs(string first, string second) =>
        (await CommandLineRun.Of("decode", first, second)).AssertRefused("'-' stands alone");

    [Fact]
    public async Task Behind_two_dashes_everything_is_input() =>
        Assert.Equal(NotHex, (await CommandLineRun.Of("decode", "--", "--kind")).Lines.Single());
}
