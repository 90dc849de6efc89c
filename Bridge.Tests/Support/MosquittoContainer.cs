using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace Bridge.Tests.Support;

/// <summary>
/// Mosquitto in a container. Compiled in packages mode only: the feed lacks parts of Testcontainers (docs/decisions/0003-stand-ins.md).
/// </summary>
internal sealed class MosquittoContainer : IMosquittoHost
{
    private const string Image = "eclipse-mosquitto:2.0.22";
    private IContainer? _container;

    public string ListenAddress => "0.0.0.0";

    public bool IsRoot => true;

    /// <summary>Null: no Docker is running here.</summary>
    public static MosquittoContainer? TryCreate()
    {
        try
        {
            _ = Builder().Build();
            return new MosquittoContainer();
        }
        catch (DockerUnavailableException)
        {
            return null;
        }
    }

    public async Task<bool> StartAsync(TemporaryFolder folder, int port, bool isVerbose)
    {
        _container = Builder()
            .WithPortBinding(port, port)
            .WithBindMount(folder.Path, folder.Path)
            .WithCommand(["mosquitto", "-c", folder["mosquitto.conf"], .. isVerbose ? ["-v"] : Array.Empty<string>()])
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged(" running"))
            .Build();
        await _container.StartAsync();
        return true;
    }

    public Task StopAsync() => _container?.StopAsync() ?? Task.CompletedTask;

    public async Task KillAsync()
    {
        if (_container is { } container) await container.DisposeAsync();
        _container = null;
    }

    public Task FreezeAsync() => _container!.PauseAsync();

    public Task ThawAsync() => _container!.UnpauseAsync();

    public async Task<string> LogAsync()
    {
        if (_container is not { } container) return "";
        var (output, errors) = await container.GetLogsAsync();
        return output + errors;
    }

    private static ContainerBuilder Builder() => new(Image);
}
