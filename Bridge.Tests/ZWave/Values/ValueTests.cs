using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Values;

public sealed class ValueTests
{
    private static readonly PropertyId s_property = new(new(0x32), "reading", 1);

    [Theory]
    [InlineData(1533, 2, "15.33")]
    [InlineData(-21474836, 2, "-214748.36")]
    [InlineData(int.MinValue, 0, "-2147483648")]
    [InlineData(int.MaxValue, 7, "214.7483647")]
    public void Decimal_keeps_every_digit_of_the_raw_number(int raw, byte precision, string expected) =>
        Assert.Equal(expected, Value.OfDecimal(raw, precision).ToString());

    [Fact]
    public void Decimals_of_different_precision_and_same_number_are_equal() =>
        Assert.Equal(Value.OfDecimal(150, 2), Value.OfDecimal(15, 1));

    [Fact]
    public void Repeated_value_is_told_but_is_no_change()
    {
        var store = new ValueStore(TimeProvider.System);
        List<ValueUpdate> updates = [];
        store.Updated += updates.Add;
        var id = new ValueId(new(2), EndpointIndex.Root, s_property);
        store.Set(id, Value.Of(true));
        store.Set(id, Value.Of(true));
        Assert.Equal([true, false], updates.Select(static update => update.IsChange));
    }

    [Fact]
    public void Node_that_invents_properties_without_end_is_cut_off()
    {
        var store = new ValueStore(TimeProvider.System);
        for (var key = 0; key < 100_000; key++) store.Set(new(new(2), EndpointIndex.Root, s_property with { Key = key }), Value.Of(1));
        Assert.Equal(ValueStore.MaximumValuesPerNode, store.OfNode(new(2)).Count());
        Assert.Equal(100_000 - ValueStore.MaximumValuesPerNode, store.Refused);
    }

    [Fact]
    public void Restored_value_has_no_time_because_no_report_told_it()
    {
        var store = new ValueStore(TimeProvider.System);
        var id = new ValueId(new(2), EndpointIndex.Root, s_property);
        store.Restore(id, Value.Of(5), new("Reading"));
        Assert.Null(store.Find(id)!.UpdatedAt);
        store.Set(id, Value.Of(5));
        Assert.NotNull(store.Find(id)!.UpdatedAt);
    }
}
