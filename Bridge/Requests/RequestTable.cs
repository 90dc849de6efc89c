namespace Bridge.Requests;

/// <summary>Every request there is, by name (docs/decisions/0005-explicit-registries.md).</summary>
public static class RequestTable
{
    public static IReadOnlyList<IBridgeRequest> Create(RequestContext context) =>
    [
        new DeviceAssociationsRequest(context),
        new DeviceConfigureRequest(context),
        new DeviceInterviewRequest(context),
        new DeviceOptionsRequest(context),
        new DevicePingRequest(context),
        new DeviceRefreshRequest(context),
        new DeviceRenameRequest(context),
        new DeviceResetMeterRequest(context),
        new HealthCheckRequest(context),
        new InfoRequest(context),
        new OptionsRequest(context),
        new RestartRequest(context),
    ];
}
