using Bridge.ZWave.Simulation;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>Readings that agree with one another, at a moment and over time.</summary>
public sealed class LoadModelTests
{
    [Fact]
    public void Power_is_voltage_times_current_times_power_factor_for_every_load()
    {
        var loads = ArbMap.Default.GeneratorFor<int>().Select(static number => Math.Abs((long)number) % 36_000)
            .Zip(ArbMap.Default.GeneratorFor<int>().Select(static number => 1 + (Math.Abs((long)number) % 100))).ToArbitrary();
        Prop.ForAll(loads, static load =>
        {
            var model = new LoadModel();
            model.Plug(new ConstantLoad(load.Item1 / 10m, load.Item2 / 100m), TimeSpan.Zero);
            model.Switch(true, TimeSpan.Zero);
            var reading = model.Read(TimeSpan.FromHours(3));
            return Math.Abs((reading.Volts * reading.Amperes * reading.PowerFactor) - reading.Watts) < 0.000001m;
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Energy_is_the_power_summed_up_over_the_time_the_relay_was_closed()
    {
        var model = new LoadModel();
        model.Plug(new ConstantLoad(1000, 1), TimeSpan.Zero);

        model.Switch(true, TimeSpan.FromHours(1));
        model.Switch(false, TimeSpan.FromHours(3));

        Assert.Equal(2m, model.ImportKilowattHours(TimeSpan.FromHours(10)));
        Assert.Equal(0m, model.ExportKilowattHours(TimeSpan.FromHours(10)));
    }

    [Fact]
    public void The_energy_of_a_varying_load_is_the_sum_of_its_steps()
    {
        var load = new VaryingLoad(-200, 400, 0.9m, TimeSpan.FromSeconds(20), seed: 7);
        var model = new LoadModel();
        model.Plug(load, TimeSpan.Zero);
        model.Switch(true, TimeSpan.Zero);

        var (import, export) = (0m, 0m);
        for (var step = 0; step < 180; step++)
        {
            var watts = load.At(TimeSpan.FromSeconds(20 * step)).Watts;
            if (watts > 0) import += watts / 180_000m;
            else export -= watts / 180_000m;
        }

        Assert.Equal(import, model.ImportKilowattHours(TimeSpan.FromHours(1)), precision: 12);
        Assert.Equal(export, model.ExportKilowattHours(TimeSpan.FromHours(1)), precision: 12);
        Assert.True(import > 0 && export > 0);
    }

    [Fact]
    public void Asking_more_often_changes_nothing()
    {
        var load = new VaryingLoad(0, 100, 1, TimeSpan.FromSeconds(7), seed: 3);
        LoadModel[] models = [new(), new()];
        foreach (var model in models)
        {
            model.Plug(load, TimeSpan.Zero);
            model.Switch(true, TimeSpan.Zero);
        }

        for (var second = 0; second < 1000; second++) models[0].ImportKilowattHours(TimeSpan.FromSeconds(second));

        Assert.Equal(models[1].ImportKilowattHours(TimeSpan.FromSeconds(1000)), models[0].ImportKilowattHours(TimeSpan.FromSeconds(1000)), precision: 12);
    }

    [Fact]
    public void A_varying_load_stays_in_its_limits_varies_and_is_the_same_for_the_same_seed()
    {
        var load = new VaryingLoad(35, 120, 1, TimeSpan.FromSeconds(20), seed: 5);
        var again = new VaryingLoad(35, 120, 1, TimeSpan.FromSeconds(20), seed: 5);
        var other = new VaryingLoad(35, 120, 1, TimeSpan.FromSeconds(20), seed: 6);

        var moments = Enumerable.Range(0, 500).Select(static step => TimeSpan.FromSeconds(20 * step)).ToArray();

        Assert.All(moments, moment => Assert.InRange(load.At(moment).Watts, 35, 120));
        Assert.True(moments.Select(moment => load.At(moment).Watts).Distinct().Count() > 200);
        Assert.Equal(moments.Select(moment => load.At(moment)), moments.Select(moment => again.At(moment)));
        Assert.NotEqual(moments.Select(moment => load.At(moment)), moments.Select(moment => other.At(moment)));
        Assert.Equal(TimeSpan.FromSeconds(40), load.NextChangeAfter(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void The_voltage_is_around_230_V_and_moves_slowly()
    {
        var volts = Enumerable.Range(0, 2000).Select(static minute => LoadModel.VoltsAt(TimeSpan.FromMinutes(minute))).ToArray();

        Assert.All(volts, static value => Assert.InRange(value, 226m, 234m));
        Assert.All(volts.Zip(volts.Skip(1)), static pair => Assert.InRange(pair.Second - pair.First, -1.2m, 1.2m));
        Assert.True(volts.Distinct().Count() > 30);
    }

    [Fact]
    public void A_plug_reports_a_varying_load_by_itself()
    {
        using var bench = new PlugBench(PlugBench.SmartPlug);
        bench.Plug.SetLoad(new VaryingLoad(10, 500, 0.9m, TimeSpan.FromSeconds(30), seed: 1));
        bench.Tell("25 01 FF");

        Assert.True(bench.After(TimeSpan.FromMinutes(10)).Count(static report => report.StartsWith("32 02 21 34", StringComparison.Ordinal)) > 10);
    }
}
