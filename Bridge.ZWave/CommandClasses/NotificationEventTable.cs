namespace Bridge.ZWave.CommandClasses;

/// <summary>
/// The events of the notification types mains plugs and appliances use, one row each. States name the variable they are a value of: one
/// variable has one value at a time. Source: notification types and events of the specification, Notification V8.
/// </summary>
internal static class NotificationEventTable
{
    public static readonly IReadOnlyList<NotificationEvent> Rows =
    [
        State(NotificationEvents.Heat, 0x01, "Overheat (with location)", "temperature"),
        State(NotificationEvents.Heat, 0x02, "Overheat", "temperature"),
        OneShot(NotificationEvents.Heat, 0x03, "Rapid temperature rise (with location)"),
        OneShot(NotificationEvents.Heat, 0x04, "Rapid temperature rise"),
        State(NotificationEvents.Heat, 0x05, "Underheat (with location)", "temperature"),
        State(NotificationEvents.Heat, 0x06, "Underheat", "temperature"),
        State(NotificationEvents.Heat, 0x07, "Heat alarm test", "test"),
        State(NotificationEvents.Heat, 0x08, "End of life, replace", "replacement"),
        State(NotificationEvents.Heat, 0x09, "Alarm silenced", "silenced"),
        State(NotificationEvents.Heat, 0x0A, "Dust, maintenance required", "dust"),
        State(NotificationEvents.Heat, 0x0B, "Periodic inspection required", "inspection"),
        OneShot(NotificationEvents.Heat, 0x0C, "Rapid temperature fall (with location)"),
        OneShot(NotificationEvents.Heat, 0x0D, "Rapid temperature fall"),

        State(NotificationEvents.PowerManagement, 0x01, "Power applied", "power"),
        State(NotificationEvents.PowerManagement, 0x02, "Mains disconnected", "mains") with { HasIdle = false },
        State(NotificationEvents.PowerManagement, 0x03, "Mains reconnected", "mains") with { HasIdle = false },
        OneShot(NotificationEvents.PowerManagement, 0x04, "Surge"),
        OneShot(NotificationEvents.PowerManagement, 0x05, "Voltage drop"),
        State(NotificationEvents.PowerManagement, 0x06, "Over-current", "overCurrent"),
        State(NotificationEvents.PowerManagement, 0x07, "Over-voltage", "overVoltage"),
        State(NotificationEvents.PowerManagement, 0x08, "Over-load", "overLoad"),
        State(NotificationEvents.PowerManagement, 0x09, "Load error", "loadError"),
        State(NotificationEvents.PowerManagement, 0x0A, "Replace battery soon", "batteryReplacement"),
        State(NotificationEvents.PowerManagement, 0x0B, "Replace battery now", "batteryReplacement"),
        State(NotificationEvents.PowerManagement, 0x0C, "Battery is charging", "batteryCharging"),
        State(NotificationEvents.PowerManagement, 0x0D, "Battery is full", "batteryLevel"),
        State(NotificationEvents.PowerManagement, 0x0E, "Charge battery soon", "batteryLevel"),
        State(NotificationEvents.PowerManagement, 0x0F, "Charge battery now", "batteryLevel"),
        State(NotificationEvents.PowerManagement, 0x10, "Backup battery is low", "backupBatteryLevel"),
        State(NotificationEvents.PowerManagement, 0x11, "Battery fluid is low", "batteryFluid"),
        State(NotificationEvents.PowerManagement, 0x12, "Backup battery disconnected", "backupBatteryConnection"),

        State(NotificationEvents.System, 0x01, "Hardware failure", "hardware"),
        State(NotificationEvents.System, 0x02, "Software failure", "software"),
        State(NotificationEvents.System, 0x03, "Hardware failure (with the manufacturer's code)", "hardware"),
        State(NotificationEvents.System, 0x04, "Software failure (with the manufacturer's code)", "software"),
        OneShot(NotificationEvents.System, 0x05, "Heartbeat"),
        State(NotificationEvents.System, 0x06, "Cover removed", "cover"),
        State(NotificationEvents.System, 0x07, "Emergency shut-off", "shutOff"),
        OneShot(NotificationEvents.System, 0x08, "Digital input high"),

        OneShot(NotificationEvents.Emergency, 0x01, "Call the police"),
        OneShot(NotificationEvents.Emergency, 0x02, "Call the fire service"),
        OneShot(NotificationEvents.Emergency, 0x03, "Call the medical service"),
        OneShot(NotificationEvents.Emergency, 0x04, "Panic"),

        OneShot(NotificationEvents.Clock, 0x01, "Wake-up alert"),
        OneShot(NotificationEvents.Clock, 0x02, "Timer ended"),
        OneShot(NotificationEvents.Clock, 0x03, "Time remaining"),

        State(NotificationEvents.Appliance, 0x01, "Program started", "program"),
        State(NotificationEvents.Appliance, 0x02, "Program in progress", "program"),
        State(NotificationEvents.Appliance, 0x03, "Program completed", "program"),
        State(NotificationEvents.Appliance, 0x04, "Replace main filter", "filter"),
        State(NotificationEvents.Appliance, 0x05, "Set temperature failure", "temperatureFailure"),
        State(NotificationEvents.Appliance, 0x06, "Supplying water", "waterSupply"),
        State(NotificationEvents.Appliance, 0x07, "Water supply failure", "waterSupplyFailure"),
        State(NotificationEvents.Appliance, 0x08, "Boiling", "boiling"),
        State(NotificationEvents.Appliance, 0x09, "Boiling failure", "boilingFailure"),
        State(NotificationEvents.Appliance, 0x0A, "Washing", "washing"),
        State(NotificationEvents.Appliance, 0x0B, "Washing failure", "washingFailure"),
        State(NotificationEvents.Appliance, 0x0C, "Rinsing", "rinsing"),
        State(NotificationEvents.Appliance, 0x0D, "Rinsing failure", "rinsingFailure"),
        State(NotificationEvents.Appliance, 0x0E, "Draining", "draining"),
        State(NotificationEvents.Appliance, 0x0F, "Draining failure", "drainingFailure"),
        State(NotificationEvents.Appliance, 0x10, "Spinning", "spinning"),
        State(NotificationEvents.Appliance, 0x11, "Spinning failure", "spinningFailure"),
        State(NotificationEvents.Appliance, 0x12, "Drying", "drying"),
        State(NotificationEvents.Appliance, 0x13, "Drying failure", "dryingFailure"),
        State(NotificationEvents.Appliance, 0x14, "Fan failure", "fan"),
        State(NotificationEvents.Appliance, 0x15, "Compressor failure", "compressor"),
    ];

    private static NotificationEvent State(byte type, byte number, string name, string variable) => new(type, number, name, variable);

    private static NotificationEvent OneShot(byte type, byte number, string name) => new(type, number, name, Variable: null);
}
