namespace Bridge.ZWave.Network;

/// <summary>What happened with one node in this run. Belongs to the network's loop.</summary>
public sealed class NodeCounters
{
    /// <summary>Commands it sent that were understood.</summary>
    public long CommandsReceived { get; set; }

    /// <summary>Commands to it that it acknowledged.</summary>
    public long CommandsSent { get; set; }

    /// <summary>Commands to it that it did not acknowledge, after every retry.</summary>
    public long CommandsFailed { get; set; }

    /// <summary>Meter readings that were not believed.</summary>
    public long MeterReadingsRejected { get; set; }
}
