using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;

namespace Bridge.ZWave.Upkeep;

/// <summary>
/// Makes the module ready for work on its memory and itself again afterwards: nothing is sent, the receiver is off, the memory open; then closed, on, reset.
/// The second half runs whatever happened in the first. Belongs to the network's loop.
/// </summary>
/// <param name="ending">The program ends: the next start resets the module.</param>
internal sealed class NvmSession(ZWaveNetwork network, CancellationToken ending)
{
    private const int ReceiverAttempts = 3;

    private NetworkContext Context => network.Context;

    /// <summary>Works on the memory.</summary>
    /// <param name="work">Gets the memory and its size.</param>
    /// <param name="isQuiet">True: the network is the same afterwards, so nobody needs to be told that the module was reset.</param>
    /// <exception cref="ZWaveException">The controller is not ready, has no such functions, or an operation failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the module works again as before.</exception>
    public async Task<T> RunAsync<T>(Func<NvmAccess, int, Task<T>> work, bool isQuiet, CancellationToken cancellationToken)
    {
        if (Context.Status != ControllerStatus.Ready || Context.Identity is not { } identity)
        {
            throw new ZWaveException(ZWaveErrorCode.NotReady, "the controller is not ready");
        }

        var access = NvmAccess.For(Context.Session, identity)
            ?? throw new ZWaveException(ZWaveErrorCode.NotSupported, "this controller has no function that reads its memory");
        var hasSwitch = identity.Has(SetRfReceiveMode.Id);
        using var hold = await network.Sender.HoldAsync();
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (hasSwitch) await Context.Session.RequestAsync<SetRfReceiveModeResponse>(new SetRfReceiveModeRequest(false), cancellationToken);
            var size = await access.OpenAsync(cancellationToken);
            return await work(access, size);
        }
        finally
        {
            // Also where a step before failed: its request may have been carried out and only the answer got lost.
            await CloseAsync(access);
            if (hasSwitch) await SwitchOnAsync();
            await RestartAsync(isQuiet);
        }
    }

    private async Task CloseAsync(NvmAccess access)
    {
        try
        {
            await access.CloseAsync(CancellationToken.None);
        }
        catch (ZWaveException exception)
        {
            Context.Logger.MemoryNotClosed(exception.Message);
        }
    }

    private async Task SwitchOnAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Context.Session.RequestAsync<SetRfReceiveModeResponse>(new SetRfReceiveModeRequest(true), CancellationToken.None);
                return;
            }
            catch (ZWaveException exception)
            {
                if (attempt < ReceiverAttempts && Context.Session.State == SessionState.Open) continue;
                Context.Logger.ReceiverNotOn(exception.Message);
                return;
            }
        }
    }

    private async Task RestartAsync(bool isQuiet)
    {
        try
        {
            await network.Supervisor.RestartAsync("its memory was open", isQuiet, ending);
        }
        catch (OperationCanceledException)
        {
            // Not waited for any longer.
        }
    }
}
