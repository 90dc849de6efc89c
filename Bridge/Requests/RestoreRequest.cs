using Bridge.Commands;
using Bridge.Mqtt;

namespace Bridge.Requests;

/// <summary>
/// <c>restore</c>: {"file":"nvm-c0de2026-20260131T120000Z.bin","confirm":true}. Writes a backup into the stick's memory, which has to be of the same size, and
/// reads it back; what was in it is saved before. <c>force</c> takes the backup of another network, too. Answers when it is done.
/// </summary>
public sealed class RestoreRequest(RequestContext context) : IBridgeRequest
{
    public string What => "restore";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var file = fields.Text("file", isNeeded: true);
        var isConfirmed = fields.Flag("confirm") ?? false;
        var isForced = fields.Flag("force") ?? false;
        if (!isConfirmed && fields.Faults.Count == 0)
        {
            fields.Refuse("\"confirm\" has to be true: the stick's memory is replaced, with all nodes it knows");
        }

        if (fields.Faults.Count > 0 || file is null) return CommandOutcome.Refused(fields.Faults);
        if (await context.Network.ReadAsync(static view => NetworkAvailability.Refusal(view.Status)) is { } refusal) return refusal;
        var result = await context.Upkeep.Restore.RunAsync(file, isForced);
        return CommandOutcome.Ok(
            new("file", PayloadValue.Of(file)),
            new("size", PayloadValue.Of((decimal)result.SizeBytes)),
            new("before", PayloadValue.Of(Path.GetFileName(result.Before))));
    }
}
