namespace StandIns.Wire;

/// <summary>Writes MQTT 5 properties: what is null is left out.</summary>
internal static class PropertyWriter
{
    public static void Property(this PacketBuffer output, PropertyId id, bool? value)
    {
        if (value is not { } flag) return;
        output.WriteByte((byte)id);
        output.WriteByte(flag ? (byte)1 : (byte)0);
    }

    public static void Property(this PacketBuffer output, PropertyId id, ushort? value)
    {
        if (value is not { } number) return;
        output.WriteByte((byte)id);
        output.WriteUInt16(number);
    }

    public static void Property(this PacketBuffer output, PropertyId id, uint? value)
    {
        if (value is not { } number) return;
        output.WriteByte((byte)id);
        output.WriteUInt32(number);
    }

    public static void Property(this PacketBuffer output, PropertyId id, string? value)
    {
        if (value is null) return;
        output.WriteByte((byte)id);
        output.WriteText(value);
    }

    public static void Property(this PacketBuffer output, PropertyId id, ReadOnlyMemory<byte>? value)
    {
        if (value is not { } bytes) return;
        output.WriteByte((byte)id);
        output.WriteBinary(bytes.Span);
    }

    public static void SubscriptionIdentifier(this PacketBuffer output, uint value)
    {
        output.WriteByte((byte)PropertyId.SubscriptionIdentifier);
        output.WriteVariable(value);
    }

    public static void Properties(this PacketBuffer output, IReadOnlyList<UserProperty> values)
    {
        for (var index = 0; index < values.Count; index++)
        {
            output.WriteByte((byte)PropertyId.UserProperty);
            output.WriteText(values[index].Name);
            output.WriteText(values[index].Value);
        }
    }
}
