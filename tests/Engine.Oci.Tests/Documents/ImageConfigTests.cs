using System.Text;
using Engine.Oci.Documents;

namespace Engine.Oci.Tests.Documents;

public sealed class ImageConfigTests
{
    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void A_docker_configuration_reads_whole()
    {
        ImageConfig config = Read("""
            {"architecture":"amd64","os":"linux","created":"2024-05-06T07:08:09.123456789Z","docker_version":"20.10","author":"A",
             "config":{"Hostname":"h","Domainname":"","AttachStdin":false,"User":"1000:1000","ExposedPorts":{"80/tcp":{},"53/udp":{}},
               "Env":["A=b"],"Cmd":["sh"],"Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":30000000000,"Retries":3},
               "Image":"sha256:x","Volumes":{"/data":{}},"WorkingDir":"/w","Entrypoint":null,"OnBuild":["RUN x"],
               "Labels":{"a":"b"},"StopSignal":"SIGINT","Shell":["/bin/bash","-c"],"ArgsEscaped":true},
             "container_config":{"Hostname":"x"},
             "history":[{"created":"2024-05-06T07:08:09Z","created_by":"ADD"},{"created_by":"CMD","empty_layer":true}],
             "rootfs":{"type":"layers","diff_ids":["sha256:HEX"]}}
            """).Value;
        Assert.Equal("linux/amd64", config.Platform.ToString());
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero).AddTicks(1234567), config.Created);
        ImageExecution run = config.Config!;
        Assert.Equal(["80/tcp", "53/udp"], run.ExposedPorts!);
        Assert.Equal(["/data"], run.Volumes!);
        Assert.Null(run.Entrypoint);
        Assert.Equal((30_000_000_000, 3), (run.Healthcheck!.Interval, run.Healthcheck.Retries));
        Assert.Equal(("1000:1000", "/w", "SIGINT", true), (run.User, run.WorkingDir, run.StopSignal, run.ArgsEscaped));
        Assert.Equal(["RUN x"], run.OnBuild!);
        Assert.Equal(["/bin/bash", "-c"], run.Shell!);
        Assert.Equal([false, true], config.History!.Select(entry => entry.EmptyLayer));
        Assert.Equal("sha256:" + Hex, Assert.Single(config.RootFs.DiffIds).ToString());
    }

    [Fact]
    public void What_is_written_has_dockers_keys_and_reads_the_same()
    {
        var config = new ImageConfig
        {
            Architecture = "amd64",
            Os = "linux",
            Config = new ImageExecution { Cmd = ["sh"], ExposedPorts = ["80/tcp", "443/tcp"], Env = ["A=<é+'>"] },
            RootFs = new RootFs { DiffIds = [Digest.Compute([])] },
            History = [new HistoryEntry { CreatedBy = "ADD", EmptyLayer = false }, new HistoryEntry { EmptyLayer = true }],
        };
        Document<ImageConfig> written = ImageDocuments.Write(config);
        Assert.Equal(
            """{"architecture":"amd64","os":"linux","config":{"ExposedPorts":{"443/tcp":{},"80/tcp":{}},"Env":["A=<é+'>"],"Cmd":["sh"]},"""
            + $$"""
              "rootfs":{"type":"layers","diff_ids":["sha256:{{Hex}}"]},"history":[{"created_by":"ADD"},{"empty_layer":true}]}
              """,
            Encoding.UTF8.GetString(written.Raw.Span));
        Assert.Equal(written.Raw.ToArray(), ImageDocuments.Write(ImageDocuments.ReadConfig(written.Raw).Value).Raw.ToArray());
    }

    [Theory]
    [InlineData("""{"os":"linux"}""")]
    [InlineData("""{"rootfs":null}""")]
    [InlineData("""{"rootfs":{"type":"other","diff_ids":[]}}""")]
    [InlineData("""{"rootfs":{"type":null,"diff_ids":[]}}""")]
    [InlineData("""{"rootfs":{"type":"layers","diff_ids":[null]}}""")]
    [InlineData("""{"rootfs":{"type":"layers","diff_ids":["x"]}}""")]
    [InlineData("""{"rootfs":{"type":"layers","diff_ids":[]},"history":[{}]}""")]
    [InlineData("""{"rootfs":{"type":"layers"},"history":[null]}""")]
    [InlineData("""{"rootfs":{"type":"layers"},"config":{"Volumes":["x"]}}""")]
    [InlineData("null")]
    public void A_configuration_that_is_not_sound_is_refused(string json) =>
        Assert.Equal(EngineErrorReason.InvalidManifest, Assert.Throws<EngineException>(() => Read(json)).Reason);

    [Theory]
    [InlineData("""{"rootfs":{"type":"layers","diff_ids":null}}""", 0)]
    [InlineData("""{"rootfs":{"type":"layers"},"config":null,"history":null}""", 0)]
    [InlineData("""{"rootfs":{"type":"layers","diff_ids":["sha256:HEX","sha256:HEX"]},"history":[{"empty_layer":true},{}]}""", 2)]
    public void Missing_lists_and_short_histories_are_accepted_as_docker_does(string json, int layers) =>
        Assert.Equal(layers, Read(json).Value.RootFs.DiffIds.Count);

    private static Document<ImageConfig> Read(string json) => ImageDocuments.ReadConfig(Encoding.UTF8.GetBytes(json.Replace("HEX", Hex, StringComparison.Ordinal)));
}
