namespace Bridge.ZWave.Simulation;

/// <summary>What a joining plug does wrong while keys are exchanged.</summary>
public enum JoiningFault
{
    None,

    /// <summary>It answers nothing: neither KEX Get nor Scheme Get.</summary>
    NoAnswer,

    /// <summary>It knows none of the schemes, of the curves, or of the keys there are.</summary>
    UnknownScheme,
    UnknownCurve,
    UnknownKeys,

    /// <summary>It sends no public key.</summary>
    NoPublicKey,

    /// <summary>It never repeats encrypted what was granted; repeats it in the clear; repeats something else.</summary>
    NoEcho,
    EchoInTheClear,
    WrongEcho,

    /// <summary>It asks for no key; asks in the clear; asks for one that was not granted.</summary>
    NoKeyRequest,
    KeyRequestInTheClear,
    KeyNotGranted,

    /// <summary>It does not show that it has a key, or does so with the wrong one.</summary>
    NoVerification,
    WrongVerification,

    /// <summary>It never says that it has all keys.</summary>
    NoTransferEnd,
}
