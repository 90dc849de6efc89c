using System.Text;

namespace Bridge.ZWave.Serial;

/// <summary>Says to a person why a serial port could not be opened and what to do about it.</summary>
internal sealed class SerialPortFault(string path, SerialPortList ports)
{
    /// <summary>The fault behind an exception of the serial library.</summary>
    public SerialPortException From(string device, Exception cause) => ErrorNumber.Of(cause) switch
    {
        ErrorNumber.NoSuchFile or ErrorNumber.NoSuchDevice or ErrorNumber.NoSuchDeviceOrAddress => NotThere(device, cause),
        ErrorNumber.AccessDenied => new(Denied(device, FileOwnership.Of(device), ProcessIdentity.Current()), cause),
        ErrorNumber.NotPermitted => new($"{Named(device)} may not be used by this container: "
            + "pass the device to it (docker: --device, compose: devices)", cause),
        ErrorNumber.Busy => new(Busy(device, FileUsers.Of(device)), cause),
        ErrorNumber.NotATerminal => new($"{Named(device)} is not a serial port", cause),
        ErrorNumber.None when cause is UnauthorizedAccessException => new(Busy(device, []), cause),
        _ => new($"{Named(device)} cannot be opened: {cause.Message}", cause),
    };

    /// <summary>Nothing is at the path; tells what there is.</summary>
    public SerialPortException NotThere(string device, Exception? cause = null)
    {
        var text = new StringBuilder(Named(device)).Append(" is not there (unplugged, or not passed to this container?). ");
        var found = ports.Find();
        if (found.Count == 0) text.Append("There is no serial port at all.");
        else text.Append("Ports found: ").AppendJoin(", ", found.Select(port => port.Path)).Append('.');
        return new(text.ToString(), cause);
    }

    /// <summary>The file's owner and mode keep us out.</summary>
    public string Denied(string device, FileOwnership? file, ProcessIdentity? self)
    {
        var text = new StringBuilder(Named(device)).Append(" may not be opened by this user");
        if (file is not null) text.Append(": it belongs to ").Append(file);
        if (self is not null) text.Append(file is null ? ": " : "; ").Append("this program runs as ").Append(self);
        var group = file is { GroupMayUse: true, Group.Id: not 0 } ? file.Group.Name ?? file.Group.Id.ToString() : "dialout";
        return text.Append($". Add the user to the group {group} (sudo usermod -aG {group} <user>, then log in again; ")
            .Append($"docker: --group-add {group}).").ToString();
    }

    /// <summary>Another program holds the port.</summary>
    public string Busy(string device, IReadOnlyList<string> users) => users.Count == 0
        ? $"{Named(device)} is in use by another program; only one can talk to a stick. Stop the other one first."
        : $"{Named(device)} is in use by {string.Join(", ", users)}; only one program can talk to a stick. Stop the other one first.";

    private string Named(string device) =>
        device == path ? $"the serial port {path}" : $"the serial port {path} (a link to {device})";
}
