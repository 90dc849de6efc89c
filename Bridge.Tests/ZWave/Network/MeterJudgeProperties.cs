using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

public sealed class MeterJudgeProperties
{
    private const int Centi = 100;

    [Fact]
    public void Damaged_readings_among_true_ones_are_never_published_and_the_true_ones_are()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), static seed =>
        {
            var random = new Random(seed);
            var meter = new MeterScript(MeterScript.Energy);
            // centi-kilowatt-hours; a plug that has been in use for a while
            var truth = (long)random.Next(100 * Centi, 20_000 * Centi);
            HashSet<long> told = [];
            var wasDamaged = false;
            for (var step = 0; step < 60; step++)
            {
                var pause = random.Next(5, 4000);
                meter.Pass(TimeSpan.FromSeconds(pause));
                truth += random.Next(0, (pause * 4 * Centi / 3600) + 1);
                wasDamaged = !wasDamaged && random.Next(3) == 0;
                var reading = wasDamaged ? Damage(truth, random) : truth;
                if (!wasDamaged) told.Add(truth);
                meter.Tell(Value.OfDecimal(reading, 2));
                // Sometimes the question reaches the meter before its next report; its answer is true unless the report before was not.
                if (!meter.IsHolding || random.Next(2) == 0) continue;
                meter.Ask();
                told.Add(truth);
                meter.Tell(Value.OfDecimal(truth, 2));
                wasDamaged = false;
            }

            // Whatever was last, two true readings bring the truth.
            meter.Tell(Value.OfDecimal(truth, 2));
            meter.Ask();
            meter.Tell(Value.OfDecimal(truth, 2));
            told.Add(truth);
            return meter.Published.TrueForAll(value => told.Contains(value.RawNumber)) && meter.Published[^1].RawNumber == truth;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    // Every kind differs from the truth by more than any load explains.
    private static long Damage(long truth, Random random) => random.Next(6) switch
    {
        0 => 0,
        1 => truth / 10,
        2 => truth * 10,
        3 => truth | (1L << random.Next(25, 31)),
        4 => (int)((uint)truth | 0x80000000),
        _ => truth + random.Next(50 * Centi, 5000 * Centi),
    };
}
