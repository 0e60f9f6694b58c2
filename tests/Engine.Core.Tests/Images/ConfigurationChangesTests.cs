using Engine.Core.Images.Changes;
using Engine.Oci.Documents;

namespace Engine.Core.Tests.Images;

public sealed class ConfigurationChangesTests
{
    [Fact]
    public void Commands_are_json_or_a_line_for_the_shell()
    {
        Assert.Equal(["a", "b c"], ConfigurationChanges.Apply(["CMD [\"a\", \"b c\"]"]).Cmd);
        Assert.Equal(["/bin/sh", "-c", "echo $HOME"], ConfigurationChanges.Apply(["cmd echo $HOME"]).Cmd);
        Assert.Equal(
            ["/bin/sh", "-c", "[ -f /x ] && y"], ConfigurationChanges.Apply(["ENTRYPOINT [ -f /x ] && y"]).Entrypoint);
    }

    [Fact]
    public void Variables_are_words_with_quotes_and_see_those_before()
    {
        Assert.Equal(
            ["A=1", "B=two words", "C=1/x", "D=$A", "E=fallback", "F=a b"],
            ConfigurationChanges.Apply(["ENV A=1 B=\"two words\"", "ENV C=$A/x D='$A' E=${NONE:-fallback}", "ENV F a b"]).Env);
        Assert.Equal(["A=2", "B="], ConfigurationChanges.Apply(["ENV A=2 B=$A"]).Env);
        Assert.Equal(["A=2"], ConfigurationChanges.Apply(["ENV A=1", "ENV A=2"]).Env);
    }

    [Fact]
    public void Ports_volumes_and_labels_add_up()
    {
        var execution = ConfigurationChanges.Apply(
            ["EXPOSE 80 8000-8002/udp", "EXPOSE 80/TCP", "VOLUME /a /b", "VOLUME [\"/c d\"]", "LABEL a=1 \"b c\"=\"d e\"", "LABEL a=2"]);
        Assert.Equal(["80/tcp", "8000/udp", "8001/udp", "8002/udp"], execution.ExposedPorts);
        Assert.Equal(["/a", "/b", "/c d"], execution.Volumes);
        Assert.Equal([("a", "2"), ("b c", "d e")], execution.Labels!.Select(label => (label.Key, label.Value)));
    }

    [Fact]
    public void Directories_are_relative_to_the_one_before()
    {
        Assert.Equal("/a/c", ConfigurationChanges.Apply(["WORKDIR /a/b", "WORKDIR ../c"]).WorkingDir);
        Assert.Equal("/a", ConfigurationChanges.Apply(["WORKDIR a"]).WorkingDir);
    }

    [Fact]
    public void Health_checks_and_triggers_are_kept_as_a_build_keeps_them()
    {
        var execution = ConfigurationChanges.Apply(
        [
            "HEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=0 --start-interval=500ms --retries=4 CMD curl -f x || exit 1",
            "ONBUILD RUN make", "onbuild COPY . /src",
        ]);
        Assert.Equal(["CMD-SHELL", "curl -f x || exit 1"], execution.Healthcheck!.Test);
        Assert.Equal(
            (90_000_000_000, 1_500_000_000, 0, 500_000_000, 4),
            (execution.Healthcheck.Interval, execution.Healthcheck.Timeout, execution.Healthcheck.StartPeriod,
                execution.Healthcheck.StartInterval, execution.Healthcheck.Retries));
        Assert.Equal(["RUN make", "COPY . /src"], execution.OnBuild);
        Assert.Equal(["CMD", "a", "b c"], ConfigurationChanges.Apply(["HEALTHCHECK CMD [\"a\", \"b c\"]"]).Healthcheck!.Test);
        Assert.Equal(["NONE"], ConfigurationChanges.Apply(["HEALTHCHECK none"]).Healthcheck!.Test);
    }

    [Fact]
    public void An_entry_point_drops_the_command_that_was_there_and_none_of_the_same_changes()
    {
        var start = new ImageExecution { Entrypoint = ["old"], Cmd = ["command"] };
        Assert.Null(ConfigurationChanges.Apply(["ENTRYPOINT [\"new\"]"], start).Cmd);
        Assert.Equal(["mine"], ConfigurationChanges.Apply(["CMD [\"mine\"]", "ENTRYPOINT [\"new\"]"], start).Cmd);
        Assert.Equal(["mine"], ConfigurationChanges.Apply(["ENTRYPOINT [\"new\"]", "CMD [\"mine\"]"], start).Cmd);
        Assert.Equal(["command"], ConfigurationChanges.Apply(["ENV A=1"], start).Cmd);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CMD")]
    [InlineData("RUN true")]
    [InlineData("ONBUILD ONBUILD RUN true")]
    [InlineData("ONBUILD from x")]
    [InlineData("HEALTHCHECK")]
    [InlineData("HEALTHCHECK CMD")]
    [InlineData("HEALTHCHECK true")]
    [InlineData("HEALTHCHECK NONE x")]
    [InlineData("HEALTHCHECK --retries=2 NONE")]
    [InlineData("HEALTHCHECK --retries=-1 CMD x")]
    [InlineData("HEALTHCHECK --interval=10 CMD x")]
    [InlineData("HEALTHCHECK --interval=10us CMD x")]
    [InlineData("HEALTHCHECK --timeout=-1s CMD x")]
    [InlineData("HEALTHCHECK --timeout=99999999999h CMD x")]
    [InlineData("HEALTHCHECK --often CMD x")]
    [InlineData("HEALTHCHECK CMD [\"a\"")]
    [InlineData("CMD [")]
    [InlineData("CMD [\"a\"")]
    [InlineData("CMD [\"a\", 1]")]
    [InlineData("ENV =x")]
    [InlineData("ENV A=1 B")]
    [InlineData("ENV A=\"1")]
    [InlineData("ENV A=${A")]
    [InlineData("ENV A=${A%x}")]
    [InlineData("EXPOSE 0")]
    [InlineData("EXPOSE 70000")]
    [InlineData("EXPOSE 80/http")]
    [InlineData("EXPOSE 90-80")]
    [InlineData("STOPSIGNAL SIGNOTHING")]
    [InlineData("VOLUME []")]
    [InlineData("VOLUME [\"\"]")]
    [InlineData("USER a\nCMD b")]
    public void What_is_no_instruction_for_this_is_refused(string change)
    {
        var error = Assert.Throws<EngineException>(() => ConfigurationChanges.Apply([change]));
        Assert.Equal((EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidChange), (error.Code, error.Reason));
    }
}
