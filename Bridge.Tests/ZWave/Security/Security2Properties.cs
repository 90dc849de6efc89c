using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Bridge.Tests.ZWave.Security;

/// <summary>Two nodes over a radio that loses, repeats, replays and changes frames, with anybody sending nonce commands in between.</summary>
public sealed class Security2Properties
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Any_order_of_losses_replays_and_changes_opens_only_what_was_sent_each_frame_once_and_ends_with_an_exchange_that_succeeds()
    {
        var cases = from steps in Gen.Choose(1, 120) from seed in Gen.Choose(0, int.MaxValue) select (steps, seed);
        Prop.ForAll(Arb.From(cases), static input =>
        {
            var radio = new Radio(new Random(input.seed));
            for (var step = 0; step < input.steps; step++) radio.Step();
            radio.Settle();
        }).Check(s_config);
    }

    [Fact]
    public void Any_changed_bit_of_a_frame_is_found()
    {
        var rig = new Security2Rig().Agreed();
        rig.HostAsks();
        var frame = rig.FromHost("25 01 FF")!;
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            byte[] changed = [.. frame];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(Security2Result.Opened, rig.AtPlug(changed).Result);
        }

        Assert.Equal(Opened.With("25 01 FF"), rig.AtPlug(frame));
    }

    private sealed class Radio(Random random)
    {
        private readonly Security2Rig _rig = new();
        private readonly List<Sent> _sent = [];
        private readonly List<(Security2NonceReport Report, bool IsFromHost)> _reports = [];
        private readonly HashSet<byte[]> _opened = [];
        private int _number;

        public void Step()
        {
            _rig.Time.Advance(TimeSpan.FromMilliseconds(random.Next(300)));
            var isFromHost = random.Next(2) == 0;
            switch (random.Next(9))
            {
                case 0: Ask(isFromHost); break;
                case 1: if (_sent.Count > 0) Deliver(_sent[random.Next(_sent.Count)]); break;
                case 2: if (_sent.Count > 0) DeliverChanged(_sent[random.Next(_sent.Count)]); break;
                case 3: OnGet(isFromHost, new((byte)random.Next(256))); break;
                case 4: if (_reports.Count > 0) OnReport(_reports[random.Next(_reports.Count)]); break;
                case 5: OnReport((new(0, false, Bytes(16)), isFromHost)); break;
                default:
                    if (Send(isFromHost) is not { } sent) Ask(isFromHost);
                    else if (random.Next(3) != 0) Deliver(sent);
                    break;
            }
        }

        /// <summary>The radio is quiet again.</summary>
        public void Settle()
        {
            foreach (var isFromHost in new[] { true, false, true, false })
            {
                if (isFromHost) _rig.Host.OnNonceReport(_rig.PlugId, _rig.Plug.CreateNonceReport(Security2Rig.HostId));
                else _rig.Plug.OnNonceReport(Security2Rig.HostId, _rig.Host.CreateNonceReport(_rig.PlugId));
                for (var count = 0; count < 3; count++)
                {
                    var sent = Send(isFromHost)!;
                    Assert.Equal(Opened.With(sent.Command), Receive(sent.IsFromHost, sent.Frame));
                }
            }
        }

        private Sent? Send(bool isFromHost)
        {
            var command = $"25 {(isFromHost ? "01" : "03")} {_number >> 8 & 0xFF:X2} {_number & 0xFF:X2}";
            if ((isFromHost ? _rig.FromHost(command) : _rig.FromPlug(command)) is not { } frame) return null;
            _number++;
            var sent = new Sent(isFromHost, frame, command);
            _sent.Add(sent);
            return sent;
        }

        private void Deliver(Sent sent)
        {
            var opened = Receive(sent.IsFromHost, sent.Frame);
            if (opened.Result == Security2Result.Opened)
            {
                Assert.Equal(sent.Command, opened.Command);
                Assert.True(_opened.Add(sent.Frame), "a frame is opened once");
            }

            Answer(sent.IsFromHost, opened.Result);
        }

        private void DeliverChanged(Sent sent)
        {
            byte[] changed = [.. sent.Frame];
            changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            var result = Receive(sent.IsFromHost, changed).Result;
            Assert.NotEqual(Security2Result.Opened, result);
            Answer(sent.IsFromHost, result);
        }

        private void Answer(bool wasFromHost, Security2Result result)
        {
            if (result != Security2Result.NotDecrypted) return;
            var report = wasFromHost ? _rig.Plug.CreateNonceReport(Security2Rig.HostId) : _rig.Host.CreateNonceReport(_rig.PlugId);
            Say(report, !wasFromHost);
        }

        private void Ask(bool isFromHost) =>
            OnGet(isFromHost, isFromHost ? _rig.Host.CreateNonceGet(_rig.PlugId) : _rig.Plug.CreateNonceGet(Security2Rig.HostId));

        private void OnGet(bool isFromHost, Security2NonceGet get)
        {
            var report = isFromHost ? _rig.Plug.OnNonceGet(Security2Rig.HostId, get) : _rig.Host.OnNonceGet(_rig.PlugId, get);
            if (report is not null) Say(report, !isFromHost);
        }

        private void Say(Security2NonceReport report, bool isFromHost)
        {
            _reports.Add((report, isFromHost));
            if (random.Next(4) != 0) OnReport((report, isFromHost));
        }

        private void OnReport((Security2NonceReport Report, bool IsFromHost) said)
        {
            if (said.IsFromHost) _rig.Plug.OnNonceReport(Security2Rig.HostId, said.Report);
            else _rig.Host.OnNonceReport(_rig.PlugId, said.Report);
        }

        private Opened Receive(bool isFromHost, byte[] frame) => isFromHost ? _rig.AtPlug(frame) : _rig.AtHost(frame);

        private byte[] Bytes(int count)
        {
            var bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    private sealed record Sent(bool IsFromHost, byte[] Frame, string Command);
}
