using System.IO.Ports;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.StandIns;

/// <summary>What the stand-in promises beyond the transport's own tests: the library's exceptions, and one thread that sleeps.</summary>
public sealed class SerialPortStandInTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public SerialPortStandInTests()
    {
        Assert.SkipUnless(StandInLibrary.IsUsed, "this build has the package, not the stand-in");
        _limit.CancelAfter(Limit);
    }

    private CancellationToken Token => _limit.Token;

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task All_ports_together_use_one_thread()
    {
        await using var first = await SocatTerminal.StartAsync(_folder["first"], Token);
        await using var second = await SocatTerminal.StartAsync(_folder["second"], Token);
        using var one = Opened(first.Link);
        using var other = Opened(second.Link);
        // names of threads, as the kernel keeps them
        var names = Directory.GetDirectories("/proc/self/task").Select(thread => NameOf(thread)).ToArray();
        Assert.Single(names, "serial ports");
    }

    [Fact]
    public async Task A_waiting_read_is_not_woken_while_nothing_comes()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        await using var other = await SocatTerminal.StartAsync(_folder["other"], Token);
        using var port = Opened(far.Link);
        using var busy = Opened(other.Link);
        var read = port.BaseStream.ReadAsync(new byte[8], Token).AsTask();
        var buffer = new byte[1];
        for (var round = 0; round < 100; round++)
        {
            await other.SendAsync(new byte[] { 0x06 }, Token);
            await busy.BaseStream.ReadExactlyAsync(buffer, Token);
        }

        Assert.False(read.IsCompleted);
        await far.SendAsync(new byte[] { 0x15 }, Token);
        Assert.Equal(1, await read);
    }

    [Fact]
    public async Task Closing_fails_a_waiting_read_as_disposed()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        var port = Opened(far.Link);
        var read = port.BaseStream.ReadAsync(new byte[8], Token).AsTask();
        port.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => read);
        Assert.Throws<InvalidOperationException>(() => port.BaseStream);
    }

    [Fact]
    public async Task A_port_closed_by_its_stream_can_be_opened_again()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        using var port = Opened(far.Link);
        await port.BaseStream.DisposeAsync();
        port.Open();
        await port.BaseStream.WriteAsync(new byte[] { 0x06 }, Token);
        Assert.Equal([0x06], await far.ReceiveAsync(1, Token));
    }

    [Fact]
    public async Task An_open_port_is_not_opened_twice()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        using var port = Opened(far.Link);
        Assert.Throws<InvalidOperationException>(port.Open);
    }

    [Fact]
    public async Task A_second_read_beside_a_waiting_one_is_refused_and_leaves_it_waiting()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        using var port = Opened(far.Link);
        var buffer = new byte[8];
        var read = port.BaseStream.ReadAsync(buffer, Token).AsTask();
        await Assert.ThrowsAsync<InvalidOperationException>(() => port.BaseStream.ReadAsync(new byte[8], Token).AsTask());
        await far.SendAsync(new byte[] { 0x18 }, Token);
        Assert.Equal(1, await read);
        Assert.Equal(0x18, buffer[0]);
    }

    [Fact]
    public async Task A_cancelled_write_frees_the_line_for_the_next()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        using var port = Opened(far.Link);
        using var cancellation = new CancellationTokenSource();
        // Nobody reads at the far end: the buffers fill up.
        var write = port.BaseStream.WriteAsync(new byte[4 << 20], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        var next = port.BaseStream.WriteAsync(new byte[] { 0x06 }, Token).AsTask();
        byte last;
        do
        {
            last = (await far.ReceiveAsync(1, Token))[0];
        }
        while (last == 0);
        Assert.Equal(0x06, last);
        await next;
    }

    [Fact]
    public async Task A_line_that_the_device_lacks_cannot_be_raised_but_may_stay_down()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        using var port = NewPort(far.Link);
        port.DtrEnable = true;
        // 25 = the device knows no such request, as in the library
        Assert.Equal(25, Assert.Throws<IOException>(port.Open).HResult);
        port.DtrEnable = false;
        port.Open();
        Assert.Equal(25, Assert.Throws<IOException>(() => port.RtsEnable = true).HResult);
        port.RtsEnable = false;
    }

    [Theory]
    [InlineData("missing", 2)]
    [InlineData("", 25)]
    public void What_cannot_be_opened_is_access_denied_with_the_system_s_number_inside(string name, int number)
    {
        var file = _folder["file"];
        File.WriteAllText(file, "");
        using var port = NewPort(name.Length == 0 ? file : _folder[name]);
        var refusal = Assert.Throws<UnauthorizedAccessException>(port.Open);
        Assert.Equal(number, refusal.InnerException?.HResult);
    }

    [Fact]
    public async Task A_port_in_use_is_access_denied_with_busy_inside()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        using var first = Opened(far.Link);
        using var second = NewPort(far.Link);
        // 16 = busy
        Assert.Equal(16, Assert.Throws<UnauthorizedAccessException>(second.Open).InnerException?.HResult);
    }

    [Fact]
    public async Task A_speed_that_no_line_has_is_an_argument_error()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        using var port = new SerialPort(far.Link, 12_345, Parity.None, 8, StopBits.One);
        Assert.Throws<ArgumentException>(port.Open);
    }

    [Theory]
    [InlineData("", 115_200, 8)]
    [InlineData("/dev/ttyACM0", 0, 8)]
    [InlineData("/dev/ttyACM0", 115_200, 7)]
    [InlineData("/dev/ttyACM0", 115_200, 9)]
    public void Settings_outside_their_range_are_refused_at_once(string name, int speed, int dataBits) =>
        Assert.ThrowsAny<ArgumentException>(() => new SerialPort(name, speed, Parity.None, dataBits, StopBits.One));

    [Fact]
    public async Task The_speed_reaches_the_line()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        using var port = new SerialPort(far.Link, 9_600, Parity.None, 8, StopBits.One);
        port.Open();
        // speed bits 0D = 9600
        Assert.Equal(0x0Du, OpenTerminal.At(far.Link).Control & 0x100Fu);
    }

    [Fact]
    public async Task Closing_an_opened_line_keeps_it_from_hanging_up()
    {
        await using var far = await SocatTerminal.StartAsync(_folder["port"], Token);
        using var port = Opened(far.Link);
        // 400 = hang up on close, which would drop DTR
        Assert.Equal(0u, OpenTerminal.At(far.Link).Control & 0x400u);
    }

    private static SerialPort NewPort(string path) => new(path, 115_200, Parity.None, 8, StopBits.One);

    private static SerialPort Opened(string path)
    {
        var port = NewPort(path);
        port.Open();
        return port;
    }

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).Trim();
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}
