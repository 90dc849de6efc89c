using Bridge.Options;
using Bridge.ZWave.Security;
using Bridge.ZWave.Storage;

namespace Bridge;

/// <summary>The keys of the network for one run of the program.</summary>
/// <param name="file">Where they are kept; null: nowhere, they are generated and forgotten.</param>
public sealed class NetworkKeyStore(Func<KeyFile>? file)
{
    /// <summary>Null until they were prepared.</summary>
    public NetworkKeys? Keys { get; private set; }

    /// <summary>What the owner of the file should know.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Reads the keys; generates what is missing. Once: asked again it does nothing.</summary>
    /// <returns>Why there are no keys, each with its setting; empty: there are.</returns>
    public IReadOnlyList<string> Prepare()
    {
        if (Keys is not null) return [];
        if (file is null)
        {
            Keys = NetworkKeys.Generate();
            return [];
        }

        var kept = file();
        try
        {
            var reading = kept.Prepare();
            if (reading.Faults.Count > 0) return [.. reading.Faults.Select(static fault => $"{KeysFileValidator.Setting}: {fault}")];
            Warnings = [.. reading.Warnings.Select(static warning => $"{KeysFileValidator.Setting}: {warning}")];
            Keys = reading.Keys.ToNetworkKeys();
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            const string allowed = "allowed: path of a file that can be read and written";
            return [$"{KeysFileValidator.Setting}: '{kept.Path}' cannot be written ({exception.Message}); {allowed}"];
        }
    }
}
