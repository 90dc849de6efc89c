using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bridge.Tests.Support;

/// <summary>How a <see cref="MosquittoBroker"/> is set up.</summary>
internal sealed record MosquittoSettings
{
    private const int Iterations = 101;

    /// <summary>Only this user may connect.</summary>
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Retained messages and sessions outlive a restart.</summary>
    public bool KeepsMessages { get; init; }

    /// <summary>Encrypted, with these certificates.</summary>
    public BrokerCertificates? Certificates { get; init; }

    /// <summary>With <see cref="Certificates"/>: clients must show one, too.</summary>
    public bool WantsClientCertificate { get; init; }

    /// <summary>It writes a line a packet. False for tests that send so much that the lines would fill the memory.</summary>
    public bool IsVerbose { get; init; } = true;

    /// <summary>More lines of its configuration.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>The text of the configuration file; the files it names are written.</summary>
    public string Configuration(IMosquittoHost host, TemporaryFolder folder, int port)
    {
        var text = new StringBuilder();
        if (host.IsRoot) text.AppendLine("user root");
        text.AppendLine(CultureInfo.InvariantCulture, $"listener {port} {host.ListenAddress}").AppendLine("set_tcp_nodelay true");
        text.AppendLine(Username is null ? "allow_anonymous true" : "allow_anonymous false");
        if (Username is not null) text.AppendLine(CultureInfo.InvariantCulture, $"password_file {PasswordFile(folder)}");
        if (KeepsMessages) text.AppendLine("persistence true").AppendLine(CultureInfo.InvariantCulture, $"persistence_location {folder.Path}/");
        if (Certificates is { } certificates) AddCertificates(text, certificates, folder);
        foreach (var line in Lines) text.AppendLine(line);
        return text.ToString();
    }

    /// <summary>In the broker's own form: PBKDF2 with SHA-512.</summary>
    private string PasswordFile(TemporaryFolder folder)
    {
        var salt = RandomNumberGenerator.GetBytes(12);
        var hash = Rfc2898DeriveBytes.Pbkdf2(Password ?? "", salt, Iterations, HashAlgorithmName.SHA512, 64);
        var path = folder["passwords"];
        File.WriteAllText(path, $"{Username}:$7${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}\n");
        return path;
    }

    private void AddCertificates(StringBuilder text, BrokerCertificates certificates, TemporaryFolder folder)
    {
        File.WriteAllText(folder["ca.pem"], certificates.Authority.ExportCertificatePem());
        File.WriteAllText(folder["broker.pem"], certificates.Broker.ExportCertificatePem());
        File.WriteAllText(folder["broker.key"], certificates.BrokerKeyPem);
        text.AppendLine(CultureInfo.InvariantCulture, $"cafile {folder["ca.pem"]}");
        text.AppendLine(CultureInfo.InvariantCulture, $"certfile {folder["broker.pem"]}");
        text.AppendLine(CultureInfo.InvariantCulture, $"keyfile {folder["broker.key"]}");
        if (WantsClientCertificate) text.AppendLine("require_certificate true");
    }
}
