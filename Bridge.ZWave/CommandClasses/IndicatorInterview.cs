namespace Bridge.ZWave.CommandClasses;

/// <summary>What the interview asks a node with Indicator.</summary>
internal static class IndicatorInterview
{
    public static IEnumerable<InterviewRequest> AskSupported(InterviewView view)
    {
        // Some devices name an earlier indicator as the next one: each is asked once.
        HashSet<byte> asked = [];
        var wanted = IndicatorSupportedGet.First;
        while (asked.Add(wanted))
        {
            var indicator = wanted;
            IndicatorSupportedReport? reply = null;
            yield return InterviewRequest.For<IndicatorSupportedReport>(new IndicatorSupportedGet(indicator), report =>
            {
                // A first one is not known by number; "0" is the answer for an indicator that does not exist.
                if (indicator != IndicatorSupportedGet.First && report.IndicatorId != indicator && report.IndicatorId != 0) return false;
                reply = report;
                return true;
            });
            if (reply is null || reply.NextIndicatorId == 0) yield break;
            asked.Add(reply.IndicatorId);
            wanted = reply.NextIndicatorId;
        }
    }

    public static IEnumerable<InterviewRequest> AskDescriptions(InterviewView view) => Known(view)
        .Where(static indicator => indicator
            is >= IndicatorDescriptionGet.FirstManufacturerIndicator and <= IndicatorDescriptionGet.LastManufacturerIndicator)
        .Select(static indicator => InterviewRequest.For<IndicatorDescriptionReport>(
            new IndicatorDescriptionGet(indicator), report => report.IndicatorId == indicator));

    public static IEnumerable<InterviewRequest> AskState(InterviewView view)
    {
        if (view.Version < 2) return [InterviewRequest.For<IndicatorReport>(new IndicatorGet())];
        // Whether a device is blinking to be found is nobody's state.
        return Known(view)
            .Where(static indicator => indicator != IndicatorCommandClass.Identify)
            .Select(static indicator => InterviewRequest.For<IndicatorReport>(
                new IndicatorGet(indicator), report => IsAbout(report, indicator)));
    }

    // Indicator 0, or none at all, is the answer of a node that takes back what it said it supports.
    private static bool IsAbout(IndicatorReport report, byte indicator) =>
        report.Objects is not { Count: > 0 } objects || objects[0].IndicatorId == indicator || objects[0].IndicatorId == 0;

    private static IEnumerable<byte> Known(InterviewView view) => Enumerable.Range(1, byte.MaxValue)
        .Select(static indicator => (byte)indicator)
        .Where(indicator => view.Read(IndicatorCommandClass.SupportedProperties(indicator)).AsNumbers is { Length: > 0 });
}
