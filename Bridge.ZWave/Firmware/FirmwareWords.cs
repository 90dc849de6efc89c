using Bridge.ZWave.CommandClasses;

namespace Bridge.ZWave.Firmware;

/// <summary>What nodes say during an update, in words.</summary>
public static class FirmwareWords
{
    /// <summary>The answer to an offer.</summary>
    public static string Of(FirmwareRequestStatus status) => status switch
    {
        FirmwareRequestStatus.InvalidCombination => "manufacturer id and firmware id are not those of the node",
        FirmwareRequestStatus.NeedsAuthentication => "somebody has to press a button of the device first",
        FirmwareRequestStatus.FragmentSizeTooLarge => "the fragments are too large for the node",
        FirmwareRequestStatus.NotUpgradable => "this firmware of the node cannot be updated",
        FirmwareRequestStatus.WrongHardwareVersion => "the firmware is for another hardware version",
        FirmwareRequestStatus.AnotherUpdateRunning => "the node is busy with another update",
        FirmwareRequestStatus.BatteryLow => "the battery of the node is too low",
        FirmwareRequestStatus.Accepted => "the node takes the firmware",
        _ => $"the node refused with the unknown status {(byte)status:X2}",
    };

    /// <summary>How the transfer ended.</summary>
    public static string Of(FirmwareUpdateStatus status) => status switch
    {
        FirmwareUpdateStatus.ChecksumError => "the checksum of the whole image was wrong when the node had all of it",
        FirmwareUpdateStatus.TransmissionFailed => "the node gave up: fragments did not arrive",
        FirmwareUpdateStatus.WrongManufacturer => "the image is for devices of another manufacturer",
        FirmwareUpdateStatus.WrongFirmwareId => "the image has another firmware id",
        FirmwareUpdateStatus.WrongTarget => "the image is for another firmware target",
        FirmwareUpdateStatus.InvalidHeader => "the header of the image is wrong",
        FirmwareUpdateStatus.InvalidHeaderFormat => "the header of the image has a format the node does not know",
        FirmwareUpdateStatus.OutOfMemory => "the node has no room for the image",
        FirmwareUpdateStatus.WrongHardwareVersion => "the image is for another hardware version",
        FirmwareUpdateStatus.WaitingForActivation => "stored; it waits to be activated",
        FirmwareUpdateStatus.Stored => "stored; the node does not restart by itself",
        FirmwareUpdateStatus.Restarting => "stored; the node restarts",
        _ => $"the node ended the transfer with the unknown status {(byte)status:X2}",
    };

    /// <summary>The answer to an activation.</summary>
    public static string OfActivation(byte status) => status switch
    {
        FirmwareActivationStatusReport.InvalidCombination => "the node does not have this firmware to activate",
        FirmwareActivationStatusReport.Failed => "the node could not activate the firmware",
        FirmwareActivationStatusReport.Started => "activated",
        _ => $"the node answered the activation with the unknown status {status:X2}",
    };
}
