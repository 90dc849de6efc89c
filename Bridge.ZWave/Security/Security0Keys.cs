using System.Security.Cryptography;

namespace Bridge.ZWave.Security;

/// <summary>What Security 0 derives from the network key.</summary>
/// <remarks>
/// authentication  AES-128-ECB(network key, 16 x 55)
/// encryption      AES-128-ECB(network key, 16 x AA)
/// Source: Security 0 specification.
/// </remarks>
internal sealed record Security0Keys(SecretKey Authentication, SecretKey Encryption)
{
    public static Security0Keys FromNetworkKey(SecretKey key)
    {
        using var aes = Aes.Create();
        Security0Frame.UseKey(aes, key);
        return new(Derive(aes, 0x55), Derive(aes, 0xAA));
    }

    private static SecretKey Derive(Aes aes, byte filler)
    {
        Span<byte> block = stackalloc byte[SecretKey.Length];
        block.Fill(filler);
        aes.EncryptEcb(block, block, PaddingMode.None);
        var key = new SecretKey(block);
        CryptographicOperations.ZeroMemory(block);
        return key;
    }
}
