using CsCheck;
using Engine.Core.Containers.Configuration;

namespace Engine.Core.Tests.Containers.Configuration;

public sealed class ConfigurationMergeTests
{
    private static readonly ImageConfiguration s_image = new()
    {
        Entrypoint = ["/entry"],
        Command = ["serve"],
        Environment = ["PATH=/bin", "MODE=image"],
        User = "app",
        WorkingDirectory = "/srv",
        Labels = new Dictionary<string, string> { ["a"] = "image", ["b"] = "image" },
        StopSignal = "SIGQUIT",
    };

    private static readonly ContainerConfiguration s_request = new() { Image = "x" };

    [Fact]
    public void A_request_that_says_nothing_gets_all_of_the_image()
    {
        var merged = ConfigurationMerge.Merge(s_request, s_image);
        Assert.Equal(["/entry"], merged.Entrypoint!);
        Assert.Equal(["serve"], merged.Command!);
        Assert.Equal("app", merged.User);
        Assert.Equal("/srv", merged.WorkingDirectory);
        Assert.Equal("SIGQUIT", merged.StopSignal);
    }

    [Fact]
    public void A_command_keeps_the_image_s_entrypoint() =>
        Assert.Equal(["/entry"], ConfigurationMerge.Merge(s_request with { Command = ["x"] }, s_image).Entrypoint!);

    [Fact]
    public void An_entrypoint_drops_the_image_s_command() =>
        Assert.Empty(ConfigurationMerge.Merge(s_request with { Entrypoint = ["/other"] }, s_image).Command!);

    [Fact]
    public void An_empty_string_as_entrypoint_means_none()
    {
        var merged = ConfigurationMerge.Merge(s_request with { Entrypoint = [""], Command = ["ls"] }, s_image);
        Assert.Empty(merged.Entrypoint!);
        Assert.Equal(["ls"], merged.Command!);
    }

    [Fact]
    public void Labels_and_variables_are_merged_by_key()
    {
        var merged = ConfigurationMerge.Merge(
            s_request with
            {
                Environment = ["MODE=request", "NEW=1", "PATH"],
                Labels = new Dictionary<string, string> { ["b"] = "request" },
            },
            s_image);
        Assert.Equal(["MODE=request", "NEW=1"], merged.Environment);
        Assert.Equal("image", merged.Labels["a"]);
        Assert.Equal("request", merged.Labels["b"]);
    }

    [Fact]
    public void No_variable_is_there_twice_and_the_last_one_holds() =>
        Gen.Select(Gen.Char['A', 'E'], Gen.Int[0, 9]).Select((name, value) => $"{name}={value}").List[0, 12].Sample(variables =>
        {
            var merged = ConfigurationMerge.MergeEnvironment([], variables);
            var last = variables.ToLookup(variable => variable[0]).ToDictionary(group => group.Key, group => group.Last());
            Assert.Equal(last.Count, merged.Count);
            Assert.All(merged, variable => Assert.Equal(last[variable[0]], variable));
        });
}
