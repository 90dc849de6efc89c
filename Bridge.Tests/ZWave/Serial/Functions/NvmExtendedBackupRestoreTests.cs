using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class NvmExtendedBackupRestoreTests
{
    [Theory]
    [InlineData("01 04 00 3D 00 C6", "operation=0", 1)]
    [InlineData("01 09 00 3D 01 04 00 01 00 00 CF", "operation=1 length=4 offset=65536", 6)]
    [InlineData("01 0B 00 3D 02 02 00 01 00 00 AB CD AE", "operation=2 length=2 offset=65536 data=0xabcd", 8)]
    [InlineData("01 04 00 3D 03 C5", "operation=3", 1)]
    public void NvmExtendedBackupRestore_request_by_operation(string frame, string fields, int required) =>
        SerialAssert.FromHost<NvmExtendedBackupRestoreRequest>(frame, fields, required);

    [Fact]
    public void NvmExtendedBackupRestore_response_to_open_tells_size_and_operations()
    {
        // 256 KB; open, read, write, close
        var response = SerialAssert.FromModule<NvmExtendedBackupRestoreResponse>(
            "01 0A 01 3D 00 01 00 04 00 00 0F C3", "status=0 length=1 offsetOrSize=262144 data=0x0f", required: 1);
        Assert.Equal(
            [NvmOperation.Open, NvmOperation.Read, NvmOperation.Write, NvmOperation.Close], response.SupportedOperations);
    }

    [Fact]
    public void NvmExtendedBackupRestore_response_brings_what_was_read() =>
        SerialAssert.FromModule<NvmExtendedBackupRestoreResponse>(
            "01 0D 01 3D 00 04 00 01 00 00 01 02 03 04 CF",
            "status=0 length=4 offsetOrSize=65536 data=0x01020304",
            required: 10,
            alsoWhole: [1, 2, 3, 4, 5, 6]);

    [Fact]
    public void NvmExtendedBackupRestore_response_may_not_know_the_operation()
    {
        var response = SerialAssert.FromModule<NvmExtendedBackupRestoreResponse>("01 04 01 3D 04 C3", "status=4", required: 1);
        Assert.Equal(NvmOperationStatus.SubCommandUnsupported, response.Status);
        Assert.False(response.IsAccepted);
    }
}
