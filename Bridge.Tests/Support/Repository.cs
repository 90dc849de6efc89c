namespace Bridge.Tests.Support;

/// <summary>Finds the files of the checkout the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "bridge.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("bridge.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
