using System.Globalization;
using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.ZWave.Wire;

namespace Bridge.Requests;

/// <summary>
/// The keys of a request. Every wrong and every unknown one is remembered, so that the answer tells all of them at once. Not thread-safe.
/// </summary>
public sealed class RequestFields
{
    private const int MaximumFaults = 10;

    private readonly List<string> _faults = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal) { "transaction" };
    private readonly PayloadValue _payload;
    private readonly INodeDirectory _directory;

    private RequestFields(PayloadValue payload, INodeDirectory directory) => (_payload, _directory) = (payload, directory);

    /// <summary>Nothing was sent.</summary>
    public bool IsEmpty { get; private init; }

    /// <summary>What was wrong so far; with the unknown keys, once all known ones were asked for.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            var unknown = _payload.Members.Select(static member => member.Key).Where(key => !_known.Contains(key)).ToArray();
            if (unknown.Length == 0) return _faults;
            var keys = string.Join("\", \"", unknown.Take(MaximumFaults).Select(static key => PayloadFormat.Shorten(key, 40)));
            var takes = string.Join(", ", _known.Order(StringComparer.Ordinal));
            return [.. _faults, $"\"{keys}\" {(unknown.Length == 1 ? "is" : "are")} not known; this takes {takes}"];
        }
    }

    /// <param name="plainKey">The key a plain word or number stands for; null: only objects are taken.</param>
    public static RequestFields Of(PayloadValue payload, string? plainKey, INodeDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(payload);
        switch (payload.Kind)
        {
            case PayloadKind.Empty:
                return new(PayloadFormat.Object(), directory) { IsEmpty = true };
            case PayloadKind.Object:
                return new(payload, directory);
            case PayloadKind.Text or PayloadKind.Number when plainKey is not null:
                return new(PayloadFormat.Object(new KeyValuePair<string, PayloadValue>(plainKey, payload)), directory);
            default:
                var fields = new RequestFields(PayloadFormat.Object(), directory);
                fields.Refuse($"the payload cannot be {PayloadFormat.Shorten(payload.ToString(), 40)}; this takes an object");
                return fields;
        }
    }

    /// <summary>Notes a fault.</summary>
    public void Refuse(string fault)
    {
        if (_faults.Count < MaximumFaults) _faults.Add(fault);
    }

    /// <summary>Notes that a value is not allowed.</summary>
    public void Refuse(string key, PayloadValue value, string allowed) => Refuse(CommandFault.Of(key, value, allowed).ToString());

    /// <summary>The value of a key, whatever it is; null: it is not there.</summary>
    public PayloadValue? Find(string key)
    {
        _known.Add(key);
        return _payload.Find(key);
    }

    /// <summary>One of the keys is there.</summary>
    public bool HasAnyOf(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (_payload.Find(key) is not null) return true;
        }

        return false;
    }

    /// <summary>Text of at least one character; null: not there, or a fault.</summary>
    public string? Text(string key, bool isNeeded = false)
    {
        var value = Find(key);
        if (value is null)
        {
            if (isNeeded) Refuse($"\"{key}\" is missing");
            return null;
        }

        if (value.Kind == PayloadKind.Text && !string.IsNullOrWhiteSpace(value.Text)) return value.Text.Trim();
        Refuse(key, value, "it takes text");
        return null;
    }

    /// <summary>A whole number; null: not there, or a fault.</summary>
    public long? Number(string key, long minimum, long maximum)
    {
        if (Find(key) is not { } value) return null;
        if (value.Kind == PayloadKind.Number && value.Number == decimal.Truncate(value.Number) && value.Number >= minimum && value.Number <= maximum)
        {
            return (long)value.Number;
        }

        Refuse(key, value, string.Create(CultureInfo.InvariantCulture, $"allowed are whole numbers {minimum}..{maximum}"));
        return null;
    }

    /// <summary>true or false; null: not there, or a fault.</summary>
    public bool? Flag(string key)
    {
        if (Find(key) is not { } value) return null;
        if (value.Kind == PayloadKind.Boolean) return value.Boolean;
        Refuse(key, value, "allowed are true and false");
        return null;
    }

    /// <summary>A node by number, name, topic name or "node_4"; null is a fault, and noted.</summary>
    public NodeId? Node(string key = "id")
    {
        if (Find(key) is not { } value)
        {
            Refuse($"\"{key}\" is missing: the number or the name of a node");
            return null;
        }

        if (value.Kind == PayloadKind.Number)
        {
            var isWhole = value.Number == decimal.Truncate(value.Number) && value.Number is >= 1 and <= ushort.MaxValue;
            if (isWhole && new NodeId((ushort)value.Number) is { IsValid: true } id) return id;
        }
        else if (value.Kind == PayloadKind.Text && _directory.Resolve(value.Text.Trim()) is { } found)
        {
            return found;
        }

        Refuse(key, value, "there is no such node; it takes the number, the name or the topic of one");
        return null;
    }
}
