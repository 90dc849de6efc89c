using Bridge.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bridge.Cli;

/// <summary>Where the settings are, and everything that is wrong with them.</summary>
internal static class SettingFaults
{
    /// <summary>Where <c>appsettings.json</c> is: the folder the program is started in, else beside the program.</summary>
    public static string Folder()
    {
        var here = Directory.GetCurrentDirectory();
        return File.Exists(Path.Combine(here, "appsettings.json")) ? here : AppContext.BaseDirectory;
    }

    /// <summary>Asks every validator of the host, as its start would.</summary>
    public static IReadOnlyList<string> Of(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        // What is no number cannot be read at all: the validators come after.
        if (SettingList.Faults(services.GetRequiredService<IConfiguration>()) is { Count: > 0 } faults) return faults;
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(static inner => inner is OptionsValidationException))
        {
            return [.. exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(static one => one.Failures)];
        }
    }

    /// <summary>A settings file that cannot be read: the outer message names the file, the innermost one the place in it.</summary>
    public static string Of(InvalidDataException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return $"{exception.Message} {exception.GetBaseException().Message}";
    }
}
