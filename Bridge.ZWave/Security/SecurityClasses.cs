namespace Bridge.ZWave.Security;

/// <summary>A set of security classes as the bits of KEX Report, KEX Set and Network Key Get: 01, 02, 04 for Security 2, 80 for Security 0.</summary>
public readonly record struct SecurityClasses(byte Bits)
{
    private static readonly SecurityClass[] s_strongestFirst =
        [SecurityClass.S2AccessControl, SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated, SecurityClass.S0];

    public static readonly SecurityClasses None;

    /// <summary>Every class there is.</summary>
    public static readonly SecurityClasses All = Of(s_strongestFirst);

    public bool IsEmpty => Bits == 0;

    /// <summary>The strongest of them; <see cref="SecurityClass.None"/> of an empty set.</summary>
    public SecurityClass Highest => StrongestFirst.FirstOrDefault();

    /// <summary>The members, strongest first.</summary>
    public IEnumerable<SecurityClass> StrongestFirst
    {
        get
        {
            var bits = Bits;
            return s_strongestFirst.Where(member => (bits & BitOf(member)) != 0);
        }
    }

    public static SecurityClasses Of(params ReadOnlySpan<SecurityClass> members)
    {
        byte bits = 0;
        foreach (var member in members) bits |= BitOf(member);
        return new(bits);
    }

    /// <summary>The bit of a class on the wire; 0 of one that cannot be granted.</summary>
    public static byte BitOf(SecurityClass member) => member switch
    {
        SecurityClass.S2Unauthenticated => 0x01,
        SecurityClass.S2Authenticated => 0x02,
        SecurityClass.S2AccessControl => 0x04,
        SecurityClass.S0 => 0x80,
        _ => 0,
    };

    public bool Contains(SecurityClass member) => (Bits & BitOf(member)) != 0;

    public SecurityClasses And(SecurityClasses other) => new((byte)(Bits & other.Bits));

    public SecurityClasses Without(SecurityClass member) => new((byte)(Bits & ~BitOf(member)));
}
