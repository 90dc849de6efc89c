using Bridge.Options;
using Bridge.Publishing;
using Bridge.ZWave.Storage;
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
    /// <param name="presets">Settings that win over file and environment, not over the command line; null: none.</param>
    /// <param name="change">Changes to what is registered, before the host is made; null: none.</param>
    public static IHost Build(IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string?>? presets = null,
        Action<HostApplicationBuilder>? change = null)
    {
        // Settings are read once. Watching their files costs an inotify instance, which containers often do not have.
        var hostSettings = new ConfigurationManager { ["hostBuilder:reloadConfigOnChange"] = "false" };
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [.. arguments],
            ContentRootPath = folder,
            Configuration = hostSettings,
        });
        if (presets is not null) builder.Configuration.AddInMemoryCollection(presets).AddCommandLine([.. arguments]);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(static options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
        });

        // Changed while we run, so the level of the settings is only where it begins. Levels of single categories stay as they are set.
        var isSet = Enum.TryParse<LogLevel>(builder.Configuration["Logging:LogLevel:Default"], ignoreCase: true, out var set);
        var level = new LogLevelSwitch(isSet ? set : LogLevel.Information);
        builder.Logging.AddFilter((category, asked) => asked >= level.Level);
        builder.Services.AddSingleton(level);
        builder.Services.AddSingleton<MqttLoggerProvider>();
        builder.Services.AddSingleton<ILoggerProvider>(static services => services.GetRequiredService<MqttLoggerProvider>());

        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(UnknownSettings.Of(builder.Configuration));
        builder.Services.AddOptions<ZWaveOptions>().BindConfiguration(ZWaveOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ZWaveOptions>, ZWaveOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<ZWaveOptions>, KeysFileValidator>();
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart()
            .PostConfigure(static options =>
            {
                if (string.IsNullOrWhiteSpace(options.Directory)) options.Directory = StateDirectory.Default();
            });
        builder.Services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        builder.Services.AddOptions<MqttOptions>().BindConfiguration(MqttOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MqttOptions>, MqttOptionsValidator>();
        builder.Services.AddOptions<HomeAssistantOptions>().BindConfiguration(HomeAssistantOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<HomeAssistantOptions>, HomeAssistantOptionsValidator>();
        builder.Services.AddOptions<DevicesOptions>().BindConfiguration(DevicesOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<DevicesOptions>, DevicesOptionsValidator>();
        builder.Services.AddSingleton(static services => new Lazy<BridgeSettings>(() => BridgeSettings.Read(
            services.GetRequiredService<IOptions<ZWaveOptions>>(), services.GetRequiredService<IOptions<StorageOptions>>(),
            services.GetRequiredService<IOptions<MqttOptions>>(), services.GetRequiredService<IOptions<HomeAssistantOptions>>(),
            services.GetRequiredService<IOptions<DevicesOptions>>())));
        builder.Services.AddSingleton(static services => new NetworkKeyStore(
            () => services.GetRequiredService<IOptions<ZWaveOptions>>().Value.File(
                services.GetRequiredService<IOptions<StorageOptions>>().Value.Directory!, services.GetRequiredService<TimeProvider>()),
            Volume.Fault));
        builder.Services.AddSingleton(new BridgeWorkerOptions());
        builder.Services.AddSingleton<BridgeWorker>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<BridgeWorker>());
        change?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Starts and stops when told; takes no signals of its own.</summary>
    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
