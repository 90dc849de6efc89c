namespace Bridge.ZWave.Simulation;

/// <summary>When a plug sends meter reports by itself.</summary>
public enum ReportRule
{
    /// <summary>Each of W, A and kWh when it moved by its threshold, all scales once an interval.</summary>
    Thresholds,

    /// <summary>W when it moved by a percentage, by watts and a while passed, all three; a condition of 0 always holds, three zeros switch it off.</summary>
    ThreeConditions,

    /// <summary>W when it moved by a percentage; W and kWh once a period each; per relay and for the sum.</summary>
    StepAndPeriods,
}

/// <summary>What a parameter does.</summary>
public enum ParameterRole
{
    /// <summary>Only stored.</summary>
    None,

    /// <summary>Writing anything but the status for "changed" resets all parameters; reading tells that status or the one for "factory".</summary>
    ResetAll,
    StartState,
    AutoOffMinutes,
    AutoOnMinutes,
    AutoOffSeconds,
    ThresholdWatts,
    ThresholdDeciamperes,
    ThresholdCentikilowattHours,
    IntervalMinutes,
    WattDecimals,

    /// <summary>Watts above which the relay opens; 0 = no limit.</summary>
    PowerLimit,
    ReportPercent,
    ReportWatts,
    ReportSeconds,

    /// <summary>Dead time of the relay after switching, x 10 ms.</summary>
    RelayDelay,

    /// <summary>W report period, x 5 s.</summary>
    PowerPeriod,

    /// <summary>kWh report period, x 10 min.</summary>
    EnergyPeriod,

    /// <summary>What the root device is: 1 all relays, n + 1 relay n.</summary>
    RootSelection,

    /// <summary>The wall switch: 1 edge, 2 pulse, 3 edge toggle.</summary>
    SwitchMode,

    /// <summary>Answer to "off" by radio: 0 off, 1 ignore, 2 toggle, 3 on.</summary>
    RadioOffMode,

    /// <summary>The sum endpoint: 1 exists, 2 removed.</summary>
    SumEndpoint,

    /// <summary>W report after a change of n x 5 %; 0 = off.</summary>
    PowerStep,

    /// <summary>Reports to groups: 1 plain, 2 from the endpoint.</summary>
    EndpointReports,
}

/// <summary>Where a plug differs from what the specification or common sense says.</summary>
public enum PlugQuirk
{
    /// <summary>Only the button makes it send a switch report, never a command by radio.</summary>
    NoReportAfterRadioSwitch,

    /// <summary>Every value but 0 switches on, reserved ones too.</summary>
    AnyValueIsOn,

    /// <summary>Whatever group is named, it is group 1.</summary>
    IgnoresGroupNumber,

    /// <summary>Asked for a parameter it does not have, it answers with its first.</summary>
    AnswersUnknownParameter,

    /// <summary>After an overload it takes no "on" until it was off the mains.</summary>
    LocksAfterOverload,
}
