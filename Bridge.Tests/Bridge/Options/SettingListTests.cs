using System.Reflection;
using Bridge.Options;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Bridge.Tests.Options;

public sealed class SettingListTests
{
    [Fact]
    public void List_has_exactly_the_properties_of_the_options()
    {
        string[] properties =
        [
            .. Keys(MqttOptions.Section, typeof(MqttOptions)), .. Keys(HomeAssistantOptions.Section, typeof(HomeAssistantOptions)),
            .. Keys(DevicesOptions.Section, typeof(DevicesOptions)),
        ];
        string[] sections = [MqttOptions.Section, HomeAssistantOptions.Section, DevicesOptions.Section];
        Assert.Equal(
            properties.Order(), SettingList.All.Select(static setting => setting.Key).Where(key => sections.Contains(key.Split(':')[0])).Order());
    }

    [Fact]
    public void Kinds_and_defaults_of_the_list_are_those_of_the_options()
    {
        foreach (var (section, options) in new (string, object)[] { (MqttOptions.Section, new MqttOptions()), (HomeAssistantOptions.Section, new HomeAssistantOptions()) })
        {
            foreach (var setting in SettingList.All.Where(setting => setting.Key.StartsWith(section + ":", StringComparison.Ordinal)))
            {
                var (value, type) = Read(options, setting.Key.Split(':')[1..]);
                var kind = type == typeof(bool) ? SettingKind.Flag : type == typeof(int) || type == typeof(int?) ? SettingKind.Number : SettingKind.Text;
                Assert.Equal((setting.Key, kind), (setting.Key, setting.Kind));
                // What has no fixed default is described in words.
                if (value is not null) Assert.Equal((setting.Key, setting.Default), (setting.Key, Convert.ToString(value)!.Replace("True", "true").Replace("False", "false")));
            }
        }
    }

    [Fact]
    public void Every_setting_says_what_is_allowed_and_what_it_is_for() => Assert.All(SettingList.All, static setting =>
    {
        Assert.NotEmpty(setting.Allowed);
        Assert.EndsWith(".", setting.Meaning, StringComparison.Ordinal);
    });

    [Fact]
    public void Values_of_the_wrong_kind_are_told_all_at_once()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mqtt:Port"] = "many",
            ["Mqtt:Retain"] = "perhaps",
            ["Mqtt:Embedded:MaximumQueue"] = "12.5",
            ["Mqtt:KeepAliveSeconds"] = "60",
            ["HomeAssistant:Discovery"] = "True",
        }).Build();
        Assert.Equal(
            [
                "Mqtt:Port: 'many' is not a whole number; allowed: 1 to 65535",
                "Mqtt:Retain: 'perhaps' is not true or false; allowed: true, false",
                "Mqtt:Embedded:MaximumQueue: '12.5' is not a whole number; allowed: 10 to 100000",
            ],
            SettingList.Faults(configuration));
    }

    [Fact]
    public void Unknown_settings_of_sections_in_sections_are_found()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mqtt:Tls:Enabled"] = "true",
            ["Mqtt:Tls:Certificate"] = "file",
            ["mqtt:hots"] = "broker",
        }).Build();
        Assert.Equal(["Mqtt:hots", "Mqtt:Tls:Certificate"], UnknownSettings.Of(configuration).Paths.Order(StringComparer.OrdinalIgnoreCase).Select(static path => path.Replace("mqtt", "Mqtt")));
    }

    private static IEnumerable<string> Keys(string path, Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => property.PropertyType.Namespace == options.Namespace
            ? Keys($"{path}:{property.Name}", property.PropertyType)
            : [$"{path}:{property.Name}"]);

    private static (object? Value, Type Type) Read(object options, string[] path)
    {
        var property = options.GetType().GetProperty(path[0])!;
        var value = property.GetValue(options);
        return path.Length == 1 ? (value, property.PropertyType) : Read(value!, path[1..]);
    }
}
