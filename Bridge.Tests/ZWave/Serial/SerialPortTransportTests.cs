using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial;

/// <summary>The transport over a real pseudo terminal. Nothing waits for time to pass; the limit only ends a hanging test.</summary>
public sealed class SerialPortTransportTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public SerialPortTransportTests() => _limit.CancelAfter(Limit);

    private CancellationToken Token => _limit.Token;

    private string Link => _folder["usb-stick"];

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_byte_value_comes_in_unchanged()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await OpenAsync();
        // among them 11 and 13 (XON, XOFF), 03 (interrupt), 04 (end), 0A and 0D (line ends), FF (parity mark)
        var bytes = AllValues();
        await far.SendAsync(bytes, Token);
        var received = new byte[bytes.Length];
        await line.ReadExactlyAsync(received, Token);
        Assert.Equal(bytes, received);
    }

    [Fact]
    public async Task Every_byte_value_goes_out_unchanged()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await OpenAsync();
        var bytes = AllValues();
        await line.WriteAsync(bytes, Token);
        Assert.Equal(bytes, await far.ReceiveAsync(bytes.Length, Token));
    }

    [Fact]
    public async Task A_hundred_thousand_bytes_each_way_at_once_arrive_complete_and_in_order()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await OpenAsync();
        var inward = Noise(seed: 1);
        var outward = Noise(seed: 2);
        var received = new byte[inward.Length];
        var reading = line.ReadExactlyAsync(received, Token).AsTask();
        var receiving = far.ReceiveAsync(outward.Length, Token);
        await Task.WhenAll(far.SendAsync(inward, Token), line.WriteAsync(outward, Token).AsTask(), reading, receiving);
        Assert.Equal(inward, received);
        Assert.Equal(outward, await receiving);
    }

    [Fact]
    public async Task A_read_takes_what_is_there_and_does_not_wait_for_a_full_buffer()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await OpenAsync();
        // the first half of a frame: SOF, length 3, request
        var buffer = new byte[256];
        var read = line.ReadAsync(buffer, Token).AsTask();
        await far.SendAsync(new byte[] { 0x01, 0x03, 0x00 }, Token);
        Assert.Equal("01 03 00", Hex.Spaced(buffer.AsSpan(0, await read)));
        // the second half: GetVersion, checksum
        read = line.ReadAsync(buffer, Token).AsTask();
        await far.SendAsync(new byte[] { 0x15, 0xE9 }, Token);
        Assert.Equal("15 E9", Hex.Spaced(buffer.AsSpan(0, await read)));
    }

    [Fact]
    public async Task The_line_is_115200_8N1_raw_without_flow_control()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await OpenAsync();
        var settings = OpenTerminal.At(Link);
        // speed bits 1002 = 115200, size 30 = 8 bits, 80 = receiver on, 800 = modem status ignored; no 40 (two stop bits), 100 (parity),
        // 80000000 (RTS/CTS)
        Assert.Equal(0x18B2u, settings.Control & 0x8000_1BFFu);
        // no translation, stripping, XON/XOFF: 20, 40, 80, 100, 400, 1000
        Assert.Equal(0u, settings.Input & 0x15E0u);
        // no output processing
        Assert.Equal(0u, settings.Output & 0x1u);
        // no signals, lines, echo, extensions: 1, 2, 8, 8000
        Assert.Equal(0u, settings.Local & 0x800Bu);
    }

    [Fact]
    public async Task A_second_opening_is_refused_and_says_who_has_the_port()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await OpenAsync();
        SkipWhereThePackageLetsTheSuperuserIn();
        var refusal = await Assert.ThrowsAsync<SerialPortException>(OpenAsync);
        Assert.Contains($"the serial port {Link} (a link to /dev/pts/", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("is in use by", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("this program itself", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_opening_leaves_the_open_line_working()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await OpenAsync();
        SkipWhereThePackageLetsTheSuperuserIn();
        await Assert.ThrowsAsync<SerialPortException>(OpenAsync);
        await line.WriteAsync(new byte[] { 0x06 }, Token);
        Assert.Equal("06", Hex.Spaced(await far.ReceiveAsync(1, Token)));
    }

    [Fact]
    public async Task A_closed_port_can_be_opened_again()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await (await OpenAsync()).DisposeAsync();
        await using var line = await OpenAsync();
        await line.WriteAsync(new byte[] { 0x15 }, Token);
        Assert.Equal("15", Hex.Spaced(await far.ReceiveAsync(1, Token)));
    }

    [Fact]
    public async Task Unplugging_ends_a_waiting_read()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await OpenAsync();
        var read = line.ReadAsync(new byte[16], Token).AsTask();
        Assert.False(read.IsCompleted);
        await far.UnplugAsync(Token);
        await AssertEndsAsync(read);
    }

    [Fact]
    public async Task Unplugging_fails_a_waiting_write()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await OpenAsync();
        // Nobody reads socat's output: its pipe and the terminal's buffer fill up.
        var write = line.WriteAsync(new byte[4 << 20], Token).AsTask();
        Assert.False(write.IsCompleted);
        await far.UnplugAsync(Token);
        await Assert.ThrowsAnyAsync<IOException>(() => write);
    }

    [Fact]
    public async Task After_the_stick_is_back_the_same_path_opens_the_new_device()
    {
        var transport = new SerialPortTransport(Link);
        await using (var first = await SocatTerminal.StartAsync(Link, Token))
        {
            await using var old = await transport.OpenAsync(Token);
            await first.UnplugAsync(Token);
            await AssertEndsAsync(old.ReadAsync(new byte[16], Token).AsTask());
        }

        await Assert.ThrowsAsync<SerialPortException>(() => transport.OpenAsync(Token));
        await using var second = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await transport.OpenAsync(Token);
        await second.SendAsync(new byte[] { 0x18 }, Token);
        var buffer = new byte[1];
        await line.ReadExactlyAsync(buffer, Token);
        Assert.Equal(0x18, buffer[0]);
    }

    [Fact]
    public async Task A_cancelled_read_loses_no_byte()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await using var line = await OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var read = line.ReadAsync(new byte[16], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);

        await far.SendAsync(new byte[] { 0x06 }, Token);
        var buffer = new byte[1];
        await line.ReadExactlyAsync(buffer, Token);
        Assert.Equal(0x06, buffer[0]);
    }

    [Fact]
    public async Task Closing_ends_a_waiting_read()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        var line = await OpenAsync();
        var read = line.ReadAsync(new byte[16], Token).AsTask();
        await line.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => read.WaitAsync(Token));
        Assert.True(read.IsCompleted);
    }

    [Fact]
    public async Task Opening_with_a_cancelled_token_opens_nothing()
    {
        await using var far = await SocatTerminal.StartAsync(Link, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SerialPortTransport(Link).OpenAsync(new(canceled: true)));
        await using var line = await OpenAsync();
    }

    [Fact]
    public async Task A_path_to_nothing_is_told_with_the_ports_that_are_there()
    {
        Directory.CreateDirectory(_folder["dev"]);
        await File.WriteAllTextAsync(_folder["dev/ttyACM0"], "", Token);
        var transport = new SerialPortTransport(Link, new SerialPortList(_folder.Path));
        var refusal = await Assert.ThrowsAsync<SerialPortException>(() => transport.OpenAsync(Token));
        Assert.Equal(
            $"the serial port {Link} is not there (unplugged, or not passed to this container?). Ports found: {_folder["dev/ttyACM0"]}.",
            refusal.Message);
    }

    [Fact]
    public async Task A_link_to_nothing_is_told_with_its_target()
    {
        File.CreateSymbolicLink(Link, _folder["ttyACM7"]);
        var transport = new SerialPortTransport(Link, new SerialPortList(_folder.Path));
        var refusal = await Assert.ThrowsAsync<SerialPortException>(() => transport.OpenAsync(Token));
        Assert.StartsWith($"the serial port {Link} (a link to {_folder["ttyACM7"]}) is not there", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("There is no serial port at all.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circle_of_links_is_refused()
    {
        File.CreateSymbolicLink(_folder["a"], _folder["b"]);
        File.CreateSymbolicLink(_folder["b"], _folder["a"]);
        await Assert.ThrowsAsync<SerialPortException>(() => new SerialPortTransport(_folder["a"]).OpenAsync(Token));
    }

    [Fact]
    public async Task A_file_that_is_no_terminal_is_told_so()
    {
        await File.WriteAllTextAsync(_folder["notes.txt"], "x", Token);
        var refusal = await Assert.ThrowsAsync<SerialPortException>(() => new SerialPortTransport(_folder["notes.txt"]).OpenAsync(Token));
        Assert.Equal($"the serial port {_folder["notes.txt"]} is not a serial port", refusal.Message);
    }

    private async Task<Stream> OpenAsync() => await new SerialPortTransport(Link).OpenAsync(Token);

    /// <summary>0 bytes or an error: both are the end of a line.</summary>
    private async Task AssertEndsAsync(Task<int> read)
    {
        var end = await Record.ExceptionAsync(() => read.WaitAsync(Token));
        if (end is null) Assert.Equal(0, await read);
        else Assert.IsType<IOException>(end, exactMatch: false);
    }

    private static void SkipWhereThePackageLetsTheSuperuserIn() => Assert.SkipWhen(
        !StandIns.StandInLibrary.IsUsed && Environment.IsPrivilegedProcess, "the package refuses only ordinary users");

    private static byte[] AllValues() => [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    private static byte[] Noise(int seed)
    {
        var bytes = new byte[100_000];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
