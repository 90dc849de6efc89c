using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Finds out which of our keys a node has, where nobody remembers, and what it supports encrypted. Runs before every other question. Belongs to the network's
/// loop.
/// </summary>
internal sealed class SecurityInterview(NetworkContext context, CommandExchange exchange, NetworkSecurity security)
{
    /// <exception cref="ZWaveException">The node stopped answering.</exception>
    public async Task RunAsync(Node node, CancellationToken cancellationToken)
    {
        if (!security.HasKeys) return;
        if (node.GrantedClasses is null)
        {
            node.GrantedClasses = await ProbeAsync(node, cancellationToken);
            security.Consider(node);
            if (!node.GrantedClasses.Value.IsEmpty) context.Logger.SecurityFound(node.Id.Value, SecurityClassWords.Of(node.SecurityClass));
        }
        else if (node.SecurityClass != SecurityClass.None && await AskAsync(node, node.SecurityClass, isProbe: false, cancellationToken) is { } supported)
        {
            Apply(node, supported);
        }
    }

    // Strongest first: a node answers with the keys it has. One that has none keeps silent, or says that it could not decrypt.
    private async Task<SecurityClasses> ProbeAsync(Node node, CancellationToken cancellationToken)
    {
        foreach (var securityClass in SecurityClasses.All.StrongestFirst)
        {
            var commandClass = securityClass == SecurityClass.S0 ? Security0CommandClass.Id : Security2CommandClass.Id;
            if (!node.Root.Supports(commandClass) || security.Keys?.Find(securityClass, node.Id.IsLongRange) is null) continue;
            if (securityClass != SecurityClass.S0) security.S2?.SetClass(node.Id, securityClass);
            if (await AskAsync(node, securityClass, isProbe: true, cancellationToken) is not { } supported) continue;
            Apply(node, supported);
            return SecurityClasses.Of(securityClass);
        }

        return SecurityClasses.None;
    }

    private async Task<IReadOnlyList<CommandClassId>?> AskAsync(Node node, SecurityClass securityClass, bool isProbe, CancellationToken cancellationToken)
    {
        ICommand question = securityClass == SecurityClass.S0 ? new Security0CommandsSupportedGet() : new Security2CommandsSupportedGet();
        try
        {
            var answer = await exchange.QueryAsync(
                node, EndpointIndex.Root, question, IsAnswer, SendPriority.Interview, cancellationToken, securityClass, isProbe ? 1 : 3);
            return answer switch
            {
                Security2CommandsSupportedReport report => report.CommandClasses,
                Security0CommandsSupportedReport report => report.CommandClasses,
                _ => null,
            };
        }
        catch (ZWaveException exception) when (isProbe && exception.Code == ZWaveErrorCode.SecurityFailed)
        {
            return null;
        }
    }

    private static ReplyMatch IsAnswer(ICommand command) =>
        command is Security2CommandsSupportedReport or Security0CommandsSupportedReport ? ReplyMatch.Complete : ReplyMatch.None;

    private static void Apply(Node node, IReadOnlyList<CommandClassId> supported)
    {
        node.SecureClasses = supported.ToHashSet();
        foreach (var commandClass in supported) node.Root.Add(commandClass);
    }
}
