using Bridge.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge;

/// <summary>Everything the host is made of.</summary>
public static class BridgeServices
{
    /// <summary>
    /// A host for <c>run</c>: settings from <c>appsettings.json</c>, the environment, the command line, in this order; log lines to the
    /// console. Signals are left to the caller, who stops the host.
    /// </summary>
    /// <param name="arguments">Settings of the command line.</param>
    /// <param name="folder">Where <c>appsettings.json</c> is.</param>
    /// <exception cref="InvalidDataException">A settings file cannot be read.</exception>
    public static IHost Build(IReadOnlyList<string> arguments, string folder)
    {
        // Settings are read once. Watching their files costs an inotify instance, which containers often do not have.
        var hostSettings = new ConfigurationManager { ["hostBuilder:reloadConfigOnChange"] = "false" };
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [.. arguments],
            ContentRootPath = folder,
            Configuration = hostSettings,
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(static options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
        });

        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(UnknownSettings.Of(builder.Configuration));
        builder.Services.AddOptions<ZWaveOptions>().BindConfiguration(ZWaveOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ZWaveOptions>, ZWaveOptionsValidator>();
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart()
            .PostConfigure(static options =>
            {
                if (string.IsNullOrWhiteSpace(options.Directory)) options.Directory = StateDirectory.Default();
            });
        builder.Services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        builder.Services.AddSingleton<BridgeWorker>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<BridgeWorker>());
        return builder.Build();
    }

    /// <summary>Starts and stops when told; takes no signals of its own.</summary>
    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
