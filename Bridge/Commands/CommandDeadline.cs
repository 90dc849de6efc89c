using Bridge.Mqtt;
using Bridge.ZWave;

namespace Bridge.Commands;

/// <summary>
/// Until when a message is worth something (MQTT 5 Message Expiry). Checked before each command is handed to the network, which on its own
/// keeps none for more than seconds; a switch takes along what is left.
/// </summary>
internal readonly struct CommandDeadline
{
    private readonly TimeProvider _time;
    private readonly long _received;
    private readonly TimeSpan? _limit;

    private CommandDeadline(TimeProvider time, TimeSpan? limit) => (_time, _received, _limit) = (time, time.GetTimestamp(), limit);

    /// <summary>Counts from now.</summary>
    public static CommandDeadline Of(MqttMessage message, TimeProvider time) =>
        new(time, message.ExpirySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    /// <summary>What is left; null: it does not expire.</summary>
    public TimeSpan? Remaining => _limit is not { } limit ? null : IsOver ? TimeSpan.Zero : limit - _time.GetElapsedTime(_received);

    public bool IsOver => _limit is { } limit && _time.GetElapsedTime(_received) >= limit;

    /// <exception cref="ZWaveException">It is over.</exception>
    public void Check()
    {
        if (IsOver) throw new ZWaveException(ZWaveErrorCode.Expired, "the message expired");
    }
}
