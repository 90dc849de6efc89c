using Bridge.ZWave.Serial;

namespace Bridge.Cli;

/// <summary>
/// The messages of the Serial API whose fields the output format fixes, and which are malformed without them. Of every other message
/// the format knows nothing but a payload: where we have a codec its fields are told instead, but a short one is still a payload.
/// </summary>
public static class FixedMessages
{
    private static readonly HashSet<FunctionId> s_hostRequests = Set(
        0x03, 0x06, 0x0B, 0x10, 0x12, 0x13, 0x14, 0x41, 0x42, 0x46, 0x47, 0x48, 0x4A, 0x4B, 0x51, 0x55, 0x60, 0x61, 0x62, 0x63, 0x80,
        0xA9, 0xDA);

    private static readonly HashSet<FunctionId> s_responses = Set(
        0x02, 0x05, 0x06, 0x07, 0x09, 0x0B, 0x10, 0x13, 0x14, 0x15, 0x20, 0x3B, 0x41, 0x46, 0x47, 0x51, 0x56, 0x60, 0x61, 0x62, 0x63,
        0x80, 0xA9, 0xDA);

    private static readonly HashSet<FunctionId> s_moduleRequests = Set(
        0x04, 0x0A, 0x12, 0x13, 0x14, 0x42, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x51, 0x55, 0x61, 0x63, 0xA8, 0xA9);

    public static bool Contains(FunctionId function, MessageKind kind) => kind switch
    {
        MessageKind.HostRequest => s_hostRequests.Contains(function),
        MessageKind.Response => s_responses.Contains(function),
        _ => s_moduleRequests.Contains(function),
    };

    private static HashSet<FunctionId> Set(params ReadOnlySpan<byte> functions)
    {
        var set = new HashSet<FunctionId>();
        foreach (var function in functions) set.Add(new(function));
        return set;
    }
}
