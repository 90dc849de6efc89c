using System.Globalization;
using Bridge.Commands;
using Bridge.Firmware;
using Bridge.Mqtt;
using Bridge.ZWave;
using Bridge.ZWave.Firmware;
using Bridge.ZWave.Wire;

namespace Bridge.Requests;

/// <summary>
/// <c>device/firmware/check</c>: {"id":2}, or the number or name alone. Asks the node what firmware it runs and how it takes a new one, and tells which file
/// there is for it.
/// </summary>
public sealed class DeviceFirmwareCheckRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/firmware/check";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WithNodeAsync(node, async (_, found) =>
        {
            try
            {
                var description = await context.Updates.DescribeAsync(node);
                var status = context.Updates.StatusOf(found);
                return context.Ok(node, [.. Describe(description, status)]);
            }
            catch (ZWaveException exception)
            {
                return FirmwareAnswers.Of(exception);
            }
        });
    }

    private IEnumerable<KeyValuePair<string, PayloadValue>> Describe(FirmwareDescription node, UpdateStatus? status)
    {
        yield return new("class_version", PayloadValue.Of((decimal)node.Version));
        yield return new("manufacturer_id", FirmwareAnswers.Id(node.ManufacturerId));
        yield return new("hardware_version", FirmwareAnswers.Number(node.HardwareVersion));
        yield return new("max_fragment_size", FirmwareAnswers.Number(node.MaximumFragmentSize));
        yield return new("can_resume", PayloadValue.Of(node.SupportsResume));
        yield return new("can_activate_later", PayloadValue.Of(node.SupportsActivation));
        yield return new("installed_version", FirmwareAnswers.Text(status?.InstalledVersion));
        yield return new("latest_version", FirmwareAnswers.Text(status?.LatestVersion));
        yield return new("targets", PayloadValue.Of([.. node.Targets.Select(target => PayloadFormat.Object(
        [
            new("target", PayloadValue.Of((decimal)target.Number)),
            new("firmware_id", FirmwareAnswers.Id(target.FirmwareId)),
            new("upgradable", PayloadValue.Of(target.IsUpgradable)),
            new("checksum", target.Checksum is { } checksum ? FirmwareAnswers.Id(checksum) : PayloadValue.Null),
            new("file", FirmwareAnswers.Text(context.Updates.Folder.Newest(node.ManufacturerId, target.FirmwareId)?.File)),
        ]))]));
    }
}

/// <summary>
/// <c>device/firmware/abort</c>: {"id":2}, or the number or name alone. Calls an update off; answers when it has ended.
/// </summary>
public sealed class DeviceFirmwareAbortRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/firmware/abort";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.Updates.AbortAsync(node)
            ? context.Ok(node, new KeyValuePair<string, PayloadValue>("state", PayloadValue.Of(UpdateStatus.Word(FirmwareState.Aborted))))
            : CommandOutcome.Refused($"no update of node {node} is under way that could be called off", "not_running");
    }
}

/// <summary><c>device/firmware/activate</c>: {"id":2}, or the number or name alone. Starts a firmware that was stored with "activate_later".</summary>
public sealed class DeviceFirmwareActivateRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/firmware/activate";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WithNodeAsync(node, (_, _) => FirmwareAnswers.OfAsync(context, node, () => context.Updates.ActivateAsync(node)));
    }
}

/// <summary>How requests about firmware are answered.</summary>
internal static class FirmwareAnswers
{
    /// <summary>Waits for an update and tells how it ended.</summary>
    public static async Task<CommandOutcome> OfAsync(RequestContext context, NodeId node, Func<Task<FirmwareProgress>> update)
    {
        try
        {
            var end = await update();
            var installed = await context.Network.ReadAsync(
                view => view.FindNode(node) is { } found ? context.Updates.StatusOf(found)?.InstalledVersion : null);
            return context.Ok(
                node,
                new("state", PayloadValue.Of(UpdateStatus.Word(end.State))),
                new("target", PayloadValue.Of((decimal)end.Target)),
                new("checksum", Id(end.Checksum)),
                new("installed_version", Text(installed)));
        }
        catch (ZWaveException exception)
        {
            return Of(exception);
        }
    }

    /// <summary>The words of an update tell more than those for commands.</summary>
    public static CommandOutcome Of(ZWaveException exception) => CommandOutcome.Refused(exception.Message, CommandError.Of(exception).Code);

    public static PayloadValue Id(ushort id) => PayloadValue.Of(string.Create(CultureInfo.InvariantCulture, $"0x{id:x4}"));

    public static PayloadValue Number(int? number) => number is { } known ? PayloadValue.Of((decimal)known) : PayloadValue.Null;

    public static PayloadValue Text(string? text) => text is null ? PayloadValue.Null : PayloadValue.Of(text);
}
