using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bridge.Mqtt;

namespace Bridge.Options;

/// <summary>Reads the files settings name. What is wrong is told with the path of the setting and the file, never with what is in it.</summary>
internal static class SettingFiles
{
    private const int LongestPassword = 65_535;

    /// <summary>The password of a file or of the setting itself; null: none, or a fault was added.</summary>
    public static string? Password(string section, string? password, string? file, List<string> faults, List<string> warnings)
    {
        var path = $"{section}:PasswordFile";
        if (string.IsNullOrEmpty(file)) return string.IsNullOrEmpty(password) ? null : password;
        if (!string.IsNullOrEmpty(password))
        {
            faults.Add($"{path}: {section}:Password is set, too; allowed: one of them");
            return null;
        }

        if (Read(path, file, faults, static name => File.ReadLines(name).FirstOrDefault() ?? string.Empty) is not { } line) return null;
        if (line.Length is 0 or > LongestPassword)
        {
            var what = line.Length == 0 ? "empty" : "too long";
            faults.Add($"{path}: the first line of '{file}' is {what}; allowed: a password of 1 to {LongestPassword} characters");
            return null;
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
        {
            warnings.Add($"{path}: everybody on this machine can read '{file}' (chmod 600 it)");
        }

        return line;
    }

    /// <summary>The certificates of <c>Mqtt:Tls</c>; every file that cannot be used is a fault.</summary>
    public static MqttTls Tls(MqttTlsOptions options, List<string> faults)
    {
        const string section = $"{MqttOptions.Section}:{nameof(MqttOptions.Tls)}";
        var authorities = string.IsNullOrEmpty(options.CaFile) ? null : Read($"{section}:CaFile", options.CaFile, faults, static file =>
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            return found.Count > 0 ? found : throw new CryptographicException("it holds no certificate in PEM form");
        });
        if (string.IsNullOrEmpty(options.CertificateFile) && !string.IsNullOrEmpty(options.KeyFile))
        {
            faults.Add($"{section}:KeyFile: there is no certificate for it; set {section}:CertificateFile");
        }

        var own = string.IsNullOrEmpty(options.CertificateFile)
            ? null
            : Read($"{section}:CertificateFile", options.CertificateFile, faults, file => Certificate(file, options));
        var serverName = string.IsNullOrWhiteSpace(options.ServerName) ? null : options.ServerName;
        return new() { Authorities = authorities, ClientCertificate = own, ServerName = serverName };
    }

    private static X509Certificate2 Certificate(string file, MqttTlsOptions options)
    {
        var password = string.IsNullOrEmpty(options.CertificatePassword) ? null : options.CertificatePassword;
        if (X509Certificate2.GetCertContentType(file) == X509ContentType.Pkcs12) return X509CertificateLoader.LoadPkcs12FromFile(file, password);
        var key = string.IsNullOrEmpty(options.KeyFile) ? null : options.KeyFile;
        if (key is not null && !File.Exists(key)) throw new IOException($"the key file '{key}' does not exist");
        return password is null ? X509Certificate2.CreateFromPemFile(file, key) : X509Certificate2.CreateFromEncryptedPemFile(file, password, key);
    }

    private static T? Read<T>(string path, string file, List<string> faults, Func<string, T> read)
        where T : class
    {
        try
        {
            return read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            faults.Add($"{path}: '{file}' cannot be used ({exception.Message.ReplaceLineEndings(" ")}); allowed: a file that can be read");
            return null;
        }
    }
}
