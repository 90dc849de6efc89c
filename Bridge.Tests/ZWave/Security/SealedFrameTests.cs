using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Security;

public sealed class SealedFrameTests
{
    private const string SpanExtension = "12416dde2cdb6cb2274b8bb4ffeb3f1eb394";
    private static readonly HomeId s_home = new(0xDEADBEEF);
    private static readonly SecretKey s_ccmKey = Security2Keys.FromNetworkKey(new(Of("c00766d0a166651f6467e201cea8075b"))).Ccm;

    // RFC 3610, packet vectors 1 to 3: nonce of 13 bytes, tag of 8; and the one of the Security 2 reference
    [Theory]
    [InlineData(
        "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", "00000003020100a0a1a2a3a4a5", "0001020304050607", "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e",
        "588c979a61c663d2f066d0c2c0f989806d5f6b61dac384" + "17e8d12cfdf926e0")]
    [InlineData(
        "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", "00000004030201a0a1a2a3a4a5", "0001020304050607", "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3b" + "a091d56e10400916")]
    [InlineData(
        "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", "00000005040302a0a1a2a3a4a5", "0001020304050607", "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
        "51b1e5f44a197d1da46b0f8e2d282ae871e838bb64da859657" + "4adaa76fbd9fb0c5")]
    [InlineData("aa000000000000000000000000000000", "101112131415161718191a1b1c", "010210111213000b0100", "200200", "c9b3a9f04fa417f65f6308")]
    public void Text_is_encrypted_as_published(string key, string nonce, string data, string text, string expected)
    {
        var associated = Of(data);
        var (ciphertext, tag) = (new byte[text.Length / 2], new byte[SealedFrame.TagLength]);
        SealedFrame.Seal(new(Of(key)), Of(nonce), Of(text), ciphertext, tag, associated);
        Assert.Equal(expected, Text([.. ciphertext, .. tag]));
        var opened = new byte[ciphertext.Length];
        Assert.True(new SealedFrame(ciphertext, tag, associated).TryOpen(new(Of(key)), Of(nonce), opened));
        Assert.Equal(text, Text(opened));
    }

    [Theory]
    [InlineData("9dcc8a824e1baf858f30fd83a5", 2, 1, 0x08, 0x00, "", "2503ff", "0201deadbeef000f0800", "9f030800a033db88be4d77d7248106")]
    [InlineData(
        "35e19c8f38d8f5b116cfa44a4c", 1, 2, 0x1F, 0x01, SpanExtension, "2501ff", "0102deadbeef00211f01" + SpanExtension,
        "9f031f01" + SpanExtension + "c4187d85da08450f270be4")]
    public void Frame_is_covered_with_its_header(
        string nonce, ushort sender, ushort destination, byte sequenceNumber, byte flags, string extensions, string command, string expectedData, string expected)
    {
        var length = 4 + ((extensions.Length + command.Length) / 2) + SealedFrame.TagLength;
        var data = SealedFrame.AssociatedData(false, new(sender), destination, s_home, length, sequenceNumber, flags, Of(extensions));
        Assert.Equal(expectedData, Text(data));
        var (ciphertext, tag) = (new byte[command.Length / 2], new byte[SealedFrame.TagLength]);
        SealedFrame.Seal(s_ccmKey, Of(nonce), Of(command), ciphertext, tag, data);
        Assert.Equal(expected, Text([0x9F, 0x03, sequenceNumber, flags, .. Of(extensions), .. ciphertext, .. tag]));
    }

    [Fact]
    public void Both_ids_take_two_bytes_on_long_range() =>
        Assert.Equal("01000001deadbeef000c0500", Text(SealedFrame.AssociatedData(true, new(256), 1, s_home, 12, 5, 0, default)));

    [Fact]
    public void Text_may_be_empty()
    {
        var tag = new byte[SealedFrame.TagLength];
        SealedFrame.Seal(s_ccmKey, new byte[SealedFrame.NonceLength], default, default, tag, new byte[10]);
        Assert.True(new SealedFrame(default, tag, new byte[10]).TryOpen(s_ccmKey, new byte[SealedFrame.NonceLength], default));
        Assert.False(new SealedFrame(default, tag, new byte[11]).TryOpen(s_ccmKey, new byte[SealedFrame.NonceLength], default));
        tag[0] ^= 1;
        Assert.False(new SealedFrame(default, tag, new byte[10]).TryOpen(s_ccmKey, new byte[SealedFrame.NonceLength], default));
    }

    [Fact]
    public void Nothing_of_a_changed_frame_is_left_in_the_buffer()
    {
        var (ciphertext, tag) = (new byte[3], new byte[SealedFrame.TagLength]);
        SealedFrame.Seal(s_ccmKey, new byte[SealedFrame.NonceLength], new byte[] { 0x25, 0x01, 0xFF }, ciphertext, tag, new byte[10]);
        tag[7] ^= 1;
        var text = new byte[3];
        Assert.False(new SealedFrame(ciphertext, tag, new byte[10]).TryOpen(s_ccmKey, new byte[SealedFrame.NonceLength], text));
        Assert.Equal(new byte[3], text);
    }

    private static byte[] Of(string hex) => Convert.FromHexString(hex);

    private static string Text(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
