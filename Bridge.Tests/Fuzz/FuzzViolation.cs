namespace Bridge.Tests.Fuzz;

/// <summary>A rule every input must keep was broken.</summary>
internal sealed class FuzzViolation(string rule) : Exception(rule)
{
    public static void Unless(bool holds, string rule)
    {
        if (!holds) throw new FuzzViolation(rule);
    }
}
