using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>A message without payload. Bytes that come all the same are ignored.</summary>
[SuppressMessage("Design", "CA1000", Justification = "Called through the record that derives from it, never with a type argument.")]
public abstract record EmptyMessage<TSelf>
    where TSelf : EmptyMessage<TSelf>, new()
{
    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out TSelf? message)
    {
        message = new();
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
    }

    public void Describe(FieldWriter fields)
    {
    }
}
