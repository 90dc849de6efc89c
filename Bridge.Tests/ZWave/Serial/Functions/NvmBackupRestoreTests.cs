using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class NvmBackupRestoreTests
{
    [Theory]
    [InlineData("01 04 00 2E 00 D5", "operation=0", 1)]
    [InlineData("01 07 00 2E 01 04 00 00 D3", "operation=1 length=4 offset=0", 4)]
    [InlineData("01 09 00 2E 02 02 00 10 AB CD AE", "operation=2 length=2 offset=16 data=0xabcd", 6)]
    [InlineData("01 04 00 2E 03 D6", "operation=3", 1)]
    public void NvmBackupRestore_request_by_operation(string frame, string fields, int required) =>
        Assert.Equal(TransactionShape.Response, SerialAssert.FromHost<NvmBackupRestoreRequest>(frame, fields, required).Shape);

    [Fact]
    public void NvmBackupRestore_requests_are_made_by_name()
    {
        SerialAssert.Encodes("01 04 00 2E 00 D5", NvmBackupRestoreRequest.Open());
        SerialAssert.Encodes("01 07 00 2E 01 04 00 00 D3", NvmBackupRestoreRequest.Read(0, 4));
        SerialAssert.Encodes("01 09 00 2E 02 02 00 10 AB CD AE", NvmBackupRestoreRequest.Write(0x10, new byte[] { 0xAB, 0xCD }));
        SerialAssert.Encodes("01 04 00 2E 03 D6", NvmBackupRestoreRequest.Close());
    }

    [Theory]
    [InlineData("01 07 01 2E 00 00 C0 00 17", "status=0 length=0 offsetOrSize=49152 data=0x")]
    [InlineData("01 07 01 2E 00 00 00 00 D7", "status=0 length=0 offsetOrSize=0 data=0x")]
    // the answer to a write tells how many bytes it wrote
    [InlineData("01 07 01 2E 00 02 00 10 C5", "status=0 length=2 offsetOrSize=16 data=0x")]
    [InlineData("01 04 01 2E 01 D5", "status=1")]
    public void NvmBackupRestore_response_without_data(string frame, string fields) =>
        SerialAssert.FromModule<NvmBackupRestoreResponse>(frame, fields, required: 1);

    [Theory]
    [InlineData("01 0B 01 2E 00 04 00 00 01 02 03 04 DB", "status=0 length=4 offsetOrSize=0 data=0x01020304", 8)]
    [InlineData("01 09 01 2E FF 02 C0 00 01 02 E7", "status=255 length=2 offsetOrSize=49152 data=0x0102", 6)]
    public void NvmBackupRestore_response_brings_what_was_read(string frame, string fields, int required) =>
        Assert.True(SerialAssert.FromModule<NvmBackupRestoreResponse>(frame, fields, required, alsoWhole: [1, 2, 3, 4]).IsAccepted);

    [Theory]
    [InlineData("00 00 C0 00", 0xC000)]
    [InlineData("00 00 00 00", 0x10000)]
    [InlineData("01", null)]
    public void NvmBackupRestore_size_of_0_means_64_KB(string payload, int? size) =>
        Assert.Equal(size, SerialAssert.Payload<NvmBackupRestoreResponse>(payload).SizeBytes);

    [Fact]
    public void NvmBackupRestore_response_of_an_error_is_a_refusal() =>
        Assert.False(SerialAssert.Payload<NvmBackupRestoreResponse>("01 00 00 00").IsAccepted);
}
