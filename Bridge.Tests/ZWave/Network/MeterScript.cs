using System.Globalization;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;

namespace Bridge.Tests.ZWave.Network;

/// <summary>
/// A series of readings as a line of text. A number is a reading, +60 lets a minute pass, ? is the question to the meter, =12.75 a reading accepted just now,
/// ~12.75 one of an earlier run, reset a reset of ours.
/// </summary>
internal sealed class MeterScript(MeterReading reading)
{
    public static readonly MeterReading Energy = new(MeterScales.Electric, MeterScales.Import, 0);

    private readonly List<string> _verdicts = [];
    private MeterSeries _series = MeterSeries.Unknown;
    private Value _last;
    private TimeSpan _now = TimeSpan.FromMinutes(1);

    /// <summary>Every value that was believed, in order, repetitions left out.</summary>
    public List<Value> Published { get; } = [];

    public List<MeterRejectionReason> Refuted { get; } = [];

    public bool IsHolding => _series.Suspicion is not null;

    public bool IsListed { get; init; } = true;

    /// <summary>A for accepted, H for kept back, R for rejected.</summary>
    public string Verdicts => string.Join(' ', _verdicts);

    public MeterScript Run(string script)
    {
        foreach (var word in script.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word[0])
            {
                case '+':
                    Pass(TimeSpan.FromSeconds(double.Parse(word, CultureInfo.InvariantCulture)));
                    break;
                case '?':
                    Ask();
                    break;
                case '=':
                    _last = Number(word[1..]);
                    _series = _series with { AcceptedAt = _now };
                    break;
                case '~':
                    _last = Number(word[1..]);
                    break;
                case 'r':
                    _series = _series with { Reset = new(_last.AsDecimal!.Value, 0, _now) };
                    break;
                default:
                    Tell(Number(word));
                    break;
            }
        }

        return this;
    }

    public void Pass(TimeSpan time) => _now += time;

    public void Ask()
    {
        if (_series.Suspicion is { } suspicion) _series = _series with { Suspicion = suspicion with { IsAsked = true } };
    }

    public MeterVerdict Tell(Value value)
    {
        var judgement = MeterJudge.Judge(_series, _last, value, MeterLimits.Of(reading, value.Precision, 4600), IsListed, _now);
        _series = judgement.Series;
        _verdicts.Add(judgement.Verdict switch { MeterVerdict.Accept => "A", MeterVerdict.Hold => "H", _ => "R" });
        if (judgement.Refuted is { } refuted) Refuted.Add(refuted.Reason);
        if (judgement.Verdict != MeterVerdict.Accept) return judgement.Verdict;
        if (_last != value) Published.Add(value);
        _last = value;
        return judgement.Verdict;
    }

    /// <summary>A number with the decimal places it is written with.</summary>
    public static Value Number(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var precision = point < 0 ? 0 : text.Length - point - 1;
        return Value.OfDecimal(long.Parse(text.Replace(".", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture), (byte)precision);
    }
}
