using Bridge.ZWave.Devices;
using Xunit;

namespace Bridge.Tests.ZWave.Devices;

public sealed class DeviceFileReaderTests
{
    private const string Head = """ "formatVersion": 1, "manufacturer": "M", "model": "X", "fingerprints": [{ "manufacturerId": "0x0001", "productTypeId": "0x0002", "productId": "0x0003" }] """;

    [Fact]
    public void Device_file_with_several_faults_reports_all_of_them_with_path_and_value()
    {
        var faults = Faults("{" + Head + """
            , "colour": "red",
            "parameters": [ { "number": 1, "name": "Bad Name", "label": "L", "size": 3, "minimum": 300, "maximum": 2 } ] }
            """);
        Assert.Contains("probe.json: parameters[0].name: \"Bad Name\" is not snake_case (a-z, 0-9, _)", faults);
        Assert.Contains("probe.json: parameters[0].size: 3 is not a size; allowed are 1, 2 and 4", faults);
        Assert.Contains("probe.json: parameters[0].minimum: 300 is above maximum 2", faults);
        Assert.Contains(faults, static fault => fault.StartsWith("probe.json: colour: unknown key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("energy")]
    [InlineData("items")]
    public void Name_that_means_something_else_on_MQTT_or_in_templates_is_refused(string name) => Assert.Contains(
        $"probe.json: parameters[0].name: \"{name}\" is taken: it means something else where values are read",
        Faults("{" + Head + $$"""
            , "parameters": [ { "number": 1, "name": "{{name}}", "label": "L", "size": 1, "minimum": 0, "maximum": 2 } ] }
            """));

    [Theory]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{ ", "not JSON")]
    [InlineData("{ \"model\": 1, \"model\": 2 }", "not JSON")]
    [InlineData("", "not JSON")]
    public void Device_file_that_is_no_object_is_refused_with_a_reason(string text, string reason) =>
        Assert.Contains(Faults(text), fault => fault.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void Endpoint_order_with_the_name_of_the_own_order_is_refused()
    {
        var faults = Faults("{" + Head + ", \"endpointOrders\": { \"file\": [] } }");
        Assert.Equal(["probe.json: endpointOrders.file: the name is taken: it means \"endpoints\""], faults);
    }

    [Fact]
    public void Device_file_with_two_parameters_of_one_name_is_refused()
    {
        const string parameter = """ "name": "a", "size": 1, "minimum": 0, "maximum": 1 """;
        var faults = Faults("{" + Head + ", \"parameters\": [ { \"number\": 1, \"label\": \"A\"," + parameter + "}, { \"number\": 2, \"label\": \"B\"," + parameter + "} ] }");
        Assert.Equal(["probe.json: parameters: name a is there twice"], faults);
    }

    [Theory]
    [InlineData(4500, true)]
    [InlineData(4501, false)]
    [InlineData(-1, false)]
    [InlineData(5000, true)]
    [InlineData(85, false)]
    public void Parameter_accepts_its_range_and_the_values_allowed_besides_but_nothing_forbidden(long value, bool isAccepted)
    {
        var parameter = new ParameterDefinition(3, "power_limit", "Power limit", 2) { Minimum = 0, Maximum = 4500, AlsoAllowed = [5000], Forbidden = [85] };
        Assert.Equal(isAccepted, parameter.Accepts(value));
    }

    [Theory]
    [InlineData(false, 1, 255)]
    [InlineData(true, 1, -1)]
    [InlineData(false, 2, 65535)]
    [InlineData(false, 4, 4294967295)]
    public void Parameter_value_of_all_ones_follows_the_signedness_of_the_file(bool isSigned, byte size, long expected)
    {
        var parameter = new ParameterDefinition(7, "p", "P", size) { IsSigned = isSigned, Minimum = 0, Maximum = 1 };
        Assert.Equal(expected, parameter.FromReport(-1, size));
    }

    private static IEnumerable<string> Faults(string text)
    {
        List<DeviceFault> faults = [];
        Assert.Null(DeviceFileReader.Read(text, "probe.json", faults));
        return faults.Select(static fault => fault.ToString());
    }
}
