namespace Bridge.ZWave.CommandClasses;

/// <summary>What the interview asks a node with Notification. V1 is not asked: its type numbers are in the manual only.</summary>
internal static class NotificationInterview
{
    public static IEnumerable<InterviewRequest> AskTypes(InterviewView view) =>
        [InterviewRequest.For<NotificationSupportedReport>(new NotificationSupportedGet())];

    public static IEnumerable<InterviewRequest> AskEvents(InterviewView view)
    {
        foreach (var type in Types(view))
        {
            yield return InterviewRequest.For<NotificationEventSupportedReport>(
                new NotificationEventSupportedGet(type), report => report.NotificationType == type);
        }
    }

    public static IEnumerable<InterviewRequest> AskStates(InterviewView view)
    {
        foreach (var type in Types(view))
        {
            if (view.Version < 3)
            {
                yield return Ask(new(0, type), type);
                continue;
            }

            if (view.Read(NotificationCommandClass.SupportedEvents(type)).AsNumbers is not { } events)
            {
                // The node did not tell its events: the status of the type is all that can be asked.
                yield return Ask(new(0, type, NotificationReport.StateIdle), type);
                continue;
            }

            var states = NotificationEvents.StatesOf(type).Where(state => events.Contains(state.Event)).ToArray();
            List<NotificationEvent> active = [];
            foreach (var state in states)
            {
                yield return Ask(new(0, type, state.Event), type);
                if (IsActive(view, state)) active.Add(state);
            }

            // A node that answers "idle" without naming the state made the states before it look idle as well: those are asked again.
            foreach (var state in active)
            {
                if (!IsActive(view, state)) yield return Ask(new(0, type, state.Event), type);
            }
        }
    }

    private static InterviewRequest Ask(NotificationGet get, byte type) => InterviewRequest.For<NotificationReport>(
        get, report => report.NotificationType == type || report.NotificationStatus == NotificationReport.NothingPending);

    private static bool IsActive(InterviewView view, NotificationEvent state) => view.Read(state.Property).AsBoolean == true;

    private static IEnumerable<byte> Types(InterviewView view) =>
        (view.Read(NotificationCommandClass.SupportedTypes).AsNumbers ?? []).Select(static type => (byte)type);
}
