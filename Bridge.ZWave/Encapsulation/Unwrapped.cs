using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>The commands inside a frame, without a copy: <c>foreach (var command in unwrapped)</c>. Usually one.</summary>
public readonly ref struct Unwrapped
{
    private readonly ReadOnlySpan<byte> _content;
    private readonly bool _isMultiCommand;

    /// <summary>One command, or none when <paramref name="command"/> is empty.</summary>
    internal Unwrapped(Envelope envelope, ReadOnlySpan<byte> command)
    {
        Envelope = envelope;
        _content = command;
        Count = command.IsEmpty ? 0 : 1;
    }

    /// <summary>The content of Multi Command, whose lengths have been checked.</summary>
    internal Unwrapped(Envelope envelope, ReadOnlySpan<byte> content, int count)
    {
        Envelope = envelope;
        _content = content;
        _isMultiCommand = true;
        Count = count;
    }

    /// <summary>What the layers said; the same for all commands of the frame.</summary>
    public Envelope Envelope { get; }

    /// <summary>How many commands there are; 0 for an encrypted frame or a Multi Command that carries none.</summary>
    public int Count { get; }

    public Enumerator GetEnumerator() => new(_content, Count, _isMultiCommand);

    /// <summary>Goes through the commands in the order they are to be taken.</summary>
    public ref struct Enumerator
    {
        private readonly bool _isMultiCommand;
        private PayloadReader _content;
        private int _left;
        private ReadOnlySpan<byte> _current;

        internal Enumerator(ReadOnlySpan<byte> content, int count, bool isMultiCommand)
        {
            _content = new(content);
            _left = count;
            _isMultiCommand = isMultiCommand;
            _current = default;
        }

        /// <summary>Class, command number and parameters of one command.</summary>
        public readonly ReadOnlySpan<byte> Current => _current;

        public bool MoveNext()
        {
            if (_left == 0) return false;
            _left--;
            if (!_isMultiCommand)
            {
                _current = _content.ReadRemaining();
                return true;
            }

            return MultiCommandEncapsulation.TryReadNext(ref _content, out _current);
        }
    }
}
