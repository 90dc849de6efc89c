using Bridge.Tests.Support;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;
using static Bridge.Tests.ZWave.Security.Security0Line;

namespace Bridge.Tests.ZWave.Security;

/// <summary>Commands in one frame and in two, keys, frames that are none.</summary>
public sealed class Security0StateTests
{
    private static readonly byte[] s_switchOn = [0x25, 0x01, 0xFF];

    // 40 bytes: 26 fit in a frame of 46
    private static readonly byte[] s_long = [.. Enumerable.Range(1, 40).Select(static number => (byte)number)];

    [Theory]
    [InlineData(1, 46, 1)]
    [InlineData(26, 46, 1)]
    [InlineData(27, 46, 2)]
    [InlineData(52, 46, 2)]
    [InlineData(53, 46, 0)]
    [InlineData(0, 46, 0)]
    [InlineData(1, 20, 0)]
    [InlineData(1, 21, 1)]
    [InlineData(2, 21, 2)]
    [InlineData(1, -5, 0)]
    // the length is authenticated as one byte: 254 bytes and the frame control byte
    [InlineData(254, 1000, 1)]
    [InlineData(255, 1000, 2)]
    [InlineData(509, 1000, 0)]
    public void A_command_takes_one_frame_or_two(int length, int maximumPayload, int frames) =>
        Assert.Equal(frames, Security0State.FramesFor(length, maximumPayload));

    [Fact]
    public void Longest_command_of_one_frame_comes_through()
    {
        var line = new Security0Line();
        var frame = line.HostSends(s_long.AsSpan(0, 26));
        Assert.Equal((MaximumPayload, 0x81), (frame.Length, frame[1]));
        Assert.Equal(Security0Result.Opened, line.PlugReceives(frame, out var command));
        Assert.Equal(s_long[..26], command);
    }

    [Fact]
    public void A_long_command_comes_in_two_frames_and_the_first_asks_for_the_next_nonce()
    {
        var line = new Security0Line();
        var first = line.HostSends(s_long);
        Assert.Equal((MaximumPayload, 0xC1), (first.Length, first[1]));
        Assert.Equal(Security0Result.FirstPart, Decrypt(line.AtPlug, Host, first, out var command, out var wantsNonce));
        Assert.True(wantsNonce);
        Assert.Empty(command);

        var second = line.HostSends(s_long, part: 1);
        Assert.Equal((40 - 26 + 20, 0x81), (second.Length, second[1]));
        Assert.Equal(Security0Result.Opened, Decrypt(line.AtPlug, Host, second, out command, out wantsNonce));
        Assert.False(wantsNonce);
        Assert.Equal(s_long, command);
    }

    [Fact]
    public void Both_parts_carry_the_sequence_counter_of_their_command()
    {
        var line = new Security0Line();
        var counters = new List<(int First, int Second)>();
        for (var number = 0; number < 17; number++)
        {
            line.GiveNonceToHost();
            counters.Add((ControlOf(line, part: 0), ControlOf(line, part: 1)));
        }

        Assert.Equal(counters.Select(static pair => pair.First | 0x20), counters.Select(static pair => pair.Second));
        Assert.Contains((0x1C, 0x3C), counters);
        Assert.Equal(16, counters.Distinct().Count());

        static int ControlOf(Security0Line line, int part)
        {
            var receiver = new byte[8];
            receiver[0] = 0xF3;
            line.AtHost.OnNonceReport(Plug, new(receiver));
            var frame = line.HostSends(s_long, part);
            Assert.True(Security0Frame.TryRead(frame, out var parts));
            var opened = new byte[parts.Ciphertext.Length];
            var context = new Security0FrameContext(parts.Command, Host, Plug, parts.SenderNonce, receiver);
            Assert.True(Security0Frame.TryOpen(Security0Keys.FromNetworkKey(Key), context, parts, opened));
            return opened[0];
        }
    }

    [Fact]
    public void A_second_part_without_its_first_is_dropped()
    {
        var line = new Security0Line();
        line.HostSends(s_long);
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(line.HostSends(s_long, part: 1), out var command));
        Assert.Empty(command);
        Assert.True(line.IsAlive());
    }

    [Fact]
    public void A_second_part_belongs_to_the_first_of_its_own_command()
    {
        var line = new Security0Line();
        line.PlugReceives(line.HostSends(s_long), out _);
        // the first part of the next command is lost
        line.HostSends(s_long);
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(line.HostSends(s_long, part: 1), out _));
    }

    [Fact]
    public void A_second_part_is_joined_once()
    {
        var line = new Security0Line();
        line.PlugReceives(line.HostSends(s_long), out _);
        Assert.Equal(Security0Result.Opened, line.PlugReceives(line.HostSends(s_long, part: 1), out _));
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(line.HostSends(s_long, part: 1), out _));
    }

    [Theory]
    [InlineData(9_999, Security0Result.Opened)]
    [InlineData(10_000, Security0Result.NotDecrypted)]
    public void A_first_part_is_kept_for_ten_seconds(int milliseconds, Security0Result expected)
    {
        var line = new Security0Line();
        line.PlugReceives(line.HostSends(s_long), out _);
        line.Time.Advance(milliseconds);
        Assert.Equal(expected, line.PlugReceives(line.HostSends(s_long, part: 1), out _));
    }

    [Fact]
    public void A_repeated_first_part_takes_the_place_of_the_earlier_one()
    {
        var line = new Security0Line();
        line.PlugReceives(line.HostSends(s_long), out _);
        var other = s_long.Reverse().ToArray();
        line.PlugReceives(line.HostSends(other), out _);
        Assert.Equal(Security0Result.Opened, line.PlugReceives(line.HostSends(other, part: 1), out var command));
        Assert.Equal(other, command);
    }

    [Fact]
    public void Parts_made_with_different_keys_are_not_joined()
    {
        var line = new Security0Line();
        line.AtHost.UseZeroKey(Plug, isOn: true);
        line.AtPlug.UseZeroKey(Host, isOn: true);
        Assert.Equal(Security0Result.FirstPart, line.PlugReceives(line.HostSends(s_long), out _));
        line.AtHost.UseZeroKey(Plug, isOn: false);
        line.AtPlug.UseZeroKey(Host, isOn: false);
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(line.HostSends(s_long, part: 1), out _));
    }

    [Fact]
    public void Key_of_all_zeros_is_used_with_the_node_that_joins_and_with_no_other()
    {
        var line = new Security0Line();
        line.AtHost.UseZeroKey(Plug, isOn: true);
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(line.HostSends(s_switchOn), out _));
        line.AtPlug.UseZeroKey(Host, isOn: true);
        Assert.Equal(Security0Result.Opened, line.PlugReceives(line.HostSends(s_switchOn), out _));

        var other = new Security0State(new(3), line.Time);
        other.SetKey(Key);
        other.OnNonceReport(Host, line.AtHost.CreateNonceReport(new(3)));
        Assert.Equal(Security0Result.Opened, Decrypt(line.AtHost, new(3), Encrypt(other, Host, s_switchOn)!, out _, out _));
    }

    [Fact]
    public void A_nonce_given_before_the_keys_change_is_good_after_it()
    {
        // the joining node asks for the nonce of its Network Key Verify while the host still uses the key of all zeros
        var line = new Security0Line();
        line.AtPlug.UseZeroKey(Host, isOn: true);
        line.GiveNonceToHost();
        line.AtPlug.UseZeroKey(Host, isOn: false);
        Assert.Equal(Security0Result.Opened, line.PlugReceives(line.HostSends([0x98, 0x07]), out _));
    }

    [Fact]
    public void Without_a_key_nothing_is_sent_and_nothing_opened()
    {
        var line = new Security0Line();
        var frame = line.HostSends(s_switchOn);
        line.AtPlug.SetKey(null);
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(frame, out _));
        line.GiveNonceToHost();
        line.AtHost.SetKey(null);
        Assert.Null(Encrypt(line.AtHost, Plug, s_switchOn));
    }

    [Fact]
    public void A_frame_made_with_another_key_is_not_opened()
    {
        var line = new Security0Line();
        line.AtPlug.SetKey(SecretKey.Generate());
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(line.HostSends(s_switchOn), out _));
    }

    [Theory]
    // 18 bytes after the command byte: frame control without a command
    [InlineData("98 81 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12")]
    [InlineData("98 81")]
    [InlineData("98")]
    [InlineData("")]
    // Nonce Report, another class, Message Encapsulation of Security 2
    [InlineData("98 80 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13")]
    [InlineData("25 81 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13")]
    [InlineData("9F 03 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13")]
    public void What_is_no_encapsulation_is_refused_and_costs_no_nonce(string hex)
    {
        var line = new Security0Line();
        var frame = line.HostSends(s_switchOn);
        Assert.Equal(Security0Result.Refused, line.PlugReceives(hex.Length == 0 ? [] : WireAssert.Bytes(hex), out _));
        Assert.Equal(Security0Result.Opened, line.PlugReceives(frame, out _));
    }

    [Fact]
    public void A_frame_longer_than_its_length_byte_can_tell_is_refused()
    {
        var line = new Security0Line();
        byte[] tooLong = [0x98, 0x81, .. new byte[8 + 256 + 9]];
        Assert.Equal(Security0Result.Refused, line.PlugReceives(tooLong, out _));
        Assert.Equal(Security0Result.NotDecrypted, line.PlugReceives(tooLong.AsSpan(0, tooLong.Length - 1), out _));
    }

    [Fact]
    public void Longest_frame_of_all_comes_through()
    {
        var line = new Security0Line();
        var command = Enumerable.Range(0, 254).Select(static number => (byte)number).ToArray();
        line.GiveNonceToHost();
        var frame = Encrypt(line.AtHost, Plug, command, maximumPayload: 1000)!;
        Assert.Equal(274, frame.Length);
        Assert.Equal(Security0Result.Opened, line.PlugReceives(frame, out var received));
        Assert.Equal(command, received);
    }

    [Fact]
    public void A_buffer_too_small_for_the_command_takes_nothing()
    {
        var line = new Security0Line();
        var plaintext = new byte[2];
        Assert.Equal(Security0Result.Refused, line.AtPlug.TryDecrypt(Host, line.HostSends(s_switchOn), plaintext, out var length, out _));
        Assert.Equal(0, length);
        Assert.Equal(new byte[2], plaintext);
    }

    [Fact]
    public void A_frame_that_does_not_fit_its_buffer_is_not_begun()
    {
        var line = new Security0Line();
        line.GiveNonceToHost();
        var frame = new PayloadWriter(new byte[22]);
        Assert.False(line.AtHost.TryEncrypt(Plug, s_switchOn, 0, MaximumPayload, ref frame));
        Assert.Equal(0, frame.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_part_the_command_does_not_have_is_not_sent(int part)
    {
        var line = new Security0Line();
        line.GiveNonceToHost();
        Assert.Null(Encrypt(line.AtHost, Plug, s_switchOn, part));
        Assert.True(line.AtHost.HasNonce(Plug));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(4000)]
    public void Only_single_classic_nodes_talk_it(ushort node)
    {
        var line = new Security0Line();
        line.AtHost.OnNonceReport(new(node), line.AtPlug.CreateNonceReport(Host));
        line.AtHost.UseZeroKey(new(node), isOn: true);
        Assert.False(line.AtHost.HasNonce(new(node)));
        Assert.Null(Encrypt(line.AtHost, new(node), s_switchOn));
        Assert.Equal(Security0Result.Refused, Decrypt(line.AtPlug, new(node), line.HostSends(s_switchOn), out _, out _));
    }
}
