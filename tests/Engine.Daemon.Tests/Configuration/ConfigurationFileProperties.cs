using CsCheck;
using Engine.Daemon.Configuration;

namespace Engine.Daemon.Tests.Configuration;

public sealed class ConfigurationFileProperties
{
    [Fact]
    public void Whatever_the_file_holds_there_is_an_answer_and_never_a_crash()
    {
        using var directory = new TemporaryDirectory();
        var path = directory["daemon.json"];
        string[] values =
        [
            "null", "true", "7", "-1", "1e400", "\"\"", "\"x\"", "[]", "[[]]", "{}", "{\"a\":{}}", "[null]", "\"\\ud800\"", "[\"\\ud800\"]",
            "{\"\\ud800\": {\"path\": \"\\ud800\"}}",
        ];
        Gen.Select(Gen.Int[0, Setting.All.Count - 1].Select(index => Setting.All[index]), Gen.Int[0, values.Length - 1].Select(index => values[index]), Gen.Int[0, 100]).Sample(
            (setting, value, cut) =>
            {
                var json = $"{{\"{setting.Key}\": {value}}}";
                File.WriteAllText(path, cut < json.Length ? json[..cut] : json);
                EngineConfigurationReader.Read(new CommandLine(["--config-file", path]), out var faults);
                Assert.All(faults, fault => Assert.Contains(path, fault.Setting, StringComparison.Ordinal));
            },
            threads: 1,
            iter: 500);
    }
}
