using System.Security.Cryptography.X509Certificates;
using Bridge.Mqtt;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Mqtt;

/// <summary>Encrypted connections to a real Mosquitto.</summary>
public sealed class TlsLinkTests
{
    [Fact]
    public async Task A_certificate_of_a_trusted_authority_with_the_right_name_is_accepted()
    {
        using var certificates = new BrokerCertificates();
        await using var broker = await MosquittoBroker.StartAsync(new() { Certificates = certificates });
        await using var probe = NewProbe();
        await probe.Link.ConnectAsync(Request(broker, Trusting(certificates)), CancellationToken.None);
        await probe.SubscribeAsync(new MqttSubscription("a"));
        await probe.PublishAsync("a", new string('x', 100_000));
        Assert.Equal(100_000, (await probe.NextAsync()).Payload.Length);
    }

    [Fact]
    public async Task The_name_in_the_certificate_may_be_another_than_the_host_when_it_is_set()
    {
        using var certificates = new BrokerCertificates("broker.example");
        await using var broker = await MosquittoBroker.StartAsync(new() { Certificates = certificates });
        await using var probe = NewProbe();
        var wrong = await RefusedAsync(probe, Request(broker, Trusting(certificates)));
        Assert.Contains("certificate", wrong.Message, StringComparison.Ordinal);
        await probe.Link.ConnectAsync(Request(broker, Trusting(certificates) with { ServerName = "broker.example" }), CancellationToken.None);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused_and_the_reason_told()
    {
        using var certificates = new BrokerCertificates();
        using var others = new BrokerCertificates();
        await using var broker = await MosquittoBroker.StartAsync(new() { Certificates = certificates });
        await using var probe = NewProbe();
        Assert.Contains("certificate", (await RefusedAsync(probe, Request(broker, Trusting(others)))).Message, StringComparison.Ordinal);
        Assert.Contains("certificate", (await RefusedAsync(probe, Request(broker, new MqttTls()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_wants_a_certificate_of_ours_gets_it_and_without_one_refuses()
    {
        using var certificates = new BrokerCertificates();
        await using var broker = await MosquittoBroker.StartAsync(new() { Certificates = certificates, WantsClientCertificate = true });
        await using var probe = NewProbe();
        await RefusedAsync(probe, Request(broker, Trusting(certificates)));
        await probe.Link.ConnectAsync(
            Request(broker, Trusting(certificates) with { ClientCertificate = certificates.Client }), CancellationToken.None);
    }

    [Fact]
    public async Task A_broker_without_TLS_is_told_as_such_and_does_not_hang()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var probe = NewProbe();
        await Assert.ThrowsAsync<MqttLinkException>(
            () => probe.Link.ConnectAsync(Request(broker, new MqttTls()), CancellationToken.None).WaitAsync(LinkProbe.Limit, TimeProvider.System));
    }

    private static LinkProbe NewProbe() => new(new MqttNetLink(TimeProvider.System));

    private static MqttTls Trusting(BrokerCertificates certificates) => new() { Authorities = new X509Certificate2Collection(certificates.Authority) };

    private static MqttConnectRequest Request(MosquittoBroker broker, MqttTls tls) =>
        new("127.0.0.1", broker.Port, "tls-test") { Tls = tls, Limit = TimeSpan.FromSeconds(30) };

    private static async Task<MqttLinkException> RefusedAsync(LinkProbe probe, MqttConnectRequest request)
    {
        var failure = await Assert.ThrowsAsync<MqttLinkException>(
            () => probe.Link.ConnectAsync(request, CancellationToken.None).WaitAsync(LinkProbe.Limit, TimeProvider.System));
        Assert.Equal(MqttLinkFailure.Tls, failure.Failure);
        return failure;
    }
}
