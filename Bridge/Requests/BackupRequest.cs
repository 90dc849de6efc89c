using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.ZWave.Upkeep;

namespace Bridge.Requests;

/// <summary>
/// <c>backup</c>: saves the stick's memory to a file in the folder <c>backups</c> of the storage directory, and answers with its name when that is done, after
/// some seconds in which nothing is sent or heard. Takes <c>{}</c>; an empty payload is refused, because it is how a retained request is cleared.
/// </summary>
public sealed class BackupRequest(RequestContext context) : IBridgeRequest
{
    public string What => "backup";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.IsEmpty) fields.Refuse("the payload is empty; backup takes {}");
        if (fields.Faults.Count > 0) return CommandOutcome.Refused(fields.Faults);
        if (await context.Network.ReadAsync(static view => NetworkAvailability.Refusal(view.Status)) is { } refusal) return refusal;
        var result = await context.Upkeep.Backup.RunAsync(NvmBackupReason.Request);
        if (result.File is not { } file) return CommandOutcome.Refused(result.Reason ?? string.Empty, CommandError.CodeOf(result.Code));
        return CommandOutcome.Ok(new("file", PayloadValue.Of(Path.GetFileName(file))), new("size", PayloadValue.Of((decimal)result.SizeBytes)));
    }
}
