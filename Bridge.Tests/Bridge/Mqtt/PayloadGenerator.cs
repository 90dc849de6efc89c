using System.Text;

namespace Bridge.Tests.Mqtt;

/// <summary>Payloads of all kinds of senders: right ones, nearly right ones, noise. The same seed gives the same payloads.</summary>
internal sealed class PayloadGenerator(int seed)
{
    private static readonly string[] s_words =
    [
        "ON", "off", "TOGGLE", "true", "null", "1", "0", "-1", "2", "255", "1e9", "1e400", "-0.0", "NaN", "PRESS", "Off", "online", "{", "}", "[", "]", ":", ",",
        "\"", "\\u", "\\ud800", "'", "//", "\uFEFF", "é", "😀", "\0", " ", "\n", "99999999999999999999999999999999999999", "1.5",
    ];

    private static readonly string[] s_keys =
    [
        "state", "state_1", "state_2", "power", "power_limit", "led", "led_indicator", "protection", "reset_meter", "identify", "ping", "on_time", "parameter_3",
        "", "id", "value", "transaction", "__proto__",
    ];

    private readonly Random _random = new(seed);

    public string Key() => Pick(s_keys);

    public byte[] Next() => _random.Next(6) switch
    {
        0 => Noise(_random.Next(1, 200)),
        1 => Encoding.UTF8.GetBytes(Words()),
        2 => Damaged(Encoding.UTF8.GetBytes(Json(0))),
        3 => Encoding.UTF8.GetBytes(Pick(s_words)),
        4 => Noise(_random.Next(30) == 0 ? 20_000 : 3),
        _ => Encoding.UTF8.GetBytes(Json(0)),
    };

    public int Number(int below) => _random.Next(below);

    private string Json(int depth) => _random.Next(depth > 20 ? 5 : 8) switch
    {
        0 => Pick(["true", "false", "null"]),
        1 => Pick(["0", "1", "-1", "2000", "1e9", "1e400", "0.5"]),
        2 or 3 => "\"" + Pick(["ON", "OFF", "toggle", "Always on", "x\\ny", "\\u00e9"]) + "\"",
        4 => _random.Next(-70000, 70000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        5 => "[" + string.Join(",", Enumerable.Range(0, _random.Next(4)).Select(_ => Json(depth + 1))) + "]",
        _ => "{" + string.Join(",", Enumerable.Range(0, _random.Next(4)).Select(_ => $"\"{Key()}\":{Json(depth + 1)}")) + "}",
    };

    private string Words() => string.Concat(Enumerable.Range(0, _random.Next(1, 8)).Select(_ => Pick(s_words)));

    private byte[] Damaged(byte[] bytes)
    {
        for (var count = _random.Next(1, 4); count > 0 && bytes.Length > 0; count--) bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        return bytes;
    }

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
