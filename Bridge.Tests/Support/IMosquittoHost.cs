namespace Bridge.Tests.Support;

/// <summary>What a <see cref="MosquittoBroker"/> runs in: a process here, or a container.</summary>
internal interface IMosquittoHost
{
    /// <summary>Where it must listen to be reached from here.</summary>
    string ListenAddress { get; }

    /// <summary>True when it would start as root and become another user, who cannot read our files.</summary>
    bool IsRoot { get; }

    /// <summary>Starts with the configuration file of a folder; false: it ended at once.</summary>
    /// <param name="isVerbose">It writes a line a packet.</param>
    Task<bool> StartAsync(TemporaryFolder folder, int port, bool isVerbose);

    /// <summary>Ends it in order.</summary>
    Task StopAsync();

    /// <summary>Ends it at once.</summary>
    Task KillAsync();

    Task FreezeAsync();

    Task ThawAsync();

    /// <summary>What it wrote so far.</summary>
    Task<string> LogAsync();
}
