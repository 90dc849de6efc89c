using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bridge.Tests.Support;

/// <summary>A certificate authority of the test's own, with a broker's and a client's certificate.</summary>
internal sealed class BrokerCertificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly ECDsa _authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _brokerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <param name="brokerName">What the broker's certificate says it is.</param>
    public BrokerCertificates(string brokerName = "127.0.0.1")
    {
        var request = new CertificateRequest("CN=Authority of a test", _authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Authority = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        Broker = Sign(brokerName, _brokerKey);
        using var clientKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var client = Sign("client", clientKey);
        Client = client.CopyWithPrivateKey(clientKey);
    }

    public X509Certificate2 Authority { get; }

    public X509Certificate2 Broker { get; }

    public string BrokerKeyPem => _brokerKey.ExportECPrivateKeyPem();

    /// <summary>With its key.</summary>
    public X509Certificate2 Client { get; }

    public void Dispose()
    {
        Authority.Dispose();
        Broker.Dispose();
        Client.Dispose();
        _authorityKey.Dispose();
        _brokerKey.Dispose();
    }

    private X509Certificate2 Sign(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(Authority, Now.AddHours(-1), Now.AddHours(1), RandomNumberGenerator.GetBytes(8));
    }
}
