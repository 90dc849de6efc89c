using System.Numerics;
using Bridge.ZWave.Security;
using Xunit;

namespace Bridge.Tests.ZWave.Security;

public sealed class X25519Tests
{
    internal const string PublicKey = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
    internal const string OtherPublicKey = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
    internal const string Secret = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
    private const string PrivateKey = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
    private const string OtherPrivateKey = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
    private static readonly BigInteger s_prime = BigInteger.Pow(2, 255) - 19;

    // RFC 7748, section 5.2
    [Theory]
    [InlineData(
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4", "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
    [InlineData(
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d", "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
    public void Scalar_times_point_is_what_the_rfc_says(string scalar, string point, string expected) => Assert.Equal(expected, Multiply(scalar, point));

    [Theory]
    [InlineData(1, "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079")]
    [InlineData(1000, "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51")]
    public void Iterated_product_is_what_the_rfc_says(int iterations, string expected)
    {
        var scalar = new byte[X25519.Length];
        scalar[0] = 9;
        var point = (byte[])scalar.Clone();
        for (; iterations > 0; iterations--)
        {
            var product = new byte[X25519.Length];
            X25519.Multiply(scalar, point, product);
            (scalar, point) = (product, scalar);
        }

        Assert.Equal(expected, Convert.ToHexStringLower(scalar));
    }

    [Fact]
    public void Both_ends_agree_on_the_secret_of_the_rfc()
    {
        var (mine, other) = (new X25519KeyPair(Of(PrivateKey)), new X25519KeyPair(Of(OtherPrivateKey)));
        Assert.Equal(PublicKey, Convert.ToHexStringLower(mine.PublicKey.Span));
        Assert.Equal(OtherPublicKey, Convert.ToHexStringLower(other.PublicKey.Span));
        var secret = new byte[X25519KeyPair.KeyLength];
        Assert.True(mine.TryAgree(other.PublicKey.Span, secret));
        Assert.Equal(Secret, Convert.ToHexStringLower(secret));
        Assert.True(other.TryAgree(mine.PublicKey.Span, secret));
        Assert.Equal(Secret, Convert.ToHexStringLower(secret));
    }

    [Fact]
    public void Generated_pairs_agree_and_are_never_the_same()
    {
        var (mine, other) = (X25519KeyPair.Generate(), X25519KeyPair.Generate());
        var (secret, same) = (new byte[X25519KeyPair.KeyLength], new byte[X25519KeyPair.KeyLength]);
        Assert.True(mine.TryAgree(other.PublicKey.Span, secret));
        Assert.True(other.TryAgree(mine.PublicKey.Span, same));
        Assert.Equal(secret, same);
        Assert.NotEqual(mine.PublicKey.ToArray(), other.PublicKey.ToArray());
    }

    // The points of order 1, 2, 4 and 8, also not in their smallest form, and with the bit that does not count.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Public_key_of_low_order_is_refused(string key)
    {
        var secret = new byte[X25519KeyPair.KeyLength];
        Assert.False(X25519KeyPair.Generate().TryAgree(Of(key), secret));
        Assert.Equal(new byte[X25519KeyPair.KeyLength], secret);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Public_key_of_another_length_is_refused(int length)
    {
        var key = new byte[length];
        Array.Fill(key, (byte)9);
        Assert.False(X25519KeyPair.Generate().TryAgree(key, new byte[X25519KeyPair.KeyLength]));
    }

    /// <summary>Numbers near the limits of limbs and prime, where carries are lost; the sums go through a multiplication as the ladder does it.</summary>
    [Fact]
    public void Field_computes_as_integers_do()
    {
        var random = new Random(2);
        byte[][] numbers =
        [
            new byte[32], Of("ff".PadRight(62, 'f') + "7f"), Of("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            Of("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), Of("ffffffffffff07000000000000000000000000000000000000000000000000" + "0000"),
            .. Enumerable.Range(0, 40).Select(_ => Bytes(random)),
        ];
        foreach (var left in numbers)
        {
            foreach (var right in numbers)
            {
                var (a, b) = (Number(left), Number(right));
                var (x, y, sum, difference, product) = (new ulong[5], new ulong[5], new ulong[5], new ulong[5], new ulong[5]);
                Curve25519Field.Read(left, x);
                Curve25519Field.Read(right, y);
                Curve25519Field.Add(sum, x, y);
                Curve25519Field.Subtract(difference, x, y);
                Curve25519Field.Multiply(product, sum, difference);
                Assert.Equal(Modulo((a + b) * (a - b)), Number(product));
                Curve25519Field.Multiply(product, difference, difference);
                Assert.Equal(Modulo((a - b) * (a - b)), Number(product));
                Curve25519Field.Multiply(product, difference, 121665);
                Assert.Equal(Modulo((a - b) * 121665), Number(product));
            }

            var (number, inverse) = (new ulong[5], new ulong[5]);
            Curve25519Field.Read(left, number);
            Curve25519Field.Invert(inverse, number);
            Assert.Equal(BigInteger.ModPow(Number(left), s_prime - 2, s_prime), Number(inverse));
        }
    }

    private static string Multiply(string scalar, string point)
    {
        var product = new byte[X25519.Length];
        X25519.Multiply(Of(scalar), Of(point), product);
        return Convert.ToHexStringLower(product);
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }

    private static BigInteger Number(byte[] bytes)
    {
        byte[] masked = [.. bytes[..31], (byte)(bytes[31] & 0x7F)];
        return new(masked, isUnsigned: true);
    }

    private static BigInteger Number(ulong[] limbs)
    {
        var bytes = new byte[32];
        Curve25519Field.Write(limbs, bytes);
        return new(bytes, isUnsigned: true);
    }

    private static BigInteger Modulo(BigInteger number) => ((number % s_prime) + s_prime) % s_prime;

    private static byte[] Of(string hex) => Convert.FromHexString(hex);
}
