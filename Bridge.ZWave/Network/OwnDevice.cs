using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Network;

/// <summary>What we answer when a node asks us something: who we are, and the time.</summary>
internal sealed class OwnDevice(NetworkContext context, NetworkSecurity security)
{
    private const byte ZWavePlusVersion = 2;
    private const byte CentralStaticController = 0;
    private const byte ZWavePlusNode = 0;
    private const ushort GatewayIcon = 0x0500;

    /// <summary>The answer, or null when the command asks nothing of us.</summary>
    /// <param name="used">How the question was encrypted; what we support encrypted is everything else's business.</param>
    public ICommand? AnswerTo(ICommand question, SecurityClass used)
    {
        if (context.Identity is not { } identity) return null;
        switch (question)
        {
            case TimeGet:
                var time = context.Time.GetLocalNow();
                return new TimeReport(HasClockFailed: false, (byte)time.Hour, (byte)time.Minute, (byte)time.Second);
            case DateGet:
                var date = context.Time.GetLocalNow();
                return new DateReport((ushort)date.Year, (byte)date.Month, (byte)date.Day);
            case ManufacturerSpecificGet:
                return new ManufacturerSpecificReport(identity.ManufacturerId, identity.ProductTypeId, identity.ProductId);
            case ZWavePlusInfoGet:
                return new ZWavePlusInfoReport(ZWavePlusVersion, CentralStaticController, ZWavePlusNode, GatewayIcon, GatewayIcon);
            // Everything we support we support in the clear, too.
            case Security2CommandsSupportedGet when used > SecurityClass.S0:
                return new Security2CommandsSupportedReport([]);
            case Security0CommandsSupportedGet when used == SecurityClass.S0:
                return new Security0CommandsSupportedReport(0, []);
            case VersionCommandClassGet get:
                var isOwn = ControllerStartup.ClassesOf(security.HasKeys).Contains(get.RequestedCommandClass);
                var version = isOwn ? CommandRegistry.Find(get.RequestedCommandClass)?.ImplementedVersion ?? 1 : (byte)0;
                return new VersionCommandClassReport(get.RequestedCommandClass, version);
            default:
                return null;
        }
    }
}
