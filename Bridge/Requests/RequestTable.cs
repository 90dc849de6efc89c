namespace Bridge.Requests;

/// <summary>Every request there is, by name (docs/decisions/0005-explicit-registries.md).</summary>
public static class RequestTable
{
    public static IReadOnlyList<IBridgeRequest> Create(RequestContext context) =>
    [
        new BackupRequest(context),
        new DeviceAssociationsRequest(context),
        new DeviceConfigureRequest(context),
        new DeviceFirmwareAbortRequest(context),
        new DeviceFirmwareActivateRequest(context),
        new DeviceFirmwareCheckRequest(context),
        new DeviceFirmwareUpdateRequest(context),
        new DeviceHealRequest(context),
        new DeviceInterviewRequest(context),
        new DeviceOptionsRequest(context),
        new DevicePingRequest(context),
        new DeviceRefreshRequest(context),
        new DeviceRemoveRequest(context),
        new DeviceRenameRequest(context),
        new DeviceReplaceRequest(context),
        new DeviceResetMeterRequest(context),
        new DeviceStatisticsRequest(context),
        new HealthCheckRequest(context),
        new InclusionDskRequest(context),
        new InclusionGrantRequest(context),
        new InfoRequest(context),
        new OptionsRequest(context),
        new PermitJoinRequest(context),
        new ProvisioningAddRequest(context),
        new ProvisioningListRequest(context),
        new ProvisioningRemoveRequest(context),
        new RemoveNodeRequest(context),
        new RestartRequest(context),
        new RestoreRequest(context),
    ];
}
