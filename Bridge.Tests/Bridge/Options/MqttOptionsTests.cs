using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bridge.Mqtt;
using Bridge.Options;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Options;

public sealed class MqttOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Defaults_are_the_built_in_broker_on_this_machine()
    {
        var settings = Good(new());
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 1883), settings.Embedded?.Listen);
        Assert.Equal(("zwbridge", MqttProtocol.Version5, true), (settings.BaseTopic, settings.Protocol, settings.Retain));
        var request = settings.Request("zwbridge-e1a2b3c4");
        Assert.Equal(("127.0.0.1", 1883, "zwbridge-e1a2b3c4"), (request.Host, request.Port, request.ClientId));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(100)), (settings.KeepAlive, settings.Join));
    }

    [Theory]
    [InlineData("broker.local", null, "broker.local", 1883, false)]
    [InlineData("192.0.2.1", 1884, "192.0.2.1", 1884, false)]
    [InlineData("broker:1884", null, "broker", 1884, false)]
    [InlineData("mqtt://broker", null, "broker", 1883, false)]
    [InlineData("mqtt://broker:1884/", null, "broker", 1884, false)]
    [InlineData("mqtts://broker", null, "broker", 8883, true)]
    [InlineData("MQTTS://broker:8884", null, "broker", 8884, true)]
    [InlineData("[2001:db8::1]:1884", null, "2001:db8::1", 1884, false)]
    [InlineData("2001:db8::1", null, "2001:db8::1", 1883, false)]
    [InlineData("broker:1884", 1884, "broker", 1884, false)]
    public void Host_is_taken_apart(string host, int? port, string name, int expected, bool isEncrypted)
    {
        var settings = Good(new() { Host = host, Port = port });
        var request = settings.Request("id");
        Assert.Equal((name, expected, isEncrypted), (request.Host, request.Port, request.Tls is not null));
        Assert.Null(settings.Embedded);
    }

    [Theory]
    [InlineData("ws://broker")]
    [InlineData("mqtt://broker/path")]
    [InlineData("broker:0")]
    [InlineData("broker:70000")]
    [InlineData("broker:1884:1")]
    [InlineData("bro ker")]
    [InlineData("[2001:db8::1")]
    public void Host_in_no_form_is_refused_with_the_forms(string host) =>
        Assert.Contains($"'{host}'", Fault("Mqtt:Host", new() { Host = host }), StringComparison.Ordinal);

    [Fact]
    public void Host_with_a_password_in_it_is_refused_without_repeating_it() =>
        Assert.DoesNotContain("geheim", Fault("Mqtt:Host", new() { Host = "mqtt://anna:geheim@broker" }), StringComparison.Ordinal);

    [Fact]
    public void Two_ports_are_refused() => Fault("Mqtt:Host", new() { Host = "broker:1884", Port = 1885 });

    [Fact]
    public void Plain_scheme_with_tls_is_refused() => Fault("Mqtt:Host", new() { Host = "mqtt://broker", Tls = new() { Enabled = true } });

    [Theory]
    [InlineData("5", MqttProtocol.Version5)]
    [InlineData("5.0", MqttProtocol.Version5)]
    [InlineData("3.1.1", MqttProtocol.Version311)]
    [InlineData("311", MqttProtocol.Version311)]
    [InlineData("4", MqttProtocol.Version311)]
    public void Protocol_version_is_spelled_as_people_spell_it(string text, MqttProtocol expected) =>
        Assert.Equal(expected, Good(new() { ProtocolVersion = text }).Protocol);

    [Theory]
    [InlineData("change", LastSeenMode.Change)]
    [InlineData("Always", LastSeenMode.Always)]
    [InlineData("off", LastSeenMode.Off)]
    public void Last_seen_has_three_modes(string text, LastSeenMode expected) => Assert.Equal(expected, Good(new() { LastSeen = text }).LastSeen);

    [Fact]
    public void Every_fault_is_told_at_once_with_path_and_what_is_allowed()
    {
        var faults = Faults(new()
        {
            Host = "http://broker",
            Port = 0,
            BaseTopic = "a/+",
            ProtocolVersion = "6",
            LastSeen = "sometimes",
            KeepAliveSeconds = 0,
            JoinMilliseconds = -1,
            ClientId = "a\0b",
            Password = "geheim",
            PasswordFile = "also",
            Embedded = new() { Listen = "nowhere", MaximumConnections = 0, MaximumPacketSize = 1, MaximumQueue = 0 },
        });
        string[] paths =
        [
            "Mqtt:BaseTopic", "Mqtt:ClientId", "Mqtt:Embedded:Listen", "Mqtt:Embedded:MaximumConnections", "Mqtt:Embedded:MaximumPacketSize",
            "Mqtt:Embedded:MaximumQueue", "Mqtt:Host", "Mqtt:JoinMilliseconds", "Mqtt:KeepAliveSeconds", "Mqtt:LastSeen", "Mqtt:PasswordFile", "Mqtt:Port",
            "Mqtt:ProtocolVersion",
        ];
        Assert.Equal(paths, faults.Select(static fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]).Order());
        Assert.All(faults, static fault => Assert.Contains("allowed", fault, StringComparison.Ordinal));
        Assert.DoesNotContain(faults, static fault => fault.Contains("geheim", StringComparison.Ordinal));
    }

    [Fact]
    public void Password_is_the_first_line_of_its_file()
    {
        File.WriteAllText(_folder["password"], "geheim\r\nsecond line\n");
        Assert.Equal("geheim", Good(new() { Host = "broker", Username = "anna", PasswordFile = _folder["password"] }).Request("id").Password);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Password_file_everybody_can_read_is_a_warning_without_its_content()
    {
        var file = _folder["password"];
        File.WriteAllText(file, "geheim");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var options = new MqttOptions { Host = "broker", Username = "anna", PasswordFile = file };
        var warning = Assert.Single(Good(options).Warnings);
        Assert.Contains(file, warning, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", warning, StringComparison.Ordinal);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        Assert.Empty(Good(options).Warnings);
    }

    [Fact]
    public void Password_file_that_is_missing_or_empty_is_refused()
    {
        Fault("Mqtt:PasswordFile", new() { Host = "broker", Username = "anna", PasswordFile = _folder["missing"] });
        File.WriteAllText(_folder["empty"], "");
        Fault("Mqtt:PasswordFile", new() { Host = "broker", Username = "anna", PasswordFile = _folder["empty"] });
    }

    [Fact]
    public void Password_without_a_user_is_refused() => Fault("Mqtt:Username", new() { Host = "broker", Password = "geheim" });

    [Theory]
    [InlineData("0.0.0.0:1883")]
    [InlineData("192.0.2.1:1883")]
    [InlineData("[::]:1883")]
    public void Built_in_broker_that_others_can_reach_needs_a_password(string listen)
    {
        Fault("Mqtt:Embedded:Listen", new() { Embedded = new() { Listen = listen } });
        var settings = Good(new() { Embedded = new() { Listen = listen, Username = "anna", Password = "geheim" } });
        Assert.Equal(("anna", "geheim"), (settings.Request("id").Username, settings.Request("id").Password));
    }

    [Fact]
    public void Built_in_broker_that_listens_everywhere_is_reached_on_this_machine()
    {
        var settings = Good(new() { Embedded = new() { Listen = "0.0.0.0:0", Username = "anna", Password = "geheim" } });
        Assert.Equal(("127.0.0.1", 4711), settings.Request("id", new(IPAddress.Any, 4711)) is var request ? (request.Host, request.Port) : default);
    }

    [Fact]
    public void Certificates_are_read_from_their_files()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(_folder["ca.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_folder["key.pem"], key.ExportPkcs8PrivateKeyPem());
        var tls = Good(new()
        {
            Host = "mqtts://broker",
            Tls = new() { CaFile = _folder["ca.pem"], CertificateFile = _folder["ca.pem"], KeyFile = _folder["key.pem"], ServerName = "other" },
        }).Tls!;
        Assert.Equal(("CN=test", "CN=test", "other"), (Assert.Single(tls.Authorities!).Subject, tls.ClientCertificate!.Subject, tls.ServerName));
        Assert.True(tls.ClientCertificate.HasPrivateKey);
    }

    [Fact]
    public void Certificates_that_cannot_be_read_are_refused_each_with_its_path()
    {
        File.WriteAllText(_folder["ca.pem"], "no certificate");
        var faults = Faults(new()
        {
            Host = "broker",
            Tls = new() { Enabled = true, CaFile = _folder["ca.pem"], CertificateFile = _folder["missing.pem"] },
        });
        Assert.Equal(["Mqtt:Tls:CaFile", "Mqtt:Tls:CertificateFile"], faults.Select(static fault => fault.Split(": ")[0]));
    }

    [Fact]
    public void Client_id_of_a_network_has_its_home_id()
    {
        Assert.Equal("zwbridge-e1a2b3c4", MqttSettings.DefaultClientId(new(0xE1A2B3C4), "home/zwave"));
        Assert.Equal("zwbridge-home-zwave", MqttSettings.DefaultClientId(null, "home/zwave"));
        Assert.Equal("mine", Good(new() { ClientId = "mine" }).Request("zwbridge-e1a2b3c4").ClientId);
    }

    private static MqttSettings Good(MqttOptions options)
    {
        List<string> faults = [];
        var settings = MqttSettings.Read(options, faults);
        Assert.Empty(faults);
        return settings;
    }

    private static string[] Faults(MqttOptions options) => [.. new MqttOptionsValidator().Validate(null, options).Failures!];

    private static string Fault(string path, MqttOptions options)
    {
        var fault = Assert.Single(Faults(options));
        Assert.StartsWith(path + ": ", fault, StringComparison.Ordinal);
        return fault;
    }
}
