using System.Text;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>What is looked for would be found.</summary>
public sealed class KeyFinderTests
{
    // 31, 46, 61, 76, 91, 106, 121, 136 ...
    private static readonly byte[] s_secret = WireAssert.Bytes("1F 2E 3D 4C 5B 6A 79 88 97 A6 B5 C4 D3 E2 F1 00");

    public static TheoryData<string> Forms
    {
        get
        {
            var hex = Convert.ToHexString(s_secret);
            string Join(string separator, string before = "") => string.Join(separator, s_secret.Select(one => before + one.ToString("X2", null)));
            var data = new TheoryData<string>
            {
                hex, hex.ToLowerInvariant(), Join(" "), Join(" ").ToLowerInvariant(), Join("-"), Join(":"), Join(","), Join(", ", "0x"), Join("", "\\x"),
                $"\"{hex[..8]} {hex[8..16]}\n{hex[16..]}\"", hex[..16], hex[16..], $"DE{hex}AD",
                string.Join(',', s_secret), string.Join(", ", s_secret), $"[{string.Join(' ', s_secret)}]", string.Join(";", s_secret[4..12]),
                Encoding.Latin1.GetString(s_secret),
            };
            foreach (var before in new[] { 0, 1, 2, 3, 16 })
            {
                byte[] packed = [.. Enumerable.Repeat((byte)0xA5, before), .. s_secret, 0x5A];
                var base64 = Convert.ToBase64String(packed);
                data.Add(base64);
                data.Add(base64.Replace('+', '-').Replace('/', '_').TrimEnd('='));
                data.Add(base64.Replace("+", "\\u002B", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Forms), DisableDiscoveryEnumeration = true)]
    public void A_key_is_found_in_every_form(string form)
    {
        var finder = Finder();
        Assert.NotEmpty(finder.Find(form));
        Assert.NotEmpty(finder.Find($"Node 3: the key is {form}, and more"));
        Assert.NotEmpty(finder.Find(Encoding.UTF8.GetBytes(form + "!")).Concat(finder.Find(Encoding.Latin1.GetBytes(form))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1F 2E 3D 4C 5B 6A 79")]
    [InlineData("2E 1F 3D 4C 5B 6A 79 88")]
    [InlineData("1031,46,61,76,91,106,121,136")]
    [InlineData("Node 3 is spoken to with security S2_Authenticated")]
    public void What_is_no_key_is_not_found(string text) => Assert.Empty(Finder().Find(text));

    [Fact]
    public void It_is_told_which_key_in_which_form() =>
        Assert.Equal(["ours as hex"], Finder().Find("(1F2E3D4C5B6A7988)"));

    [Theory]
    [InlineData("63636", true)]
    [InlineData("""{"pin":"63636"}""", true)]
    [InlineData("pin=063636;", true)]
    [InlineData("63636-12345-00001", true)]
    [InlineData("163636", false)]
    [InlineData("636360", false)]
    [InlineData("0.63636", false)]
    [InlineData("a63636", false)]
    public void A_number_is_found_when_it_stands_by_itself(string text, bool isFound) => Assert.Equal(isFound, KeyFinder.HasNumber(text, 63636));

    private static KeyFinder Finder()
    {
        var finder = new KeyFinder();
        finder.Add("ours", s_secret);
        return finder;
    }
}
