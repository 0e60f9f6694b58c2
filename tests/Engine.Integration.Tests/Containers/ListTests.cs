using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class ListTests(EngineFixture fixture) : ContainerTest(fixture)
{
    private readonly string _label = "list-test-" + NewName();

    [Fact]
    public async Task Everything_is_listed_the_newest_first()
    {
        var (created, exited, running) = await MakeThreeAsync();
        List<Container> all = await ListAsync(Mine());
        Assert.Equal([running.Id, exited.Id, created.Id], all.Select(c => c.Id));
        Assert.Equal(
            [ContainerState.Running, ContainerState.Exited, ContainerState.Created], all.Select(c => c.State));
    }

    [Fact]
    public async Task Values_of_a_filter_are_alternatives_and_filters_narrow_each_other()
    {
        var (created, exited, running) = await MakeThreeAsync();
        Assert.Equal([running.Id], await IdsAsync(Mine() with { States = [ContainerState.Running] }));
        Assert.Equal(
            [exited.Id, created.Id],
            await IdsAsync(Mine() with { States = [ContainerState.Created, ContainerState.Exited] }));
        Assert.Equal([created.Id], await IdsAsync(Mine() with { Names = [created.Name, "nobody"] }));
        Assert.Empty(await IdsAsync(Mine() with { Names = [created.Name], States = [ContainerState.Running] }));
        Assert.Equal([exited.Id], await IdsAsync(Mine() with { ExitCodes = [7, 8] }));
        Assert.Empty(await IdsAsync(Mine() with { ExitCodes = [0] }));
        Assert.Equal([exited.Id], await IdsAsync(Mine() with { Ids = [exited.Id[..20]] }));
        Assert.Equal([exited.Id, created.Id], await IdsAsync(Mine() with { Before = running.Name }));
        Assert.Equal([running.Id, exited.Id], await IdsAsync(Mine() with { Since = created.Id }));
        Assert.Equal([exited.Id], await IdsAsync(Mine() with { Before = running.Name, Since = created.Id }));
        Assert.Equal([running.Id, exited.Id], await IdsAsync(Mine() with { Last = 2 }));
        Assert.Empty(await IdsAsync(Mine() with { Last = 0 }));
    }

    [Fact]
    public async Task Labels_must_all_match_by_key_or_by_value()
    {
        Container one = await CreateAsync(Labelled("web", "1"));
        Container two = await CreateAsync(Labelled("db", "1"));
        Assert.Equal([two.Id, one.Id], await IdsAsync(new ContainerFilter { Labels = [_label] }));
        Assert.Equal([one.Id], await IdsAsync(new ContainerFilter { Labels = [_label, "tier=web"] }));
        Assert.Empty(await IdsAsync(new ContainerFilter { Labels = [_label, "tier=web", "none"] }));
        Assert.Empty(await IdsAsync(new ContainerFilter { Labels = [_label + "=2"] }));
    }

    [Fact]
    public async Task An_image_is_found_by_reference_and_by_id()
    {
        Container container = await CreateAsync(Labelled("x", "1"));
        Assert.Equal([container.Id], await IdsAsync(Mine() with { Images = [BusyboxImage.Reference] }));
        Assert.Equal([container.Id], await IdsAsync(Mine() with { Images = [Image.Id] }));
        Assert.Equal(
            [container.Id], await IdsAsync(Mine() with { Images = ["other:1", Image.Id["sha256:".Length..][..12]] }));
        Assert.Empty(await IdsAsync(Mine() with { Images = ["other:1"] }));
    }

    [Fact]
    public async Task Sizes_are_measured_when_they_are_asked_for()
    {
        RunResult run = await RunAsync(
            Script("dd if=/dev/zero of=/big bs=1M count=3") with
            {
                Labels = new Dictionary<string, string> { [_label] = "1" },
            });
        Assert.Null(Assert.Single(await ListAsync(Mine())).SizeRw);
        Container sized = Assert.Single(await ListAsync(Mine() with { Size = true }));
        Assert.InRange(sized.SizeRw!.Value, 3 << 20, (3 << 20) + 65536);
        Assert.InRange(sized.SizeRootFs!.Value, sized.SizeRw.Value + (1 << 20), 100 << 20);
        Assert.Equal(sized.SizeRw, (await Containers.GetAsync(run.Container.Id, size: true, Cancel)).SizeRw);
    }

    [Fact]
    public async Task A_bad_filter_is_an_error()
    {
        await FailsAsync(EngineErrorReason.InvalidFilter, () => ListAsync(new ContainerFilter { Last = -1 }));
        await FailsAsync(
            EngineErrorReason.ContainerNotFound, () => ListAsync(new ContainerFilter { Before = "nobody-here" }));
    }

    [Fact]
    public async Task A_container_is_found_by_id_name_and_prefix_in_this_order()
    {
        Container container = await CreateAsync(Config("true"));
        foreach (string reference in (string[])[container.Id, container.Name, "/" + container.Name, container.Id[..12]])
        {
            Assert.Equal(container.Id, (await Containers.GetAsync(reference, false, Cancel)).Id);
        }

        // A name that looks like the prefix of another one's id comes before that prefix.
        Container named = await CreateAsync(Config("true"), container.Id[..12]);
        Assert.Equal(named.Id, (await Containers.GetAsync(container.Id[..12], false, Cancel)).Id);
        Assert.Equal(container.Id, (await Containers.GetAsync(container.Id[..13], false, Cancel)).Id);
    }

    [Fact]
    public async Task A_prefix_of_several_ids_is_ambiguous()
    {
        // With more containers than hexadecimal digits, two ids begin with the same one.
        await Task.WhenAll(Enumerable.Range(0, 17).Select(_ => CreateAsync(Labelled("x", "1"))));
        List<Container> all = await ListAsync(new ContainerFilter());
        char shared = all.GroupBy(c => c.Id[0]).First(g => g.Count() > 1).Key;
        EngineException error = await FailsAsync(
            EngineErrorReason.AmbiguousContainerId, () => Containers.GetAsync($"{shared}", false, Cancel));
        Assert.Equal(EngineErrorCode.InvalidArgument, error.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody-here")]
    [InlineData("../../etc/passwd")]
    [InlineData("zzzzzzzzzzzz")]
    public async Task A_container_that_is_not_there_is_an_error_of_its_own(string reference)
    {
        EngineException error = await FailsAsync(
            EngineErrorReason.ContainerNotFound, () => Containers.GetAsync(reference, false, Cancel));
        Assert.Equal(EngineErrorCode.NotFound, error.Code);
        Assert.Equal(reference, error.Target ?? "");
    }

    private ContainerFilter Mine() => new() { Labels = [_label] };

    private ContainerConfiguration Labelled(string tier, string value) => Config("true") with
    {
        Labels = new Dictionary<string, string> { [_label] = value, ["tier"] = tier },
    };

    private async Task<(Container Created, Container Exited, Container Running)> MakeThreeAsync()
    {
        var labels = new Dictionary<string, string> { [_label] = "1" };
        Container created = await CreateAsync(Config("true") with { Labels = labels });
        RunResult exited = await RunAsync(Script("exit 7") with { Labels = labels });
        Container running = await StartAsync(Sleeper() with { Labels = labels });
        return (created, exited.Container, running);
    }

    private async Task<List<Container>> ListAsync(ContainerFilter filter)
    {
        var all = new List<Container>();
        await foreach (Container container in Containers.ListAsync(filter, Cancel))
        {
            all.Add(container);
        }

        return all;
    }

    private async Task<string[]> IdsAsync(ContainerFilter filter) => [.. (await ListAsync(filter)).Select(c => c.Id)];
}
