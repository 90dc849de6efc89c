using System.Globalization;
using Bridge.Mqtt;
using Bridge.ZWave.Network;
using Newtonsoft.Json;

namespace Bridge.Publishing;

/// <summary>What <c>bridge/info</c> says of the program itself. No secrets.</summary>
/// <param name="Version">"0.1.0".</param>
/// <param name="Broker">"broker.local:1883"; null: the built-in one.</param>
/// <param name="BaseTopic">As set.</param>
public sealed record ProgramInfo(string Version, string? Broker, string BaseTopic);

/// <summary>Keeps <c>bridge/info</c> true. Belongs to the network's loop.</summary>
/// <param name="logLevel">The level of the program's own log as of now: "info".</param>
/// <param name="joinUntil">Until when a node may join; null: none may.</param>
public sealed class InfoPublisher(
    INetworkView view, IMessageSink sink, TopicScheme topics, ProgramInfo program, Func<string> logLevel, Func<DateTimeOffset?> joinUntil) : INetworkObserver
{
    public void ControllerChanged(ControllerStatus status) => Publish();

    /// <summary>Publishes it as it is now.</summary>
    public void Publish() => sink.Publish(MqttMessages.Retained(topics.BridgeInfo, Document()));

    /// <summary>The document itself, for requests.</summary>
    public byte[] Document() => JsonPayload.Of(json =>
    {
        json.Member("version", program.Version);
        json.Member("home_id", StatusWords.Of(view.Identity?.HomeId));
        json.Object("controller", WriteController);
        json.Object("mqtt", members =>
        {
            members.Member("broker", program.Broker ?? "built-in");
            members.Member("base_topic", program.BaseTopic);
        });
        json.Member("log_level", logLevel());
        var until = joinUntil();
        json.Member("permit_join", until is not null);
        json.Member("permit_join_until", until?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        json.Member("restart_required", false);
    });

    private void WriteController(JsonTextWriter json)
    {
        json.Member("status", StatusWords.Of(view.Status));
        if (view.Identity is not { } identity) return;
        json.Member("node_id", identity.NodeId.Value);
        json.Member("library", identity.LibraryVersion);
        json.Member("protocol", identity.ProtocolVersion);
        json.Member("api", $"{identity.ApiVersion}.{identity.ApiRevision}");
        json.Member("series", identity.ChipType);
        json.Member("manufacturer_id", DeviceListJson.Hex(identity.ManufacturerId));
        json.Member("product_type_id", DeviceListJson.Hex(identity.ProductTypeId));
        json.Member("product_id", DeviceListJson.Hex(identity.ProductId));
        json.Member("primary", identity.IsPrimary);
        json.Member("nodes", view.OtherNodes.Count());
    }
}
