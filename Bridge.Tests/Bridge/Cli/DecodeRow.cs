using Bridge.Cli;
using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>
/// One row of the output format: bytes in, fields out. Expected fields are JSON without the quotes around keys; every one is there and
/// equal. What must not be there is named behind: <c>!duration !encapsulated.fields.targetValue</c>.
/// </summary>
internal static class DecodeRow
{
    /// <summary>The class whose command number is in the upper five bits of its byte.</summary>
    private const byte TransportService = 0x55;

    /// <summary>The command has these fields.</summary>
    public static async Task Command(string hex, string fields, string absent = "")
    {
        var json = await Json(["--kind", "cc", hex]);
        Assert.True((bool)json["ok"]!, $"{hex}: {json}");
        var bytes = WireAssert.Bytes(hex);
        Assert.Equal($"0x{bytes[0]:X2}", (string?)json["commandClass"]);
        // No Operation has no command number.
        var command = bytes[0] == 0 ? null : $"0x{bytes[1] & (bytes[0] == TransportService ? 0xF8 : 0xFF):X2}";
        Assert.Equal(command, (string?)json["command"]);
        Assert.Null(json["known"]);
        AssertFields(json, fields, absent);
    }

    /// <summary>The command is malformed.</summary>
    public static async Task RefusedCommand(string hex, string? code = null) =>
        AssertRefused(await Json(["--kind", "cc", hex]), "cc", code);

    /// <summary>The message has these fields; see <see cref="Frame"/>.</summary>
    public static async Task Message(string message, string fields, string absent = "", params string[] options)
    {
        var json = await Json(["--kind", "serial", .. Frame(message, out var isResponse, out var function), .. options]);
        AssertMessage(json, isResponse, function);
        Assert.Null(json["known"]);
        AssertFields(json, fields, absent);
    }

    /// <summary>The message has no fields the format knows: its payload is told, or nothing when there is none.</summary>
    public static async Task OtherMessage(string message)
    {
        var json = await Json(["--kind", "serial", .. Frame(message, out var isResponse, out var function)]);
        AssertMessage(json, isResponse, function);
        Assert.False((bool?)json["known"]);
        var payload = string.Concat(message.Split(' ')[2..]).ToLowerInvariant();
        Assert.Equal(payload.Length == 0 ? null : payload, (string?)json["fields"]!["payload"]);
    }

    /// <summary>The message is malformed.</summary>
    public static async Task RefusedMessage(string message, string? code = null, params string[] options) =>
        AssertRefused(await Json(["--kind", "serial", .. Frame(message, out _, out _), .. options]), "serial", code);

    /// <summary>
    /// The arguments for a message written as who, function id and payload: <c>H 13 05 01 00 25 7C</c>. H is a request of the host, M one
    /// of the module, RES its response. Start, length and checksum are put around it.
    /// </summary>
    private static string[] Frame(string message, out bool isResponse, out byte function)
    {
        var who = message.Split(' ')[0];
        Assert.Contains(who, (string[])["H", "M", "RES"]);
        var bytes = WireAssert.Bytes(message[who.Length..]);
        isResponse = who == "RES";
        function = bytes[0];
        var frame = new DataFrame(isResponse ? FrameType.Response : FrameType.Request, new(function), bytes.AsMemory(1));
        return ["--from", who == "H" ? "host" : "module", Convert.ToHexString(frame.ToBytes())];
    }

    private static async Task<JObject> Json(string[] arguments)
    {
        var run = await CommandLineRun.Of(["decode", .. arguments]);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Empty(run.Error);
        return run.Json;
    }

    private static void AssertMessage(JObject json, bool isResponse, byte function)
    {
        Assert.True((bool)json["ok"]!, json.ToString());
        Assert.Equal("serial", (string?)json["kind"]);
        Assert.Equal("data", (string?)json["frame"]);
        Assert.Equal(isResponse ? "RES" : "REQ", (string?)json["type"]);
        Assert.Equal($"0x{function:X2}", (string?)json["functionId"]);
    }

    private static void AssertFields(JObject json, string fields, string absent)
    {
        var actual = Assert.IsType<JObject>(json["fields"]);
        JsonAssert.Contains(JObject.Parse(fields), actual);
        foreach (var name in absent.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.StartsWith("!", name, StringComparison.Ordinal);
            Assert.True(actual.SelectToken(name[1..]) is null, $"{name[1..]} is there: {json}");
        }
    }

    private static void AssertRefused(JObject json, string kind, string? code)
    {
        Assert.False((bool)json["ok"]!, json.ToString());
        Assert.Equal(kind, (string?)json["kind"]);
        Assert.Null(json["fields"]);
        var told = (string?)json["error"]!["code"];
        if (code is null) Assert.Contains(told, (string[])["truncated", "checksum", "invalid"]);
        else Assert.Equal(code, told);
    }
}
