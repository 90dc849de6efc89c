using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;

namespace Bridge.Requests;

/// <summary>
/// Whoever decides while keys are exchanged, on MQTT: what a request said beforehand, else what is answered on <c>inclusion/grant</c> and
/// <c>inclusion/dsk</c>. Any thread may call.
/// </summary>
public sealed class InclusionUsers
{
    private volatile KeyExchangeDialog? _asking;

    /// <summary>A question was asked. On the network's loop.</summary>
    public event Action<InclusionEvent>? Asked;

    /// <summary>Who asked last; null: nobody did.</summary>
    public KeyExchangeDialog? Asking => _asking;

    /// <summary>A user for one inclusion.</summary>
    /// <param name="granted">What to grant; null: it is asked for.</param>
    /// <param name="pin">The number on the label; null: it is asked for.</param>
    public KeyExchangeDialog Create(SecurityClasses? granted, ushort? pin)
    {
        var dialog = new KeyExchangeDialog(granted, pin);
        dialog.Asked += question =>
        {
            _asking = dialog;
            Asked?.Invoke(question);
        };
        return dialog;
    }
}
