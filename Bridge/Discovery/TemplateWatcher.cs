using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Bridge.Discovery;

/// <summary>
/// The templates in use. Looks every few seconds whether the files have changed: the system's own notifications cost an inotify instance,
/// which containers often do not have. Any thread may call.
/// </summary>
/// <remarks>A change that has a fault is told once and changes nothing: half an edit must not take entities away.</remarks>
public sealed class TemplateWatcher : IDisposable
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>After a change: files have to be left alone for this long before they are read.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private readonly string _shippedFolder;
    private readonly string? _userFolder;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private string _read;
    private string _seen;
    private volatile TemplateCatalog _catalog;

    /// <summary>Reads the templates; a file with a fault is left out and told.</summary>
    /// <param name="shippedFolder">What comes with the program.</param>
    /// <param name="userFolder">The user's own; may come into being later. Null: none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets a line for each fault.</param>
    public TemplateWatcher(string shippedFolder, string? userFolder, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        _shippedFolder = shippedFolder;
        _userFolder = userFolder;
        _logger = logger;
        _read = _seen = Signature();
        _catalog = TemplateCatalog.Load(shippedFolder, userFolder);
        foreach (var fault in _catalog.Faults) logger.TemplateLeftOut(fault);
        _timer = time.CreateTimer(_ => Look(), null, Interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Other templates are in use. Raised on a timer's thread.</summary>
    public event Action? Changed;

    public TemplateCatalog Catalog => _catalog;

    public void Dispose() => _timer.Dispose();

    // One look at a time: the timer is started again at its end.
    private void Look()
    {
        var now = Signature();
        var hasSettled = now == _seen;
        _seen = now;
        if (hasSettled && now != _read) Read(now);
        _timer.Change(_seen == _read ? Interval : Settling, Timeout.InfiniteTimeSpan);
    }

    private void Read(string signature)
    {
        _read = signature;
        var catalog = TemplateCatalog.Load(_shippedFolder, _userFolder);
        if (catalog.Faults.Count > 0)
        {
            _logger.TemplatesBroken(string.Join("; ", catalog.Faults));
            return;
        }

        _catalog = catalog;
        _logger.TemplatesRead(catalog.Templates.Count);
        Changed?.Invoke();
    }

    /// <summary>Names, sizes and times of all files: what is different when one of them is.</summary>
    private string Signature()
    {
        List<TemplateFault> faults = [];
        var files = TemplateCatalog.Files(_shippedFolder, faults).Concat(TemplateCatalog.Files(_userFolder, faults));
        return string.Join('\n', files.Select(static path =>
        {
            var file = new FileInfo(path);
            return string.Create(CultureInfo.InvariantCulture, $"{path} {(file.Exists ? file.Length : 0)} {file.LastWriteTimeUtc.Ticks}");
        }).Concat(faults.Select(static fault => fault.ToString())));
    }
}
