using Bridge.ZWave.Inclusion;
using Microsoft.Extensions.Logging;

namespace Bridge.Naming;

/// <summary>
/// What new nodes are called: as their entry of the provisioning list says, or as the node that they replace. Told right before the network tells of the
/// node, so that its first topic is the right one. Belongs to the network's loop.
/// </summary>
public sealed class NewNodeNames(INodeDirectory directory, ILogger logger)
{
    private NodeEntry? _replaced;

    public void Take(InclusionEvent news)
    {
        switch (news)
        {
            case ReplacementStarted started:
                _replaced = directory.Find(started.Node);
                break;
            case NodeIncluded { IsReplacement: true } included when _replaced is { } replaced && replaced.Id == included.Node.Id:
                _replaced = null;
                Give(replaced);
                break;
            case NodeIncluded { Entry.Name: { } name } included:
                Give(directory.Find(included.Node.Id) with { Name = name, Topic = TopicNames.FromName(name, included.Node.Id) });
                break;
        }
    }

    private void Give(NodeEntry entry)
    {
        if (directory.TryReplace(entry) is { } fault) logger.NewNameRefused(entry.Id, fault);
    }
}
