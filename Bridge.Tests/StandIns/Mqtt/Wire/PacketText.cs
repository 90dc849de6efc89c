using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using StandIns.Wire;

namespace Bridge.Tests.StandIns.Mqtt;

/// <summary>
/// A packet as one short text, the fields that are not as they are when nothing is said: <c>Publish Topic='a/b' Payload=0x31 Retain UserProperties=[a=b]</c>.
/// </summary>
internal static class PacketText
{
    public static string Of(Packet packet)
    {
        var text = new StringBuilder(packet.Type.ToString());
        AppendFields(text, packet);
        return text.ToString();
    }

    private static void AppendFields(StringBuilder text, object value)
    {
        var properties = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
        // its own in their order, then the inherited ones
        foreach (var property in properties.OrderBy(property => property.DeclaringType != value.GetType()).ThenBy(static property => property.MetadataToken))
        {
            if (property.Name is "Type" or "EqualityContract" || property.GetValue(value) is not { } field || IsNothing(property.PropertyType, field)) continue;
            text.Append(' ').Append(property.Name);
            if (field is not true) text.Append('=').Append(TextOf(field));
        }
    }

    /// <summary>A field that may be absent is shown whenever it is there, an empty one, too.</summary>
    private static bool IsNothing(Type declared, object field) => Nullable.GetUnderlyingType(declared) is null && field switch
    {
        bool flag => !flag,
        ICollection list => list.Count == 0,
        ReadOnlyMemory<byte> bytes => bytes.IsEmpty,
        ushort number => number == 0,
        Enum code => Convert.ToInt32(code, CultureInfo.InvariantCulture) == 0,
        _ => false,
    };

    private static string TextOf(object field) => field switch
    {
        string text => $"'{text}'",
        ReadOnlyMemory<byte> bytes => "0x" + Convert.ToHexStringLower(bytes.Span),
        UserProperty property => $"{property.Name}={property.Value}",
        IEnumerable list => "[" + string.Join(',', list.Cast<object>().Select(TextOf)) + "]",
        Subscription or WillMessage => Group(field),
        _ => Convert.ToString(field, CultureInfo.InvariantCulture)!,
    };

    private static string Group(object value)
    {
        var text = new StringBuilder();
        AppendFields(text, value);
        return "{" + text.ToString().TrimStart() + "}";
    }
}
