using System.Security.Cryptography;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Security;

/// <summary>Known answers, and what the authentication code protects.</summary>
public sealed class Security0FrameTests
{
    private const string SenderNonce = "AA AA AA AA AA AA AA AA";
    private const string ReceiverNonce = "F3 68 41 D7 37 F6 A5 94";
    private const string SwitchOn = "25 01 FF";

    // 1 -> 2, key 01 02 .. 10
    private const string SwitchOnFrame = "98 81 AA AA AA AA AA AA AA AA 5D E1 AA 6F F3 38 99 60 97 14 36 C1 B3";

    [Theory]
    [InlineData("00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", "9A DA E0 54 F6 3D FA FF 5E A1 8E 45 ED F6 EA 6F",
        "85 22 71 7D 3A D1 FB FE AF A1 CE AA FD F5 65 65")]
    [InlineData("01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10", "C5 FE 1C A1 7D 36 C9 92 73 1A 0C 0C 46 8C 1E F9",
        "0A 75 A5 17 76 B2 89 12 F3 EB E5 DA 13 9F 21 EE")]
    public void Keys_for_authentication_and_encryption_come_from_the_network_key(string network, string authentication, string encryption)
    {
        var keys = Security0Keys.FromNetworkKey(Key(network));
        Assert.Equal(Key(authentication), keys.Authentication);
        Assert.Equal(Key(encryption), keys.Encryption);
    }

    [Fact]
    public void Authentication_code_is_the_first_half_of_the_cbc_mac()
    {
        using var aes = Aes.Create();
        Security0Frame.UseKey(aes, Key("C5 FE 1C A1 7D 36 C9 92 73 1A 0C 0C 46 8C 1E F9"));
        var code = new byte[8];
        // nonces, command 81, source 20, destination 1, length 12, ciphertext
        var data = WireAssert.Bytes("DD D3 60 C3 82 A4 37 51 43 92 82 6C BB A0 B3 12 81 14 01 0C F3 FB 76 2D 6E 82 12 66 81 C1 85 97");
        Security0Frame.CbcMac(aes, data, code);
        Assert.Equal("2B C2 0A 8A A9 BB B3 71", Hex.Spaced(code));
    }

    [Fact]
    public void Frame_of_a_switch_command_is_the_known_one()
    {
        var host = Security0Line.WithNonces(new(1), Security0Line.Key, new ManualTimeProvider(), SenderNonce);
        host.OnNonceReport(new(2), new(WireAssert.Bytes(ReceiverNonce)));
        Assert.Equal(SwitchOnFrame, Hex.Spaced(Security0Line.Encrypt(host, new(2), WireAssert.Bytes(SwitchOn))!));
    }

    [Fact]
    public void Known_frame_of_a_switch_command_is_opened()
    {
        var plug = Security0Line.WithNonces(new(2), Security0Line.Key, new ManualTimeProvider(), ReceiverNonce);
        plug.CreateNonceReport(new(1));
        Assert.Equal(Security0Result.Opened, Security0Line.Decrypt(plug, new(1), WireAssert.Bytes(SwitchOnFrame), out var command, out var wantsNonce));
        Assert.Equal(SwitchOn, Hex.Spaced(command));
        Assert.False(wantsNonce);
    }

    [Fact]
    public void Network_key_is_handed_over_with_the_key_of_all_zeros()
    {
        const string keySet = "98 06 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10";
        const string frame = "98 81 AA AA AA AA AA AA AA AA EF 2D 80 BA 53 FA 01 81 72 EA AC 03 C5 1D 48 64 A2 D4 B6 F3 8A 89 6F AB 9C 59 FD 7F";
        var host = Security0Line.WithNonces(new(1), Security0Line.Key, new ManualTimeProvider(), SenderNonce);
        host.UseZeroKey(new(9), isOn: true);
        host.OnNonceReport(new(9), new(WireAssert.Bytes(ReceiverNonce)));
        Assert.Equal(frame, Hex.Spaced(Security0Line.Encrypt(host, new(9), WireAssert.Bytes(keySet))!));

        // the joining node has no key yet
        var plug = Security0Line.WithNonces(new(9), null, new ManualTimeProvider(), ReceiverNonce);
        plug.UseZeroKey(new(1), isOn: true);
        plug.CreateNonceReport(new(1));
        Assert.Equal(Security0Result.Opened, Security0Line.Decrypt(plug, new(1), WireAssert.Bytes(frame), out var command, out _));
        Assert.Equal(keySet, Hex.Spaced(command));
    }

    [Theory]
    [InlineData(0x81, 0xC1)]
    [InlineData(0xC1, 0x81)]
    public void Command_byte_is_authenticated_as_it_is(byte sealedAs, byte sentAs)
    {
        var frame = Seal(sealedAs, FrameControl.Whole, SwitchOn);
        Assert.True(TryOpen(frame, out _));
        frame[1] = sentAs;
        Assert.False(TryOpen(frame, out _));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(1, 3)]
    public void Frame_is_bound_to_its_sender_and_its_receiver(byte source, byte destination)
    {
        var frame = Seal(0x81, FrameControl.Whole, SwitchOn);
        Assert.False(TryOpen(frame, out _, source, destination));
    }

    [Fact]
    public void No_bit_of_a_frame_can_be_changed()
    {
        var frame = Seal(0x81, FrameControl.Whole, SwitchOn);
        // all but the class byte, the command byte, and the id of the nonce, which only chooses the nonce
        foreach (var position in Enumerable.Range(2, frame.Length - 2).Where(position => position != frame.Length - 9))
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = frame.ToArray();
                changed[position] ^= (byte)(1 << bit);
                Assert.False(TryOpen(changed, out _));
            }
        }

        Assert.True(TryOpen(frame, out var opened));
        Assert.Equal("00 25 01 FF", Hex.Spaced(opened));
    }

    [Theory]
    // control 1C: first part of command 12 since the sender started; 3C: its second part
    [InlineData(0x1C, true, false)]
    [InlineData(0x3C, false, true)]
    [InlineData(0x0C, false, false)]
    [InlineData(0x2C, false, false)]
    public void Frame_control_tells_the_part_and_the_sequence_counter(byte value, bool isFirst, bool isSecond)
    {
        var control = new FrameControl(value);
        Assert.Equal((isFirst, isSecond, 12), (control.IsFirst, control.IsSecond, control.Counter));
    }

    [Fact]
    public void Frame_control_bytes_of_both_parts_are_made_from_the_counter()
    {
        Assert.Equal(0x1C, FrameControl.First(12).Value);
        Assert.Equal(0x3C, FrameControl.Second(12).Value);
        Assert.Equal(0, FrameControl.CounterAfter(15));
    }

    [Fact]
    public void Keys_are_not_in_the_text_of_what_holds_them()
    {
        var keys = Security0Keys.FromNetworkKey(Security0Line.Key);
        Assert.DoesNotContain("C5", keys.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("(secret)", keys.ToString(), StringComparison.Ordinal);
    }

    private static SecretKey Key(string hex) => new(WireAssert.Bytes(hex));

    /// <summary>A frame of node 1 to node 2, whole.</summary>
    private static byte[] Seal(byte command, FrameControl control, string plaintext)
    {
        var frame = new byte[Security0Frame.MaximumLength];
        var context = new Security0FrameContext(command, new(1), new(2), WireAssert.Bytes(SenderNonce), WireAssert.Bytes(ReceiverNonce));
        var keys = Security0Keys.FromNetworkKey(Security0Line.Key);
        return frame[..Security0Frame.Seal(keys, context, control, WireAssert.Bytes(plaintext), frame)];
    }

    private static bool TryOpen(byte[] frame, out byte[] opened, byte source = 1, byte destination = 2)
    {
        Assert.True(Security0Frame.TryRead(frame, out var parts));
        opened = new byte[parts.Ciphertext.Length];
        var context = new Security0FrameContext(parts.Command, new(source), new(destination), parts.SenderNonce, WireAssert.Bytes(ReceiverNonce));
        return Security0Frame.TryOpen(Security0Keys.FromNetworkKey(Security0Line.Key), context, parts, opened);
    }
}
