using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class MemoryPutBufferTests
{
    [Fact]
    public void MemoryPutBuffer_request_brings_the_bytes() =>
        Assert.Equal(
            TransactionShape.ResponseAndCallback,
            SerialAssert.FromHost<MemoryPutBufferRequest>(
                "01 0A 00 24 00 00 00 02 AB CD 06 B3", "offset=0 data=0xabcd callbackId=6", required: 7).Shape);

    [Fact]
    public void MemoryPutBuffer_request_takes_another_callback_id_and_keeps_the_rest() =>
        SerialAssert.Encodes(
            "01 0A 00 24 00 00 00 02 AB CD 06 B3", new MemoryPutBufferRequest(0, new byte[] { 0xAB, 0xCD }).WithCallbackId(6));

    [Fact]
    public void MemoryPutBuffer_response_says_whether_the_module_took_it()
    {
        Assert.True(SerialAssert.FromModule<MemoryPutBufferResponse>("01 04 01 24 01 DF", "status=1", required: 1).IsAccepted);
        Assert.False(SerialAssert.Payload<MemoryPutBufferResponse>("00").IsAccepted);
    }

    [Fact]
    public void MemoryPutBuffer_callback_says_that_it_is_done() =>
        Assert.True(SerialAssert.FromModule<MemoryPutBufferCallback>("01 04 00 24 06 D9", "callbackId=6", required: 1).IsFinal);
}
