using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Classes and commands without a codec: their numbers are told, the rest is payload.</summary>
public sealed class DecodeUnknownCommandTests
{
    [Theory]
    [InlineData("3F 01 02", "0x3F", "0x01", "02")]
    [InlineData("3F 01", "0x3F", "0x01", "")]
    [InlineData("25 7F 01 FF", "0x25", "0x7F", "01ff")] // a class that is known
    [InlineData("32 06", "0x32", "0x06", "")]
    [InlineData("8A 0A 07 E8", "0x8A", "0x0A", "07e8")]
    [InlineData("F1 00 05 AB", "0xF100", "0x05", "ab")]
    [InlineData("55 D1 05 AB", "0x55", "0xD0", "d105ab")] // what the lower bits mean is not known either
    public async Task Numbers_and_payload_are_told(string hex, string commandClass, string command, string payload)
    {
        var json = (await CommandLineRun.Of("decode", "--kind", "cc", hex)).Json;
        Assert.True((bool)json["ok"]!);
        Assert.False((bool?)json["known"]);
        Assert.Equal(commandClass, (string?)json["commandClass"]);
        Assert.Equal(command, (string?)json["command"]);
        Assert.Null(json["commandName"]);
        Assert.Equal(payload, (string?)json["fields"]!["payload"]);
    }
}
