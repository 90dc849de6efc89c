using System.Diagnostics.CodeAnalysis;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>A command without parameters, as most Gets are. Bytes behind it are ignored.</summary>
[SuppressMessage("Design", "CA1000", Justification = "Called through the record that derives from it, never with a type argument.")]
public abstract record EmptyCommand<TSelf>
    where TSelf : EmptyCommand<TSelf>, ICommand<TSelf>, new()
{
    public static DecodeError TryDecode(ref PayloadReader payload, out TSelf? command)
    {
        command = new();
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
    }

    public void Describe(FieldWriter fields)
    {
    }
}
