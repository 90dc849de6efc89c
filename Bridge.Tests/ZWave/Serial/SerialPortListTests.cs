using Bridge.Tests.Support;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Serial;
using Xunit;

namespace Bridge.Tests.ZWave.Serial;

public sealed class SerialPortListTests : IDisposable
{
    private readonly FakeDeviceTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_machine_without_dev_and_sys_has_no_ports() => Assert.Empty(Find());

    [Fact]
    public void A_modem_stick_is_one_entry_with_its_names_and_its_USB_identity()
    {
        _tree.ModemStick("ttyACM0", "1-1", "0658", "0200", "Sigma Designs, Inc.", "UZB")
            .ById("usb-0658_0200-if00", "ttyACM0")
            .ByPath("pci-0000:00:14.0-usb-0:1:1.0", "ttyACM0");
        var port = Assert.Single(Find());
        Assert.Equal(_tree.At("dev/ttyACM0"), port.Device);
        Assert.Equal(_tree.At("dev/serial/by-id/usb-0658_0200-if00"), port.ById);
        Assert.Equal(_tree.At("dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0"), port.ByPath);
        Assert.Equal(new UsbIdentity(0x0658, 0x0200, 0, "Sigma Designs, Inc.", "UZB"), port.Usb);
        Assert.NotNull(port.StickName);
    }

    [Fact]
    public void The_path_for_the_settings_is_the_name_that_lasts_longest()
    {
        _tree.Device("ttyACM0").Device("ttyACM1").Device("ttyACM2")
            .ById("usb-a", "ttyACM0").ByPath("pci-0", "ttyACM0")
            .ByPath("pci-1", "ttyACM1");
        Assert.Equal(
            [_tree.At("dev/serial/by-id/usb-a"), _tree.At("dev/serial/by-path/pci-1"), _tree.At("dev/ttyACM2")],
            Find().Select(port => port.Path));
    }

    [Fact]
    public void Of_two_sticks_with_one_by_id_name_the_other_keeps_its_by_path_name()
    {
        _tree.ModemStick("ttyACM0", "1-1", "0658", "0200", null, null)
            .ModemStick("ttyACM1", "1-2", "0658", "0200", null, null)
            .ById("usb-0658_0200-if00", "ttyACM1")
            .ByPath("pci-0:1", "ttyACM0").ByPath("pci-0:2", "ttyACM1");
        Assert.Equal(
            [_tree.At("dev/serial/by-path/pci-0:1"), _tree.At("dev/serial/by-id/usb-0658_0200-if00")],
            Find().Select(port => port.Path));
    }

    [Fact]
    public void A_converter_with_two_radios_has_two_ports_of_which_one_is_the_stick()
    {
        _tree.Converter("ttyUSB0", "1-1.2", 0, "10c4", "8a2a", "Silicon Labs", "HubZ Smart Home Controller")
            .Converter("ttyUSB1", "1-1.2", 1, "10c4", "8a2a", "Silicon Labs", "HubZ Smart Home Controller");
        var ports = Find();
        Assert.Equal([(byte)0, (byte)1], ports.Select(port => port.Usb?.Interface));
        Assert.NotNull(ports[0].StickName);
        Assert.Null(ports[1].StickName);
    }

    [Fact]
    public void A_converter_chip_alone_is_not_taken_for_a_stick()
    {
        _tree.Converter("ttyUSB0", "1-1", 0, "10c4", "ea60", "Silicon Labs", "CP2102 USB to UART Bridge Controller");
        var port = Assert.Single(Find());
        Assert.Equal("10C4:EA60", port.Usb?.Ids);
        Assert.Null(port.StickName);
    }

    [Theory]
    [InlineData("10c4", "ea60", "Silicon Labs", "Zooz ZST10 700 Z-Wave Stick")]
    [InlineData("10c4", "ea60", "SONOFF", "SONOFF Dongle Plus ZWave 800")]
    [InlineData("303a", "4001", "Nabu Casa", "ZWA-2")]
    [InlineData("0658", "0280", null, null)]
    [InlineData("1a86", "55d4", "Zooz", "800 Z-Wave Stick")]
    public void A_stick_is_known_by_its_ids_and_words(string vendor, string product, string? manufacturerText, string? productText)
    {
        _tree.ModemStick("ttyACM0", "1-1", vendor, product, manufacturerText, productText);
        Assert.NotNull(Assert.Single(Find()).StickName);
    }

    [Fact]
    public void A_stick_is_known_by_its_by_id_name_where_sys_is_missing()
    {
        _tree.Device("ttyUSB0").ById("usb-Zooz_800_Z-Wave_Stick_533D004242-if00", "ttyUSB0");
        var port = Assert.Single(Find());
        Assert.Null(port.Usb);
        Assert.NotNull(port.StickName);
    }

    [Fact]
    public void Likely_sticks_come_first_then_by_name()
    {
        _tree.Device("ttyACM1").Device("ttyACM0").ModemStick("ttyACM5", "1-1", "0658", "0200", null, null).BoardPort("ttyAMA0");
        Assert.Equal(["ttyACM5", "ttyACM0", "ttyACM1", "ttyAMA0"], Find().Select(port => Path.GetFileName(port.Device)));
    }

    [Fact]
    public void A_port_of_the_board_has_no_USB_identity()
    {
        _tree.BoardPort("ttyAMA0");
        Assert.Null(Assert.Single(Find()).Usb);
    }

    [Fact]
    public void A_named_device_of_another_driver_is_listed()
    {
        _tree.Device("ttyXRUSB0").ById("usb-other", "ttyXRUSB0");
        Assert.Equal(_tree.At("dev/ttyXRUSB0"), Assert.Single(Find()).Device);
    }

    [Fact]
    public void Links_to_nothing_and_terminals_that_are_no_ports_are_left_out()
    {
        _tree.ById("usb-gone", "ttyACM9").Device("tty0").Device("ttyS0").Device("ptmx");
        Assert.Empty(Find());
    }

    [Theory]
    [InlineData("zz58", "0200")]
    [InlineData("", "0200")]
    [InlineData("0658", "12345678901")]
    public void Ids_that_are_no_numbers_are_no_identity(string vendor, string product)
    {
        _tree.ModemStick("ttyACM0", "1-1", vendor, product, "x", "y");
        Assert.Null(Assert.Single(Find()).Usb);
    }

    [Fact]
    public void Control_characters_in_a_device_s_texts_do_not_reach_the_terminal()
    {
        _tree.ModemStick("ttyACM0", "1-1", "0658", "0200", "A\u001b[2JB", "\t\n");
        var usb = Assert.Single(Find()).Usb;
        Assert.Equal("A [2JB", usb?.ManufacturerText);
        Assert.Null(usb?.ProductText);
    }

    private IReadOnlyList<SerialPortEntry> Find() =>
        new SerialPortList(_tree.Root, UsbStickFileReader.Read(UsbStickFileReader.DefaultPath, out _)).Find();
}
