using Bridge.ZWave.Security;
using Xunit;

namespace Bridge.Tests.ZWave.Security;

/// <summary>Codes, keys and nonces against published and recomputed values.</summary>
public sealed class DerivationTests
{
    private const string CmacKey = "2b7e151628aed2a6abf7158809cf4f3c";
    private const string CmacMessage =
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
    private const string SenderEntropy = "6dde2cdb6cb2274b8bb4ffeb3f1eb394";
    private const string ReceiverEntropy = "14a8262415213efc65ea50f20a2f7068";

    // RFC 4493, section 4
    [Theory]
    [InlineData(0, "bb1d6929e95937287fa37d129b756746")]
    [InlineData(16, "070a16b46b4d4144f79bdd9dd04a287c")]
    [InlineData(40, "dfa66747de9ae63030ca32611497c827")]
    [InlineData(64, "51f0bebf7e3b9d92fc49741779363cfe")]
    public void Aes_cmac_gives_the_codes_of_the_rfc(int length, string expected)
    {
        var code = new byte[AesCmac.Length];
        AesCmac.Compute(Of(CmacKey), Of(CmacMessage).AsSpan(0, length), code);
        Assert.Equal(expected, Text(code));
    }

    [Fact]
    public void Counter_generator_goes_on_from_a_known_state()
    {
        var state = Of("a37e83985c4ffe0b1390dca4dc2965c6" + "7448663c5500b6375a6be5c9ea430828");
        var block = new byte[16];
        CtrDrbg.Generate(state, block);
        Assert.Equal("2816f5c0be91224fea11c5d373671df9", Text(block));
    }

    // CAVP, CTR_DRBG, AES-128 without derivation function, no reseed, no personalization: the second request of 64 bytes counts
    [Fact]
    public void Counter_generator_gives_the_bytes_of_the_validation_suite()
    {
        var state = new byte[CtrDrbg.StateLength];
        var output = new byte[64];
        CtrDrbg.Instantiate(state, Of("ce50f33da5d4c1d3d4004eb35244b7f2cd7f2e5076fbf6780a7ff634b249a5fc"), new byte[32]);
        CtrDrbg.Generate(state, output);
        CtrDrbg.Generate(state, output);
        Assert.Equal(
            "6545c0529d372443b392ceb3ae3a99a30f963eaf313280f1d1a1e87f9db373d361e75d18018266499cccd64d9bbb8de0185f213383080faddec46bae1f784e5a",
            Text(output));
    }

    [Fact]
    public void Counter_of_the_generator_carries_over_all_its_bytes()
    {
        var counter = Of("00ffffffffffffffffffffffffffffff");
        AesBlock.Increment(counter);
        Assert.Equal("01000000000000000000000000000000", Text(counter));
        counter = Of("ffffffffffffffffffffffffffffffff");
        AesBlock.Increment(counter);
        Assert.Equal(new byte[16], counter);
    }

    [Fact]
    public void Network_key_is_expanded_to_four_keys()
    {
        var keys = Security2Keys.FromNetworkKey(Key("6dde2cdb6cb2274b8bb4ffeb3f1eb394"));
        Assert.Equal(
            ("9d6748df1d182fd2e015f4da72ea9061", "240c4cabab584af8fddeddff5378ec05", "b6cc224ad39f1a3ba34fb1af38972632",
                "26f4b89b11f4b3d88ce53b92778b2886"),
            (Text(keys.Ccm), Text(keys.PersonalizationHigh), Text(keys.PersonalizationLow), Text(keys.Mpan)));
    }

    [Fact]
    public void Temporary_keys_are_expanded_with_another_constant()
    {
        var keys = Security2Keys.ExpandTemporary(Of("6dde2cdb6cb2274b8bb4ffeb3f1eb394"));
        Assert.Equal(
            ("ee8bbc87e01da3b4ca4c60e59b045dc7", "98cc370f0af2aa256688a9331604b423", "e6be120a3223d398692d5a022527805b"),
            (Text(keys.Ccm), Text(keys.PersonalizationHigh), Text(keys.PersonalizationLow)));
    }

    [Fact]
    public void Temporary_keys_are_extracted_from_secret_and_both_public_keys()
    {
        var extracted = new byte[16];
        Security2Keys.Extract(Of(X25519Tests.Secret), Of(X25519Tests.PublicKey), Of(X25519Tests.OtherPublicKey), extracted);
        Assert.Equal("c7219805a4bd07bbe45915e8530c5975", Text(extracted));
        Assert.Equal(
            Security2Keys.ExpandTemporary(extracted),
            Security2Keys.FromSharedSecret(Of(X25519Tests.Secret), Of(X25519Tests.PublicKey), Of(X25519Tests.OtherPublicKey)));
    }

    [Fact]
    public void Entropy_of_both_nodes_is_mixed()
    {
        var extracted = new byte[16];
        NonceEntropy.Extract(Of(SenderEntropy), Of(ReceiverEntropy), extracted);
        Assert.Equal("6d1016d9a8cb20b5b780a54496528fb5", Text(extracted));
        var mixed = new byte[NonceEntropy.MixedLength];
        NonceEntropy.Mix(Of(SenderEntropy), Of(ReceiverEntropy), mixed);
        Assert.Equal("ad46011a07ae9c8e5a94ed2014f3f65ca5b041d310df0c3f173ec8adb6c0951b", Text(mixed));
    }

    [Fact]
    public void Nonce_sequence_gives_a_nonce_a_message()
    {
        var sequence = new NonceSequence(
            SecurityClass.S2Authenticated, Security2Keys.FromNetworkKey(Key("c00766d0a166651f6467e201cea8075b")), Of(SenderEntropy), Of(ReceiverEntropy));
        List<string> nonces = [];
        var nonce = new byte[SealedFrame.NonceLength];
        for (var count = 0; count < 3; count++)
        {
            sequence.Next(nonce, TimeProvider.System);
            nonces.Add(Text(nonce));
        }

        Assert.Equal(["35e19c8f38d8f5b116cfa44a4c", "9dcc8a824e1baf858f30fd83a5", "7d7e9107398b98216d8f2e353c"], nonces);
    }

    [Fact]
    public void Multicast_sequence_encrypts_its_state_and_counts_it_up()
    {
        var keys = Security2Keys.FromNetworkKey(Key("c00766d0a166651f6467e201cea8075b"));
        var sequence = new MulticastSequence(SecurityClass.S2Authenticated, keys, Key("2aa2340f7b1e673a72a7a2abe99914bd"));
        var nonce = new byte[SealedFrame.NonceLength];
        sequence.Next(nonce);
        Assert.Equal("1352663f6b04bedfd6259ab32d", Text(nonce));
        sequence.Next(nonce);
        Assert.Equal("015c3478a7671675cfcf637b92", Text(nonce));
    }

    [Fact]
    public void Texts_of_derived_keys_tell_nothing() =>
        Assert.DoesNotContain("9D67", Security2Keys.FromNetworkKey(Key("6dde2cdb6cb2274b8bb4ffeb3f1eb394")).ToString(), StringComparison.OrdinalIgnoreCase);

    private static byte[] Of(string hex) => Convert.FromHexString(hex);

    private static SecretKey Key(string hex) => new(Of(hex));

    private static string Text(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string Text(SecretKey key)
    {
        var bytes = new byte[SecretKey.Length];
        key.Reveal(bytes);
        return Text(bytes);
    }
}
