using Xunit;

namespace Bridge.Tests.Support;

/// <summary>
/// Texts that were looked at and approved: <c>Bridge.Tests/Data/Golden/*.approved.json</c>. What differs is written beside it as <c>.received.json</c>
/// and fails; with <c>ZWBRIDGE_APPROVE=1</c> it becomes the approved one, to be read in the difference before it is committed.
/// </summary>
internal static class Golden
{
    public const string Variable = "ZWBRIDGE_APPROVE";

    /// <summary>The received text is the approved one; line ends at the end do not count.</summary>
    public static void Approved(string name, string received)
    {
        var folder = Repository.Path("Bridge.Tests", "Data", "Golden");
        var approvedFile = Path.Combine(folder, name + ".approved.json");
        var receivedFile = Path.Combine(folder, name + ".received.json");
        var text = received.TrimEnd('\n') + "\n";
        File.Delete(receivedFile);
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(approvedFile, text);
            return;
        }

        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile) : string.Empty;
        if (approved == text) return;
        File.WriteAllText(receivedFile, text);
        Assert.Fail($"{name} is not what was approved: compare {receivedFile} with {approvedFile}; to approve it run the test with {Variable}=1");
    }
}
