using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;

namespace Bridge.Requests;

/// <summary>What <c>permit_join</c> and <c>device/replace</c> say about the node that is to come.</summary>
/// <param name="Granted">What to grant; null: it is asked for.</param>
/// <param name="Pin">The number on the label; null: it is asked for.</param>
internal sealed record JoinRequest(int Seconds, InclusionStrategy Strategy, SecurityClasses? Granted, ushort? Pin)
{
    /// <param name="usual">The strategy when the request names none.</param>
    public static JoinRequest Read(RequestFields fields, InclusionStrategy usual)
    {
        var request = new JoinRequest(
            InclusionFields.Seconds(fields), InclusionFields.Strategy(fields) ?? usual, InclusionFields.Classes(fields), InclusionFields.Pin(fields));
        var isForSecurity2 = request.Strategy is InclusionStrategy.Default or InclusionStrategy.S2Only;
        if (request is { Granted: null, Pin: null } || isForSecurity2) return request;
        fields.Refuse($"\"pin\" and \"classes\" are for Security 2, not for the strategy \"{InclusionWords.Of(request.Strategy)}\"");
        return request;
    }

    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);

    public KeyValuePair<string, PayloadValue>[] Describe() =>
        [new("time", PayloadValue.Of((decimal)Seconds)), new("strategy", PayloadValue.Of(InclusionWords.Of(Strategy)))];
}
