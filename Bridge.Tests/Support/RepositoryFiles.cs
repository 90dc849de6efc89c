namespace Bridge.Tests.Support;

/// <summary>Files of the source tree that tests compare with.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = Find();

    public static string At(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "bridge.sln"))) return folder;
        }

        throw new DirectoryNotFoundException("the tests run outside the source tree");
    }
}
