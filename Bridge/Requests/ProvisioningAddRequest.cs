using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.Requests;

/// <summary>
/// <c>provisioning/add</c>: {"dsk":"34028-23669-…"} or {"qr":"9001…"}, with <c>classes</c> and <c>name</c> as wanted. The device joins by itself when it gets
/// power, with the keys it requests of these. An entry of the same DSK is replaced. Works without the controller.
/// </summary>
public sealed class ProvisioningAddRequest(RequestContext context) : IBridgeRequest
{
    private static readonly SecurityClasses s_usual =
        SecurityClasses.Of(SecurityClass.S2AccessControl, SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated);

    public string What => "provisioning/add";

    public string? PlainKey => "dsk";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var (dsk, requested) = Read(fields);
        var classes = InclusionFields.Classes(fields)?.Without(SecurityClass.S0);
        var name = fields.Text("name");
        if (classes is { IsEmpty: true }) fields.Refuse("\"classes\" has to name a class of Security 2: SmartStart knows no other");
        if (name is not null && TopicNames.NameFault(name, NodeId.None) is { } nameFault) fields.Refuse(nameFault);
        if (fields.Faults.Count > 0 || dsk is null) return CommandOutcome.Refused(fields.Faults);
        var entry = new ProvisioningEntry(dsk, classes ?? requested, name);
        await context.Inclusion.ProvisionAsync(entry);
        return CommandOutcome.Ok(ProvisioningListRequest.Describe(entry));
    }

    // A QR code is longer than a DSK: whoever writes one into the place of the other means it.
    private static (Dsk? Dsk, SecurityClasses Requested) Read(RequestFields fields)
    {
        var (dskText, qrText) = (Digits(fields, "dsk"), Digits(fields, "qr"));
        if ((dskText ?? qrText) is not { } text)
        {
            if (fields.Faults.Count == 0) fields.Refuse("\"dsk\" or \"qr\" is missing: eight groups of five digits, or the text of the QR code");
            return default;
        }

        if (dskText is not null && qrText is not null) fields.Refuse("\"dsk\" and \"qr\" say the same; give one of them");
        if (qrText is null && Dsk.TryParse(text, out var dsk)) return (dsk, s_usual);
        if (qrText is null && !QrCode.LooksLikeOne(text))
        {
            fields.Refuse("\"dsk\" has to be eight groups of five digits, each 00000..65535, as on the label");
            return default;
        }

        if (!QrCode.TryParse(text, out var code, out var fault))
        {
            fields.Refuse(fault);
            return default;
        }

        if (!code.IsSmartStart) fields.Refuse("the device does not know SmartStart; use permit_join, with the first five digits of its key as \"pin\"");
        var requested = code.Requested.Without(SecurityClass.S0);
        return (code.Dsk, requested.IsEmpty ? s_usual : requested);
    }

    private static string? Digits(RequestFields fields, string key)
    {
        if (fields.Find(key) is not { } value) return null;
        if (value.Kind is PayloadKind.Text) return value.Text.Trim();
        fields.Refuse($"\"{key}\" takes text: numbers of that length lose digits");
        return null;
    }
}
