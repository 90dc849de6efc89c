using System.Globalization;
using Bridge.ZWave.Values;

namespace Bridge.ZWave.CommandClasses;

/// <summary>An event of a notification type.</summary>
/// <param name="Type">The notification type.</param>
/// <param name="Event">The event number within the type.</param>
/// <param name="Name">What it says, for people.</param>
/// <param name="Variable">
/// The state variable the event is a value of; null for a one-shot event. States with the same variable exclude each other, states of
/// different variables are independent.
/// </param>
public sealed record NotificationEvent(byte Type, byte Event, string Name, string? Variable)
{
    /// <summary>True when the event begins a state that lasts, false for something that merely happened.</summary>
    public bool IsState => Variable is not null;

    /// <summary>False for states that never become idle: only another state of the same variable ends them.</summary>
    public bool HasIdle { get; init; } = true;

    /// <summary>Where the state is kept.</summary>
    public PropertyId Property => NotificationCommandClass.State(Type, Event);

    internal ValueMetadata Metadata { get; } = new(Name);
}

/// <summary>Notification types by name and their events by number; the rows are in <see cref="NotificationEventTable"/>.</summary>
public static class NotificationEvents
{
    public const byte Heat = 0x04;
    public const byte PowerManagement = 0x08;
    public const byte System = 0x09;
    public const byte Emergency = 0x0A;
    public const byte Clock = 0x0B;
    public const byte Appliance = 0x0C;

    // By type number; 0 is not a type.
    private static readonly string[] s_typeNames =
    [
        "", "Smoke", "Carbon monoxide", "Carbon dioxide", "Heat", "Water", "Access control", "Home security", "Power management", "System",
        "Emergency", "Clock", "Appliance", "Home health", "Siren", "Water valve", "Weather", "Irrigation", "Gas", "Pest control",
        "Light sensor", "Water quality", "Home monitoring",
    ];

    private static readonly Dictionary<(byte Type, byte Event), NotificationEvent> s_events =
        NotificationEventTable.Rows.ToDictionary(static row => (row.Type, row.Event));

    private static readonly Dictionary<byte, NotificationEvent[]> s_states = NotificationEventTable.Rows
        .Where(static row => row.IsState)
        .GroupBy(static row => row.Type)
        .ToDictionary(static rows => rows.Key, static rows => rows.ToArray());

    /// <summary>Every event in the list, by type and number.</summary>
    public static IReadOnlyList<NotificationEvent> All => NotificationEventTable.Rows;

    /// <summary>The event, or null for one that is not in the list: then it is not known whether it lasts.</summary>
    public static NotificationEvent? Find(byte type, byte number) => s_events.GetValueOrDefault((type, number));

    /// <summary>Every state of a type; empty for types without states in the list.</summary>
    public static IReadOnlyList<NotificationEvent> StatesOf(byte type) => s_states.GetValueOrDefault(type, []);

    /// <summary>What people call a notification type; its number when it has no name here.</summary>
    public static string TypeName(byte type) =>
        type > 0 && type < s_typeNames.Length ? s_typeNames[type] : "type " + type.ToString(CultureInfo.InvariantCulture);
}
