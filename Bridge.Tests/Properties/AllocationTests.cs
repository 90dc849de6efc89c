using System.Reflection;
using System.Runtime.CompilerServices;
using Bridge.Tests.Fuzz;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Properties;

/// <summary>Decoding allocates the record and what it holds, and nothing on the way there.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 1000;
    private const int Measurements = 5;

    public static TheoryData<string> CommandNames =>
        [.. CommandRegistry.All.SelectMany(static definition => definition.Commands).Select(static command => command.Name)];

    [Theory]
    // a relay, version 1 and 2
    [InlineData("25 03 FF", typeof(SwitchBinaryReport))]
    [InlineData("25 03 FF 00 05", typeof(SwitchBinaryReport))]
    // 15.33 kWh; 230.1 V with the reading before, 60 s ago
    [InlineData("32 02 21 44 00 00 05 FD", typeof(MeterReport))]
    [InlineData("32 02 A1 22 08 FD 00 3C 08 FC", typeof(MeterReport))]
    public void Report_of_a_plug_allocates_exactly_its_record(string hex, Type record)
    {
        var bytes = WireAssert.Bytes(hex);
        Assert.Equal(SizeOf(record) * Rounds, Allocated(() => Decode(bytes)));
        Assert.IsType(record, Decode(bytes), exactMatch: true);
    }

    [Fact]
    public void Report_of_an_endpoint_allocates_exactly_its_record()
    {
        // endpoint 2 tells 15.33 kWh
        var frame = WireAssert.Bytes("60 0D 02 00 32 02 21 44 00 00 05 FD");
        Assert.Equal(SizeOf(typeof(MeterReport)) * Rounds, Allocated(() => Peel(frame)));
        Assert.IsType<MeterReport>(Peel(frame));

        static ICommand? Peel(byte[] frame)
        {
            ICommand? last = null;
            if (Unwrapping.TryUnwrap(frame, default, NoSecurity.Instance, default, out var unwrapped) != DecodeError.None) return last;
            foreach (var command in unwrapped) CommandCodec.TryDecode(command, out last);
            return last;
        }
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Decoding_allocates_the_record_and_what_it_holds(string name)
    {
        // the row of this command with most in it
        var bytes = SeedCorpus.Instance.Commands
            .Where(seed => CommandCodec.TryFind(seed, out var definition, out _, out _) == DecodeError.None && definition!.Name == name)
            .Where(static seed => CommandCodec.TryDecode(seed, out _) == DecodeError.None)
            .MaxBy(static seed => seed.Length);
        Assert.NotNull(bytes);
        Assert.Equal(HeldBy(Decode(bytes)!) * Rounds, Allocated(() => Decode(bytes)));
    }

    [Fact]
    public void Refusing_allocates_nothing()
    {
        // truncated, unknown, a size that is none
        foreach (var bytes in new[] { "32 02 21 44 00", "3F 01 02", "70 06 07 03 00 00 00" }.Select(WireAssert.Bytes))
        {
            Assert.Equal(0, Allocated(() => Decode(bytes)));
            Assert.Null(Decode(bytes));
        }
    }

    private static ICommand? Decode(byte[] bytes)
    {
        CommandCodec.TryDecode(bytes, out var command);
        return command;
    }

    private static long Allocated(Func<object?> make)
    {
        // Whatever is made once and kept is not the decoder's doing.
        for (var round = 0; round < 3; round++) GC.KeepAlive(make());
        // A collection that other tests cause in the middle counts the rest of the thread's allocation buffer as well: that only ever adds.
        return Enumerable.Range(0, Measurements).Min(_ => Measure(make));
    }

    private static long Measure(Func<object?> make)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++) GC.KeepAlive(make());
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long SizeOf(Type type) => Allocated(() => RuntimeHelpers.GetUninitializedObject(type)) / Rounds;

    /// <summary>The sizes of an object and of everything it refers to; what is empty is shared and counts nothing.</summary>
    private static long HeldBy(object held)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        return Add(held);

        long Add(object item)
        {
            if (item is Array { Length: 0 } or "" || !seen.Add(item)) return 0;
            if (item is string text) return Allocated(() => new string('x', text.Length)) / Rounds;
            if (item is not Array array) return SizeOf(item.GetType()) + Fields(item);
            var element = array.GetType().GetElementType()!;
            var size = Allocated(() => Array.CreateInstance(element, array.Length)) / Rounds;
            return !element.IsPrimitive ? size + array.Cast<object>().Sum(Inner) : size;
        }

        long Inner(object? item) => item is null ? 0 : item.GetType().IsValueType ? Fields(item) : Add(item);

        long Fields(object item)
        {
            long sum = 0;
            for (var type = item.GetType(); type is not null; type = type.BaseType)
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    if (!field.FieldType.IsPrimitive) sum += Inner(field.GetValue(item));
                }
            }

            return sum;
        }
    }
}
