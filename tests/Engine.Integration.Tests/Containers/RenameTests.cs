using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class RenameTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task A_renamed_container_is_found_by_its_new_name_alone()
    {
        string before = NewName(), after = NewName();
        Container container = await StartAsync(Sleeper(), before);
        await Containers.RenameAsync(before, after, Cancel);
        Assert.Equal(container.Id, (await Containers.GetAsync(after, false, Cancel)).Id);
        await FailsAsync(EngineErrorReason.ContainerNotFound, () => Containers.GetAsync(before, false, Cancel));
        Container other = await CreateAsync(Config("true"), before);
        Assert.NotEqual(container.Id, other.Id);
    }

    [Fact]
    public async Task A_taken_or_bad_name_is_refused_and_the_old_one_stays()
    {
        Container first = await CreateAsync(Config("true"));
        Container second = await CreateAsync(Config("true"));
        await FailsAsync(
            EngineErrorReason.ContainerNameInUse, () => Containers.RenameAsync(first.Name, second.Name, Cancel));
        await FailsAsync(
            EngineErrorReason.InvalidContainerName, () => Containers.RenameAsync(first.Name, "a/b", Cancel));
        await FailsAsync(EngineErrorReason.InvalidContainerName, () => Containers.RenameAsync(first.Name, "", Cancel));
        Assert.Equal(first.Name, (await GetAsync(first)).Name);
    }

    [Fact]
    public async Task Of_two_renames_to_one_name_exactly_one_wins()
    {
        string wanted = NewName();
        Container[] both = [await CreateAsync(Config("true")), await CreateAsync(Config("true"))];
        bool[] won = await Task.WhenAll(both.Select(async c =>
        {
            try
            {
                await Containers.RenameAsync(c.Id, wanted, Cancel);
                return true;
            }
            catch (EngineException e) when (e.Reason == EngineErrorReason.ContainerNameInUse)
            {
                return false;
            }
        }));
        Assert.Single(won, w => w);
    }
}
