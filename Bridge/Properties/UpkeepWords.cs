using Bridge.ZWave.Upkeep;

namespace Bridge.Properties;

/// <summary>Heal and backup in the words of topics.</summary>
public static class UpkeepWords
{
    public static string Of(HealStep step) => step switch
    {
        HealStep.Neighbors => "neighbors",
        HealStep.DeleteReturnRoutes => "delete_return_routes",
        HealStep.AssignReturnRoutes => "assign_return_routes",
        HealStep.SucReturnRoutes => "suc_return_routes",
        _ => "ended",
    };

    public static string Of(NodeHealOutcome outcome) => outcome switch
    {
        NodeHealOutcome.Healed => "healed",
        NodeHealOutcome.Partly => "partly",
        NodeHealOutcome.Failed => "failed",
        NodeHealOutcome.Skipped => "skipped",
        _ => "cancelled",
    };

    public static string Of(NvmBackupReason reason) => reason switch
    {
        NvmBackupReason.Inclusion => "inclusion",
        NvmBackupReason.Exclusion => "exclusion",
        NvmBackupReason.Replacement => "replacement",
        _ => "request",
    };
}
