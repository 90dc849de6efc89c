using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Device Reset Locally (0x5A, V1): the node was reset by hand and leaves the network.</summary>
public static class DeviceResetLocallyCommandClass
{
    public static readonly CommandClassId Id = new(0x5A);

    public static readonly CommandClassDefinition Definition = new(Id, "DEVICE_RESET_LOCALLY", ImplementedVersion: 1,
    [
        CommandDefinition.Of<DeviceResetLocallyNotification>("DEVICE_RESET_LOCALLY_NOTIFICATION"),
    ]);
}

/// <summary>Device Reset Locally Notification (0x5A 0x01). No parameters.</summary>
/// <remarks>Source: management command class specification, Device Reset Locally Notification.</remarks>
/// <param name="IsCredible">
/// False when bytes follow that no version has: they tell of a bit error in another frame. The notification costs the node its place in
/// the network, so it is not believed then.
/// </param>
public sealed record DeviceResetLocallyNotification(bool IsCredible = true) : ICommand<DeviceResetLocallyNotification>
{
    public static CommandId CommandId => new(DeviceResetLocallyCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out DeviceResetLocallyNotification? command)
    {
        command = new(IsCredible: payload.IsAtEnd);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
    }

    public void Describe(FieldWriter fields)
    {
    }
}
