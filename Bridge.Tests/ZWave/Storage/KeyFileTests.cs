using Bridge.Tests.Support;
using Bridge.ZWave.Security;
using Bridge.ZWave.Storage;
using Xunit;

namespace Bridge.Tests.ZWave.Storage;

public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    private string Keys => _folder["keys.json"];

    private string Backup => Keys + ".bak";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void First_start_generates_all_keys_once_and_says_to_keep_them()
    {
        var reading = Open().Prepare();
        Assert.Empty(reading.Faults);
        Assert.Equal(KeyTexts.Names, reading.Keys.Names);
        Assert.Equal(6, reading.Keys.Names.Select(name => KeyTexts.TextOf(reading.Keys.Find(name))).Distinct().Count());
        var warning = Assert.Single(reading.Warnings);
        Assert.StartsWith($"new keys were generated in '{Keys}' (S0_Legacy, S2_Unauthenticated, ", warning, StringComparison.Ordinal);
        Assert.Contains("every secure node has to be included again", warning, StringComparison.Ordinal);

        var again = Open().Prepare();
        Assert.Empty(again.Warnings);
        Assert.Equal(KeyTexts.TextOf(reading.Keys), KeyTexts.TextOf(again.Keys));
    }

    [Fact]
    public void File_and_copy_are_the_same_and_for_their_owner_only()
    {
        Open().Prepare();
        Assert.Equal(File.ReadAllBytes(Keys), File.ReadAllBytes(Backup));
        Assert.Equal(["keys.json", "keys.json.bak"], Files());
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Keys));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Backup));
    }

    [Fact]
    public void Reading_creates_nothing()
    {
        Assert.Empty(Open().Read().Faults);
        Assert.Empty(Files());
        Write(Backup, KeyTexts.All());
        Assert.True(Open().Read().IsFromBackup);
        Assert.Equal(["keys.json.bak"], Files());
    }

    [Fact]
    public void Folder_of_the_file_is_made()
    {
        var file = new KeyFile(_folder.File("a", "b", "keys.json"), allowsReaders: false, new ManualTimeProvider());
        Assert.Empty(file.Prepare().Faults);
        Assert.True(File.Exists(file.Path));
    }

    [Fact]
    public void Missing_keys_are_generated_and_the_others_stay()
    {
        Write(Keys, $$"""{"S2_Authenticated": "{{KeyTexts.Hex(7)}}"}""");
        var reading = Open().Prepare();
        Assert.Equal(KeyTexts.Key(7), reading.Keys.ToNetworkKeys().S2Authenticated);
        Assert.Contains("(S0_Legacy, S2_Unauthenticated, S2_AccessControl, S2_Authenticated_LR, S2_AccessControl_LR)", Assert.Single(reading.Warnings), StringComparison.Ordinal);
        Assert.Equal(KeyTexts.TextOf(reading.Keys), KeyTexts.TextOf(Open().Read().Keys));
    }

    [Fact]
    public void Each_name_is_the_key_of_its_class()
    {
        Write(Keys, KeyTexts.All());
        var keys = Open().Prepare().Keys.ToNetworkKeys();
        Assert.Equal(KeyTexts.Key(1), keys.Find(SecurityClass.S0, isLongRange: false));
        Assert.Equal(KeyTexts.Key(2), keys.Find(SecurityClass.S2Unauthenticated, isLongRange: false));
        Assert.Equal(KeyTexts.Key(3), keys.Find(SecurityClass.S2Authenticated, isLongRange: false));
        Assert.Equal(KeyTexts.Key(4), keys.Find(SecurityClass.S2AccessControl, isLongRange: false));
        Assert.Equal(KeyTexts.Key(5), keys.Find(SecurityClass.S2Authenticated, isLongRange: true));
        Assert.Equal(KeyTexts.Key(6), keys.Find(SecurityClass.S2AccessControl, isLongRange: true));
    }

    [Fact]
    public void A_lost_file_is_restored_from_its_copy()
    {
        var before = Open().Prepare();
        File.Delete(Keys);
        var after = Open().Prepare();
        Assert.Equal([$"'{Keys}' was missing and was restored from '{Backup}'"], after.Warnings);
        Assert.Equal(KeyTexts.TextOf(before.Keys), KeyTexts.TextOf(after.Keys));
        Assert.Equal(File.ReadAllBytes(Backup), File.ReadAllBytes(Keys));
    }

    [Fact]
    public void A_lost_copy_is_made_again_and_not_told()
    {
        Open().Prepare();
        File.Delete(Backup);
        Assert.Empty(Open().Prepare().Warnings);
        Assert.Equal(File.ReadAllBytes(Keys), File.ReadAllBytes(Backup));
    }

    [Fact]
    public void A_copy_with_other_keys_is_kept_aside()
    {
        Write(Backup, KeyTexts.All(9));
        Write(Keys, KeyTexts.All());
        Assert.Contains("keys.json.before-20260101T000000Z", Assert.Single(Open().Prepare().Warnings), StringComparison.Ordinal);
        Assert.Equal(KeyTexts.All(9), File.ReadAllText(Keys + ".before-20260101T000000Z"));
        Assert.Equal(KeyTexts.All(), File.ReadAllText(Backup));
    }

    [Theory]
    [InlineData("{", "not JSON (line 1, byte 2)")]
    [InlineData("""{"S0_Legacy": "12"}""", "S0_Legacy: 2 characters; allowed: 32 hex digits")]
    public void A_broken_file_is_a_fault_and_stays_as_it_is(string text, string fault)
    {
        Write(Backup, KeyTexts.All());
        Write(Keys, text);
        var reading = Open().Prepare();
        Assert.Equal([$"'{Keys}': {fault}"], reading.Faults);
        Assert.Equal(text, File.ReadAllText(Keys));
        Assert.Equal(KeyTexts.All(), File.ReadAllText(Backup));
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void A_broken_copy_is_a_fault_when_the_file_is_missing()
    {
        Write(Backup, "{");
        Assert.Equal([$"'{Backup}': not JSON (line 1, byte 2)"], Open().Prepare().Faults);
        Assert.Equal(["keys.json.bak"], Files());
    }

    [Fact]
    public void Unknown_entries_are_a_warning_and_not_lost_when_the_file_is_written()
    {
        var text = $$"""{"S2_AccesControl": "{{KeyTexts.Hex(4)}}"}""";
        Write(Keys, text);
        var reading = Open().Prepare();
        Assert.Equal($"'{Keys}': S2_AccesControl is not the name of a key and has no effect", reading.Warnings[0]);
        Assert.Equal(text, File.ReadAllText(Keys + ".before-20260101T000000Z"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(OwnerOnly, File.GetUnixFileMode(Keys + ".before-20260101T000000Z"));
    }

    [Theory]
    [InlineData("keys.json", UnixFileMode.OtherRead, "0604")]
    [InlineData("keys.json", UnixFileMode.GroupRead, "0640")]
    [InlineData("keys.json", UnixFileMode.GroupWrite, "0620")]
    [InlineData("keys.json.bak", UnixFileMode.OtherRead, "0604")]
    public void A_file_others_can_use_is_a_fault_with_the_command_that_mends_it(string name, UnixFileMode more, string mode)
    {
        if (OperatingSystem.IsWindows()) return;
        Write(Keys, KeyTexts.All());
        Write(Backup, KeyTexts.All());
        File.SetUnixFileMode(_folder[name], OwnerOnly | more);
        var reading = Open().Prepare();
        Assert.Equal(
            [$"'{_folder[name]}' has mode {mode}: others than its owner can use the keys; allowed: 0600 (chmod 600 '{_folder[name]}')"], reading.Faults);
        Assert.Equal(OwnerOnly | more, File.GetUnixFileMode(_folder[name]));
    }

    [Fact]
    public void A_file_others_can_read_is_used_when_that_is_allowed()
    {
        if (OperatingSystem.IsWindows()) return;
        Write(Keys, KeyTexts.All());
        File.SetUnixFileMode(Keys, OwnerOnly | UnixFileMode.OtherRead);
        var reading = Open(allowsReaders: true).Prepare();
        Assert.Empty(reading.Faults);
        Assert.Equal([$"'{Keys}' has mode 0604: others than its owner can use the keys"], reading.Warnings);
        Assert.Equal(6, reading.Keys.Names.Count());
    }

    [Fact]
    public void Mode_and_content_are_told_together()
    {
        if (OperatingSystem.IsWindows()) return;
        Write(Keys, """{"S0_Legacy": 5, "S2_Authenticated": ""}""");
        File.SetUnixFileMode(Keys, OwnerOnly | UnixFileMode.OtherRead);
        Assert.Equal(3, Open().Read().Faults.Count);
    }

    [Fact]
    public void A_folder_in_its_place_is_a_fault()
    {
        Directory.CreateDirectory(Keys);
        Assert.Equal([$"'{Keys}' is a folder; allowed: path of a file"], Open().Prepare().Faults);
    }

    [Fact]
    public void A_file_that_is_far_too_long_is_a_fault()
    {
        Write(Keys, new string(' ', KeyBytes.MaximumLength + 1));
        Assert.Contains("longer than", Assert.Single(Open().Read().Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_replaced_is_kept()
    {
        Write(Keys, KeyTexts.All());
        var keys = new KeySet();
        keys.Set(KeySet.S0, KeyTexts.Key(9));
        keys.Complete();
        Open().Write(keys, keepsBefore: true);
        Open().Write(keys, keepsBefore: true);
        Assert.Equal(KeyTexts.All(), File.ReadAllText(Keys + ".before-20260101T000000Z"));
        Assert.True(File.Exists(Keys + ".before-20260101T000000Z-2"));
    }

    [Fact]
    public void A_crash_while_writing_leaves_a_whole_file()
    {
        // what a crash leaves: a half file aside, for everybody
        File.WriteAllText(Keys + ".tmp", "{\"S0_");
        Open().Prepare();
        Assert.Equal(["keys.json", "keys.json.bak"], Files());
        if (!OperatingSystem.IsWindows()) Assert.Equal(OwnerOnly, File.GetUnixFileMode(Keys));
    }

    [Fact]
    public void Nothing_that_is_told_shows_a_key()
    {
        List<string> said = [];
        Write(Keys, KeyTexts.All()[..^40] + "\"oops\"}");
        said.AddRange(Open().Prepare().Faults);
        Write(Keys, KeyTexts.All());
        Write(Backup, KeyTexts.All(7));
        var reading = Open().Prepare();
        said.AddRange(reading.Warnings);
        said.AddRange(Open().Write(reading.Keys, keepsBefore: true));
        said.Add(reading.ToString());
        said.Add(reading.Keys.ToString()!);
        said.Add(reading.Keys.ToNetworkKeys().ToString());
        Assert.True(said.Count > 5);
        KeyTexts.AssertHidden(said);
    }

    private string[] Files() => [.. Directory.EnumerateFiles(_folder.Path).Select(static file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private KeyFile Open(bool allowsReaders = false) => new(Keys, allowsReaders, new ManualTimeProvider());

    private static void Write(string file, string text)
    {
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, OwnerOnly);
    }
}
