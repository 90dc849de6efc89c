using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of Security 0 and Security 2, as far as it can be read without keys.</summary>
public sealed class DecodeSecurityRowsTests
{
    [Theory]
    [InlineData("98 02", "{}")]
    [InlineData("98 03 00 25 32 EF 70", "{reportsToFollow:0,commandClassSupport:[37,50],commandClassControl:[112]}")]
    [InlineData("98 03 01 25", "{reportsToFollow:1,commandClassSupport:[37],commandClassControl:[]}")]
    [InlineData("98 04 00", "{supportedSecuritySchemes:0}")]
    [InlineData("98 05 00", "{supportedSecuritySchemes:0}")]
    [InlineData("98 06 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10", "{networkKey:'0102030405060708090a0b0c0d0e0f10'}")]
    [InlineData("98 07", "{}")]
    [InlineData("98 08 01", "{supportedSecuritySchemes:1}")]
    [InlineData("98 40", "{}")]
    [InlineData("98 80 F3 68 41 D7 37 F6 A5 94", "{nonce:'f36841d737f6a594'}")]
    [InlineData(
        "98 81 AA AA AA AA AA AA AA AA 5D E1 AA 6F F3 38 99 60 97 14 36 C1 B3",
        "{initializationVector:'aaaaaaaaaaaaaaaa',encryptedPayload:'5de1aa6f',receiversNonceIdentifier:243,"
        + "messageAuthenticationCode:'389960971436c1b3'}")]
    [InlineData(
        "98 C1 AA AA AA AA AA AA AA AA 5D E1 AA 6F F3 38 99 60 97 14 36 C1 B3",
        "{initializationVector:'aaaaaaaaaaaaaaaa',encryptedPayload:'5de1aa6f',receiversNonceIdentifier:243,"
        + "messageAuthenticationCode:'389960971436c1b3'}")]
    public Task Security_0_tells_what_is_not_encrypted(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("9F 01 55", "{sequenceNumber:85}")]
    [InlineData(
        "9F 02 56 01 6D DE 2C DB 6C B2 27 4B 8B B4 FF EB 3F 1E B3 94",
        "{sequenceNumber:86,sos:true,mos:false,receiversEntropyInput:'6dde2cdb6cb2274b8bb4ffeb3f1eb394'}")]
    [InlineData("9F 02 56 02", "{sequenceNumber:86,sos:false,mos:true}", "!receiversEntropyInput")]
    [InlineData(
        "9F 02 56 03 6D DE 2C DB 6C B2 27 4B 8B B4 FF EB 3F 1E B3 94",
        "{sos:true,mos:true,receiversEntropyInput:'6dde2cdb6cb2274b8bb4ffeb3f1eb394'}")]
    [InlineData(
        "9F 03 08 00 A0 33 DB 88 BE 4D 77 D7 24 81 06",
        "{sequenceNumber:8,extension:false,encryptedExtension:false,extensions:[],ciphertext:'a033db',authTag:'88be4d77d7248106'}")]
    [InlineData(
        "9F 03 1F 01 12 41 6D DE 2C DB 6C B2 27 4B 8B B4 FF EB 3F 1E B3 94 C4 18 7D 85 DA 08 45 0F 27 0B E4",
        "{sequenceNumber:31,extension:true,encryptedExtension:false,extensions:[{type:1,critical:true,moreToFollow:false,"
        + "value:'6dde2cdb6cb2274b8bb4ffeb3f1eb394'}],ciphertext:'c4187d',authTag:'85da08450f270be4'}")]
    [InlineData(
        "9F 03 01 03 03 C3 07 02 04 88 BE 4D 77 D7 24 81 06",
        "{extension:true,encryptedExtension:true,extensions:[{type:3,critical:true,moreToFollow:true,value:'07'},{type:4,"
        + "critical:false,moreToFollow:false,value:''}],ciphertext:'',authTag:'88be4d77d7248106'}")]
    public Task Security_2_frames_tell_nonces_and_extensions(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("9F 04", "{}")]
    [InlineData("9F 05 01 02 01 87", "{echo:true,requestCsa:false,supportedKexSchemes:2,supportedEcdhProfiles:1,requestedKeys:135}")]
    [InlineData("9F 05 02 02 01 87", "{echo:false,requestCsa:true}")]
    [InlineData("9F 06 01 02 01 03", "{echo:true,requestCsa:false,selectedKexScheme:2,selectedEcdhProfile:1,grantedKeys:3}")]
    [InlineData("9F 06 02 02 01 03", "{echo:false,requestCsa:true}")]
    [InlineData("9F 07 06", "{kexFailType:6}")]
    [InlineData(
        "9F 08 01 85 20 F0 09 89 30 A7 54 74 8B 7D DC B4 3E F7 5A 0D BF 3A 0D 26 38 1A F4 EB A4 A9 8E AA 9B 4E 6A",
        "{includingNode:true,ecdhPublicKey:'8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'}")]
    [InlineData(
        "9F 08 00 85 20 F0 09 89 30 A7 54 74 8B 7D DC B4 3E F7 5A 0D BF 3A 0D 26 38 1A F4 EB A4 A9 8E AA 9B 4E 6A",
        "{includingNode:false,ecdhPublicKey:'8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'}")]
    [InlineData("9F 09 02", "{requestedKey:2}")]
    [InlineData(
        "9F 0A 02 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10",
        "{grantedKey:2,networkKey:'0102030405060708090a0b0c0d0e0f10'}")]
    [InlineData("9F 0B", "{}")]
    [InlineData("9F 0C 02", "{keyRequestComplete:false,keyVerified:true}")]
    [InlineData("9F 0C 01", "{keyRequestComplete:true,keyVerified:false}")]
    [InlineData("9F 0D", "{}")]
    [InlineData("9F 0E 25 32", "{commandClassSupport:[37,50]}")]
    [InlineData("9F 0E", "{commandClassSupport:[]}")]
    public Task Security_2_key_exchange_tells_masks_and_keys(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
