using Bridge.Cli;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Cli;

public sealed class DecodeJsonWriterTests
{
    private static string Document(Action<DecodeJsonWriter> write)
    {
        using var text = new StringWriter();
        using var writer = new DecodeJsonWriter(text);
        writer.BeginElement();
        write(writer);
        writer.EndObject();
        return text.ToString();
    }

    [Fact]
    public void Every_kind_of_field_is_written_on_one_line_in_the_order_given() =>
        Assert.Equal(
            """{"long":-75,"decimal":15.33,"flag":true,"text":"a\nb","hex":"00ff","numbers":[1,2]"""
            + ""","object":{"inner":1},"list":[{"element":2}]}""",
            Document(static fields =>
            {
                fields.Number("long", -75L);
                fields.Number("decimal", 15.33m);
                fields.Flag("flag", true);
                fields.Text("text", "a\nb");
                fields.Hex("hex", [0x00, 0xFF]);
                fields.Numbers("numbers", [1, 2]);
                fields.BeginObject("object");
                fields.Number("inner", 1L);
                fields.EndObject();
                fields.BeginList("list");
                fields.BeginElement();
                fields.Number("element", 2L);
                fields.EndObject();
                fields.EndList();
            }));

    [Fact]
    public void An_encapsulated_command_is_an_object_of_its_own() =>
        Assert.Equal(
            """{"encapsulated":"""
            + """{"commandClass":"0x25","commandClassName":"SWITCH_BINARY","command":"0x02","commandName":"SWITCH_BINARY_GET","fields":"""
            + """{}}}""",
            Document(static fields => fields.Encapsulated("encapsulated", [0x25, 0x02])));

    [Fact]
    public void An_encapsulated_command_without_its_fields_is_an_error_of_the_whole()
    {
        using var writer = new DecodeJsonWriter(TextWriter.Null);
        writer.BeginElement();
        writer.BeginList("encapsulatedCommands");
        writer.EncapsulatedElement([0x25, 0x03]);
        writer.EncapsulatedElement([0x25, 0x02]);
        writer.EndList();
        writer.EndObject();
        Assert.Equal(DecodeError.Truncated, writer.Error);
    }
}
