using Bridge.ZWave.Security;
using Xunit;

namespace Bridge.Tests.ZWave.Security;

/// <summary>What a genuine frame may not say, and what is ignored. After each of them the next frame must open.</summary>
public sealed class Security2ExtensionRuleTests
{
    private const string Mpan = "13 42 07 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F ";
    private const string MpanWithMore = "13 C2 07 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F ";

    private readonly HandMade _node = new();

    [Theory]
    [InlineData("03 7F 00", 1, HandMade.On)] // unknown, critical
    [InlineData("", 2, "03 7F 00 " + HandMade.On)] // unknown, critical, encrypted
    [InlineData("03 43 07", 3, Mpan + HandMade.On)] // MGRP and MPAN
    [InlineData("", 2, "01 3F " + HandMade.On)] // encrypted, length below 2
    [InlineData("", 2, "09 3F " + HandMade.On)] // encrypted, longer than the text
    [InlineData("", 2, "")] // encrypted, missing
    public void Command_is_discarded_and_the_sequence_goes_on(string extensions, byte flags, string text)
    {
        Assert.Equal(Security2Result.Opened, _node.Result);
        var refused = _node.Send(1, flags, extensions, text);
        Assert.Equal((Security2Result.Refused, string.Empty), (refused.Result, refused.Command));
        Assert.Equal(Security2Result.Duplicate, _node.Send(1, 0, string.Empty, HandMade.On).Result);
        Assert.Equal(Opened.With(HandMade.On), _node.Send(2, 0, string.Empty, HandMade.On));
    }

    [Theory]
    [InlineData("04 3F 01 02", 1, HandMade.On)] // unknown, not critical
    [InlineData("", 2, "04 3F 01 02 " + HandMade.On)] // the same, encrypted
    [InlineData("09 43 07", 1, HandMade.On)] // MGRP of another length, stepped over by its own
    [InlineData("13 42 07 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F", 1, HandMade.On)] // MPAN in the clear
    [InlineData("", 2, "03 43 07 " + HandMade.On)] // MGRP encrypted
    [InlineData("", 2, "12 41 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 " + HandMade.On)] // SPAN encrypted
    [InlineData("", 2, Mpan + HandMade.On)]
    [InlineData("", 2, MpanWithMore + "04 3F 01 02 " + HandMade.On)]
    [InlineData("02 04", 1, HandMade.On)] // MOS, though we send to no group
    [InlineData("", 0x80, HandMade.On)] // reserved flags
    public void Extension_is_stepped_over(string extensions, byte flags, string text)
    {
        Assert.Equal(Opened.With(HandMade.On), _node.Send(1, flags, extensions, text));
        Assert.Equal(Opened.With(HandMade.On), _node.Send(2, 0, string.Empty, HandMade.On));
    }

    [Theory]
    [InlineData("01 3F", HandMade.On)] // length below 2
    [InlineData("0A 3F 00", "")] // reaches into the tag
    [InlineData("12 41 00", "")] // SPAN cut short
    [InlineData("02 84", "")] // announces another
    public void Frame_with_broken_plain_extensions_is_refused_and_changes_nothing(string extensions, string text)
    {
        Assert.Equal(Opened.Not(Security2Result.Refused), _node.Send(1, 1, extensions, text));
        Assert.Equal(Opened.With(HandMade.On), _node.Send(1, 0, string.Empty, HandMade.On));
    }

    [Theory]
    [InlineData("9F 03 01")]
    [InlineData("9F 03 01 00 01 02 03 04 05 06 07")]
    [InlineData("9F 02 01 00 01 02 03 04 05 06 07 08")]
    [InlineData("98 03 01 00 01 02 03 04 05 06 07 08")]
    [InlineData("9F")]
    public void Bytes_that_are_no_encapsulation_are_refused_and_change_nothing(string frame)
    {
        Assert.Equal(Opened.Not(Security2Result.Refused), _node.Receive(Convert.FromHexString(frame.Replace(" ", string.Empty, StringComparison.Ordinal))));
        Assert.Equal(Opened.With(HandMade.On), _node.Send(1, 0, string.Empty, HandMade.On));
    }

    [Fact]
    public void Changed_frame_with_an_unknown_critical_extension_is_no_genuine_one()
    {
        var frame = _node.Make(1, 1, "03 7F 00", HandMade.On);
        frame[^1] ^= 1;
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _node.Receive(frame));
    }

    [Fact]
    public void Frame_that_is_longer_than_the_buffer_is_refused()
    {
        var frame = _node.Make(1, 0, string.Empty, HandMade.On);
        Assert.Equal(Security2Result.Refused, _node.Host.TryDecrypt(new(2), false, frame, new byte[2], out _, out _));
        Assert.Equal(Opened.With(HandMade.On), _node.Receive(frame));
    }

    [Fact]
    public void Node_that_begins_anew_with_the_number_it_had_is_heard()
    {
        _node.Begin();
        Assert.Equal(Opened.With(HandMade.On), _node.SendFirst(0));
        Assert.Equal(Security2Result.Duplicate, _node.SendFirst(0).Result);
    }
}
