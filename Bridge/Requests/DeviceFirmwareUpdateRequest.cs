using System.Globalization;
using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.ZWave.Firmware;

namespace Bridge.Requests;

/// <summary>
/// <c>device/firmware/update</c>: {"id":2,"file":"7ffe-0003-1.3.hex"} with a file of the folder <c>firmware</c>, without <c>file</c> the newest one for the
/// node; {"id":2,"name":"plug.hex","data":"…"} with the file itself in Base64. <c>target</c>, <c>manufacturer_id</c>, <c>firmware_id</c> and
/// <c>hardware_version</c> say what it is for, <c>activate_later</c> stores it only, <c>force</c> sends also what the node runs already. Answers when the
/// update ended.
/// </summary>
public sealed class DeviceFirmwareUpdateRequest(RequestContext context) : IBridgeRequest
{
    // A file of text in Base64, with some fields around it.
    private const int MaximumPayload = ((FirmwareFile.MaximumFileLength + 2) / 3 * 4) + PayloadFormat.MaximumBytes;

    public string What => "device/firmware/update";

    public string? PlainKey => "id";

    public int MaximumBytes => MaximumPayload;

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        var target = fields.Number("target", 0, byte.MaxValue);
        var manufacturer = Id(fields, "manufacturer_id");
        var firmware = Id(fields, "firmware_id");
        var hardware = fields.Number("hardware_version", 0, byte.MaxValue);
        var activatesLater = fields.Flag("activate_later") ?? false;
        var force = fields.Flag("force") ?? false;
        var file = fields.Text("file");
        var image = Image(fields, file);
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WithNodeAsync(node, (_, _) => FirmwareAnswers.OfAsync(context, node, () =>
        {
            if (image is null) return context.Updates.InstallAsync(node);
            var told = file is null ? null : FirmwareFileName.Parse(file);
            var order = new FirmwareOrder(node, image)
            {
                Target = (byte)(target ?? 0),
                ManufacturerId = manufacturer ?? told?.ManufacturerId,
                FirmwareId = firmware ?? told?.FirmwareId,
                HardwareVersion = (byte?)hardware,
                ActivatesLater = activatesLater,
                AllowsSame = force,
            };
            return context.Updates.UpdateAsync(order, file);
        }));
    }

    // Null without a fault: the newest file is meant.
    private FirmwareImage? Image(RequestFields fields, string? file)
    {
        var name = fields.Text("name");
        var data = fields.Text("data");
        if (file is not null && (name ?? data) is not null)
        {
            fields.Refuse("\"file\" is a file of the folder, \"name\" and \"data\" are one of the request: not both");
        }

        if ((name is null) != (data is null)) fields.Refuse("\"name\" and \"data\" belong together");
        if (fields.Faults.Count > 0) return null;
        FirmwareImage? image = null;
        string? fault = null;
        if (file is not null)
        {
            if (!context.Updates.Folder.TryRead(file, out image, out fault)) fields.Refuse(fault);
        }
        else if (name is not null && data is not null)
        {
            var content = new byte[data.Length];
            if (!Convert.TryFromBase64String(data, content, out var length)) fields.Refuse("\"data\" is not Base64");
            else if (!FirmwareFile.TryRead(name, content.AsSpan(0, length), out image, out fault))
            {
                fields.Refuse($"\"{PayloadFormat.Shorten(name, 64)}\": {fault}");
            }
        }
        else if (fields.HasAnyOf("target", "manufacturer_id", "firmware_id", "hardware_version", "activate_later", "force"))
        {
            fields.Refuse("\"file\" is missing: without it the newest file is installed, and nothing else can be chosen");
        }

        return image;
    }

    private static ushort? Id(RequestFields fields, string key)
    {
        if (fields.Find(key) is not { } value) return null;
        var text = value.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? value.Text[2..] : value.Text;
        if (value.Kind == PayloadKind.Text && ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)) return id;
        if (value.Kind == PayloadKind.Number && value.Number is >= 0 and <= ushort.MaxValue && value.Number == decimal.Truncate(value.Number))
        {
            return (ushort)value.Number;
        }

        fields.Refuse(key, value, "it takes hex digits like \"0x7ffe\"");
        return null;
    }
}
