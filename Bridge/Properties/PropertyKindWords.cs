namespace Bridge.Properties;

/// <summary>Kinds of properties as users write them: in <c>bridge/devices</c> and in templates.</summary>
public static class PropertyKindWords
{
    /// <summary>"switch", "reset_meter".</summary>
    public static string Of(PropertyKind kind) => kind switch
    {
        PropertyKind.Switch => "switch",
        PropertyKind.Reading => "reading",
        PropertyKind.Overload => "overload",
        PropertyKind.Parameter => "parameter",
        PropertyKind.Protection => "protection",
        PropertyKind.NodeStatus => "node_status",
        PropertyKind.LastSeen => "last_seen",
        PropertyKind.ResetMeter => "reset_meter",
        PropertyKind.Identify => "identify",
        PropertyKind.ResetConfiguration => "reset_configuration",
        PropertyKind.Ping => "ping",
        PropertyKind.Update => "update",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
