using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images;

public sealed class TagTests(EngineFixture fixture) : ImageTest(fixture)
{
    [Fact]
    public async Task Another_reference_names_the_same_image()
    {
        string first = NewReference(), second = NewReference();
        ContainerImage image = await ImportOneAsync(SmallLayer(), first);
        await Images.TagAsync(first, second, Cancel);
        Assert.Equal(image.Id, (await Images.GetAsync(second, null, Cancel)).Id);
        Assert.Equal(
            ((string[])[first, second]).Order(StringComparer.Ordinal),
            (await Images.GetAsync(image.Id, null, Cancel)).References.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_reference_moves_from_the_image_that_had_it()
    {
        string shared = NewReference(), other = NewReference();
        ContainerImage first = await ImportOneAsync(SmallLayer(), shared);
        ContainerImage second = await ImportOneAsync(SmallLayer(), other);
        await Images.TagAsync(other, shared, Cancel);
        Assert.Equal(second.Id, (await Images.GetAsync(shared, null, Cancel)).Id);
        Assert.Empty((await Images.GetAsync(first.Id, null, Cancel)).References);
        Assert.Contains(first.Id, (await ListAsync(new ImageFilter { Dangling = true })).Select(i => i.Id));
        await Images.RemoveAsync(first.Id, force: false, Cancel);
    }

    [Theory]
    [InlineData("UPPER:1")]
    [InlineData("a:b:c")]
    [InlineData("name:-tag")]
    [InlineData("")]
    [InlineData("name@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_bad_reference_is_refused(string reference) =>
        await FailsAsync(
            EngineErrorReason.InvalidReference, () => Images.TagAsync(BusyboxImage.Reference, reference, Cancel));

    [Fact]
    public async Task An_image_that_is_not_there_cannot_be_tagged() =>
        await FailsAsync(
            EngineErrorReason.ImageNotFound, () => Images.TagAsync("nothing-here:1", NewReference(), Cancel));
}
