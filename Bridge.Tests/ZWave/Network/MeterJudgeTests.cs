using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>What is believed of the readings of a meter. The words of the scripts: <see cref="MeterScript"/>.</summary>
public sealed class MeterJudgeTests
{
    public static TheoryData<string, string, string, string> Counters => new()
    {
        { "first value is believed when it is told twice", "12.75 ? 12.75", "H A", "12.75" },
        { "first value may have grown meanwhile", "12.75 ? 12.76", "H A", "12.76" },
        { "wrong first value is refuted by the true one", "3546.00 ? 12.75 +3 12.75", "H H A", "12.75" },
        { "zero before the true first value", "0.00 ? 12.75 ? 12.75", "H H A", "12.75" },
        { "zero of a new plug", "0.00 ? 0.00 +600 0.01", "H A A", "0.00 0.01" },
        { "ordinary growth", "=12.75 +60 12.76 +60 12.76 +3600 14.20", "A A A", "12.76 14.20" },
        { "spike: digit too many", "=12.75 +60 125.271 ? 12.76", "H A", "12.76" },
        { "spike: thousands", "=12.75 +3600 3546 ? 12.80", "H A", "12.80" },
        { "spike: half a million, told unasked by the next report", "=12.75 +60 500000.00 +60 12.76", "H A", "12.76" },
        { "spike the meter insists on, and its way back", "=12.75 +60 3546.00 ? 3546.00 +60 12.80 ? 12.80", "H A H A", "3546.00 12.80" },
        { "two different spikes", "=12.75 +60 3546.00 ? 125.27 ? 12.76", "H H A", "12.76" },
        { "full load for an hour", "=10.00 +3600 14.60", "A", "14.60" },
        { "sign bit, however often", "=12.75 +60 -21474836.13 -21474836.13 ? -21474836.13 +60 12.76", "R R R A", "12.76" },
        { "sign bit first of all", "-21474836.13 ? -21474836.13 12.75 ? 12.75", "R R H A", "12.75" },
        { "sign bit between report and answer", "=12.75 +60 0.00 ? -0.01 0.00", "H R A", "0.00" },
        { "dip to zero after a restart", "=12.75 +60 0.00 ? 12.75", "H A", "" },
        { "dip to another number", "=345.31 +60 5.17 ? 345.31 +60 345.32", "H A A", "345.32" },
        { "dip that is true: reset by hand", "=12.75 +60 0.00 ? 0.00 +60 0.01", "H A A", "0.00 0.01" },
        { "dip of the last digit", "=12.75 +60 12.74 ? 12.74", "H A", "12.74" },
        { "same report three times is no confirmation", "=12.75 +60 0.00 0.00 +1 0.00", "H H H", "" },
        { "same value told later is one", "=12.75 +60 0.00 +60 0.00", "H A", "0.00" },
        { "own reset in one step", "=12.75 +60 reset +1 0.00", "A", "0.00" },
        { "own reset, the old value first", "=12.75 +60 reset 12.75 +1 12.75 +1 0.00 +60 0.01", "A A A A", "0.00 0.01" },
        { "own reset, the old value late", "=12.75 +60 reset +1 0.00 +3 12.75 ? 0.01", "A H A", "0.00 0.01" },
        { "own reset of little, the old value late", "=0.05 +60 reset +1 0.00 +3 0.05 ? 0.00", "A H A", "0.00" },
        { "own reset that did not happen after all", "=12.75 +60 reset +1 0.00 +3 12.75 ? 12.75", "A H A", "0.00 12.75" },
        { "dip during an own reset", "=345.31 +60 reset +1 117.20 ? 0.00 +3 0.00", "H A A", "0.00" },
        { "own reset is forgotten after a minute", "=12.75 reset +61 0.00 ? 0.00", "H A", "0.00" },
        { "overflow", "=2147483.647 +60 0.012 ? 0.013", "H A", "0.013" },
        { "fewer digits", "=12.75 +60 12.8 +60 12.81 +60 13", "A A A", "12.8 12.81 13" },
        { "more digits", "=12 +60 12.755", "A", "12.755" },
        { "long silence, plausible", "=12.75 +36000 20.00", "A", "20.00" },
        { "very long silence is asked about", "=12.75 +864000 160.00 ? 160.00", "H A", "160.00" },
        { "spike after a long silence", "=12.75 +864000 354.60 ? 12.75", "H A", "" },
        { "remembered from an earlier run", "~12.75 12.76", "A", "12.76" },
        { "remembered, and much was used meanwhile", "~12.75 20.00 ? 20.01", "H A", "20.01" },
        { "remembered, and zero at the start", "~12.75 0.00 ? 12.75", "H A", "" },
        { "clock that does not move", "=12.75 12.76 12.75 12.76 20.00", "A H A H", "12.76" },
    };

    [Theory]
    [MemberData(nameof(Counters))]
    public void Counter_is_believed_as_far_as_it_can_be_true(string name, string script, string verdicts, string published)
    {
        var meter = new MeterScript(MeterScript.Energy).Run(script);
        Assert.Equal((name, verdicts), (name, meter.Verdicts));
        Assert.Equal(published, string.Join(' ', meter.Published));
    }

    [Theory]
    [InlineData("=12.75 +60 125.271 ? 12.76", MeterRejectionReason.Jump)]
    [InlineData("=12.75 +60 0.00 ? 12.76", MeterRejectionReason.Drop)]
    [InlineData("3546.00 ? 12.75", MeterRejectionReason.Unconfirmed)]
    [InlineData("=12.75 reset +1 0.00 +3 12.75 ? 0.00", MeterRejectionReason.OldAfterReset)]
    public void Reading_that_was_kept_back_and_refuted_has_its_reason(string script, MeterRejectionReason reason) =>
        Assert.Equal([reason], new MeterScript(MeterScript.Energy).Run(script).Refuted);

    [Fact]
    public void Confirmed_reading_is_not_refuted() => Assert.Empty(new MeterScript(MeterScript.Energy).Run("=12.75 +60 0.00 ? 0.00").Refuted);

    [Theory]
    [InlineData(MeterReading.Watt, "=60.0 18400.0 18400.1 -18400.0 -18400.1 0.0", "A R A R A")]
    [InlineData(MeterReading.Volt, "=230.5 0.0 1000.0 1000.1 -230.5", "A A R R")]
    [InlineData(MeterReading.Ampere, "=2.89 184.00 184.01 -2.89", "A R A")]
    [InlineData(MeterReading.PowerFactor, "=0.99 1.00 1.01 -1.00 1.27", "A R A R")]
    [InlineData(MeterReading.PowerFactor, "=99 100 101", "A R")]
    [InlineData(MeterReading.KiloVoltAmpereReactive, "=1.2 18.4 18.5", "A R")]
    public void Momentary_reading_is_believed_within_what_a_plug_can_have(int scale, string script, string verdicts) =>
        Assert.Equal(verdicts, new MeterScript(new(MeterScales.Electric, MeterScales.Import, scale)).Run(script).Verdicts);

    [Fact]
    public void Momentary_reading_of_a_scale_nobody_named_is_believed_when_it_comes_again()
    {
        var meter = new MeterScript(new(MeterScales.Electric, 0, MeterReading.Watt)) { IsListed = false };
        Assert.Equal("H A A", meter.Run("60.0 +60 90.0 0.0").Verdicts);
    }

    [Theory]
    [InlineData(MeterScales.Water, 0, "=12.75 +3600 27.00 +3600 90.00", "A H")] // m³
    [InlineData(MeterScales.Gas, 1, "=100 +3600 500 +3600 2000", "A H")] // ft³
    [InlineData(MeterScales.Heating, 0, "=100.0 +3600 190.0 +3600 900.0", "A H")] // kWh
    [InlineData(MeterScales.Electric, 3, "=1000 +3600 40000 +3600 190000", "A H")] // pulses
    [InlineData(MeterScales.Electric, 8, "=1.00 +3600 5.00 +3600 40.00", "A H")] // kvarh
    public void Other_counters_have_limits_of_their_own(byte type, int scale, string script, string verdicts) =>
        Assert.Equal(verdicts, new MeterScript(new(type, 0, scale)).Run(script).Verdicts);

    [Theory]
    // listed: type 1, scales kWh and W, both rates, version 4
    [InlineData(4, 1, "0 2", "1 2", 1, 1, 0, null)]
    [InlineData(4, 1, "0 2", "1 2", 1, 2, 2, null)]
    [InlineData(4, 1, "0 2", "1 2", 1, 0, 0, MeterRejectionReason.UnsupportedRateType)]
    [InlineData(4, 1, "0 2", "1 2", 1, 3, 0, MeterRejectionReason.UnsupportedRateType)]
    [InlineData(4, 1, "0 2", "1 2", 1, 1, 4, MeterRejectionReason.UnsupportedScale)]
    [InlineData(4, 1, "0 2", "1 2", 2, 1, 0, MeterRejectionReason.UnsupportedMeterType)]
    // a voltage has no direction
    [InlineData(4, 1, "0 2 4", "1 2", 1, 0, 4, null)]
    [InlineData(4, 1, "0 2", "1", 1, 2, 0, MeterRejectionReason.UnsupportedRateType)]
    // version 3 has no room to list rates
    [InlineData(3, 1, "0 2", "", 1, 1, 0, null)]
    [InlineData(3, 1, "0 2", "", 1, 0, 0, null)]
    [InlineData(3, 1, "0 2", "", 1, 2, 0, null)]
    [InlineData(3, 1, "0 2", "", 1, 3, 0, MeterRejectionReason.UnsupportedRateType)]
    // version 4 that lists none
    [InlineData(4, 1, "0 2", "", 1, 1, 0, null)]
    [InlineData(4, 1, "0 2", "", 1, 2, 0, MeterRejectionReason.UnsupportedRateType)]
    // version 1 lists nothing
    [InlineData(1, null, null, "", 1, 0, 0, null)]
    [InlineData(1, null, null, "", 3, 0, 2, null)]
    [InlineData(1, null, null, "", 2, 0, 2, MeterRejectionReason.UnsupportedScale)]
    [InlineData(1, null, null, "", 9, 0, 0, MeterRejectionReason.UnsupportedScale)]
    public void Only_what_an_endpoint_listed_is_taken(
        int version, int? type, string? scales, string rates, int reportedType, int reportedRate, int reportedScale, MeterRejectionReason? reason)
    {
        var capabilities = new MeterCapabilities((byte)version, type, scales is null ? null : Numbers(scales), Numbers(rates));
        Assert.Equal(reason, capabilities.Refuse(new((byte)reportedType, (byte)reportedRate, reportedScale)));
    }

    private static int[] Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
}
