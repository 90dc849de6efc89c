using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>What an encoder must know of the receiver.</summary>
/// <param name="Version">
/// The version of the command class the node reported; fields of newer versions are not sent, because old nodes may reject or misread
/// longer frames. A node whose version is not known counts as version 1.
/// </param>
public readonly record struct CodecContext(byte Version)
{
    /// <summary>Every field the codec knows is sent.</summary>
    public static readonly CodecContext Newest = new(byte.MaxValue);
}

/// <summary>One command of a command class: plain data, no I/O.</summary>
public interface ICommand
{
    /// <summary>Command class and command number.</summary>
    CommandId Id { get; }

    /// <summary>Writes the parameters: everything after the command number.</summary>
    void Encode(ref PayloadWriter payload, CodecContext context);

    /// <summary>Names the fields for diagnostics; the names are fixed by the output format of <c>zwbridge decode</c>.</summary>
    void Describe(FieldWriter fields);
}

/// <summary>A command with a decoder.</summary>
public interface ICommand<TSelf> : ICommand
    where TSelf : class, ICommand<TSelf>
{
    /// <summary>Command class and command number.</summary>
    static abstract CommandId CommandId { get; }

    /// <summary>
    /// Reads the parameters: everything after the command number. Goes by the bytes present, never by a version: missing bytes of a
    /// newer version are absent values, trailing bytes of a still newer one are ignored.
    /// </summary>
    static abstract DecodeError TryDecode(ref PayloadReader payload, out TSelf? command);

    CommandId ICommand.Id => TSelf.CommandId;
}

/// <summary>A report that tells values of the endpoint it came from.</summary>
public interface IValueReport
{
    /// <summary>Hands every value of the report to <paramref name="values"/>; nothing for values the report leaves unknown.</summary>
    void CollectValues(IValueSink values);
}

/// <summary>
/// A report that may be spread over several frames ("reports to follow"). The receiver collects them and delivers one joined report.
/// </summary>
public interface IPartialReport
{
    /// <summary>How many frames are still to come; 0 in the last one.</summary>
    byte ReportsToFollow { get; }

    /// <summary>Tells parts of different reports apart (the group, the parameter); parts with equal keys belong together.</summary>
    int PartKey { get; }

    /// <summary>This report with the content of the earlier parts in front.</summary>
    ICommand JoinAfter(ICommand earlier);
}

/// <summary>
/// A command whose frame is not shown in any log, not even encrypted: the key that Security 0 hands over is encrypted with a key everybody knows.
/// </summary>
public interface IConfidentialCommand : ICommand;
