using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Encapsulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Encapsulation;

public sealed class PartialReportAssemblerTests
{
    private static readonly NodeId s_node = new(5);

    private readonly ManualTimeProvider _time = new();
    private readonly PartialReportAssembler _assembler;

    public PartialReportAssemblerTests() => _assembler = new(_time, capacity: 3);

    [Fact]
    public void A_report_of_one_frame_is_given_back()
    {
        var report = new SwitchBinaryReport(0xFF);
        Assert.Same(report, _assembler.Accept(s_node, EndpointIndex.Root, report, _time.GetTimestamp()));
    }

    [Fact]
    public void A_last_part_alone_is_the_whole_report() => Assert.Equal([1, 2], Accept(0, 1, 2)!);

    [Fact]
    public void Parts_are_joined_in_order_when_the_last_comes()
    {
        Assert.Null(Accept(2, 1, 2));
        Assert.Null(Accept(1, 3, 4));
        Assert.Equal([1, 2, 3, 4, 5], Accept(0, 5)!);
        Assert.Equal(0, _assembler.PendingCount);
    }

    [Fact]
    public void Parts_of_nodes_endpoints_and_keys_are_kept_apart()
    {
        Accept(1, 1);
        Assert.Equal([9], Accept(new Part(0, 0, 9), node: 6)!);
        Assert.Equal([9], Accept(new Part(0, 0, 9), endpoint: 1)!);
        Assert.Equal([9], Accept(new Part(0, 7, 9))!);
        Assert.Equal([1, 2], Accept(0, 2)!);
    }

    [Fact]
    public void A_repeated_part_counts_once()
    {
        Accept(2, 1);
        Accept(1, 2);
        Accept(1, 2);
        Assert.Equal([1, 2, 3], Accept(0, 3)!);
    }

    [Fact]
    public void A_repeated_first_part_counts_once()
    {
        Accept(1, 1);
        Accept(1, 1);
        Assert.Equal([1, 2], Accept(0, 2)!);
    }

    [Fact]
    public void A_node_that_begins_again_is_followed()
    {
        Accept(2, 1);
        Accept(1, 2);
        Accept(2, 1);
        Accept(1, 2);
        Assert.Equal([1, 2, 3], Accept(0, 3)!);
    }

    [Fact]
    public void Ten_seconds_between_parts_are_allowed()
    {
        Accept(1, 1);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([1, 2], Accept(0, 2)!);
    }

    [Fact]
    public void Parts_further_apart_do_not_belong_together()
    {
        Accept(1, 1);
        _time.Advance(TimeSpan.FromSeconds(10.001));
        Assert.Equal([2], Accept(0, 2)!);
    }

    [Fact]
    public void The_report_that_waits_longest_gives_way_to_a_new_one()
    {
        for (var key = 1; key <= 4; key++)
        {
            Accept(new Part(1, key, key));
            _time.Advance(1);
        }

        Assert.Equal(3, _assembler.PendingCount);
        Assert.Equal([10], Accept(new Part(0, 1, 10))!);
        Assert.Equal([2, 10], Accept(new Part(0, 2, 10))!);
        Assert.Equal([4, 10], Accept(new Part(0, 4, 10))!);
    }

    [Fact]
    public void However_many_parts_come_only_255_can_be_joined()
    {
        for (var count = 0; count < 1000; count++) Accept((byte)(255 - (count % 256)), 1);
        Assert.True(Accept(0, 1)!.Count <= 256);
    }

    [Fact]
    public void A_forgotten_node_begins_anew()
    {
        Accept(1, 1);
        _assembler.Forget(s_node);
        Assert.Equal([2], Accept(0, 2)!);
    }

    [Fact]
    public void Endpoint_lists_of_a_node_are_joined()
    {
        var timestamp = _time.GetTimestamp();
        var first = WireAssert.Decode<MultiChannelEndPointFindReport>("60 0C 01 FF FF 01 02");
        var last = WireAssert.Decode<MultiChannelEndPointFindReport>("60 0C 00 FF FF 03");
        Assert.Null(_assembler.Accept(s_node, EndpointIndex.Root, first, timestamp));
        var joined = _assembler.Accept(s_node, EndpointIndex.Root, last, timestamp);
        Assert.Equal("60 0C 00 FF FF 01 02 03", Hex.Spaced(CommandCodec.Encode(joined!, CodecContext.Newest)));
    }

    private IReadOnlyList<int>? Accept(byte follow, params int[] content) => Accept(new Part(follow, 0, content));

    private IReadOnlyList<int>? Accept(Part part, ushort node = 5, byte endpoint = 0) =>
        (_assembler.Accept(new(node), new(endpoint), part, _time.GetTimestamp()) as Part)?.Content;

    private sealed record Part(byte ReportsToFollow, int PartKey, params IReadOnlyList<int> Content) : ICommand, IPartialReport
    {
        public CommandId Id => new(new(0x85), 0x03);

        public ICommand JoinAfter(ICommand earlier) => this with { Content = [.. ((Part)earlier).Content, .. Content] };

        public void Encode(ref PayloadWriter payload, CodecContext context)
        {
        }

        public void Describe(FieldWriter fields)
        {
        }
    }
}
