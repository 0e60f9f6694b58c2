using Google.Protobuf.WellKnownTypes;
using Wire = Engine.Protocol.V1;

namespace Engine.Protocol.Tests;

public class MappingTests
{
    [Fact]
    public void A_container_survives_the_wire() =>
        RoundTrip.Check<Container, Wire.Container>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_configuration_survives_the_wire() =>
        RoundTrip.Check<ContainerConfiguration, Wire.ContainerConfiguration>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_container_filter_survives_the_wire() =>
        RoundTrip.Check<ContainerFilter, Wire.ContainerFilter>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_log_query_survives_the_wire() =>
        RoundTrip.Check<ContainerLogQuery, Wire.ReadContainerLogRequest>(m => m.ToWire("c"), w => w.ToModel());

    [Fact]
    public void A_log_entry_survives_the_wire() =>
        RoundTrip.Check<ContainerLogEntry, Wire.ContainerLogEntry>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void An_exit_survives_the_wire() =>
        RoundTrip.Check<ContainerExit, Wire.WaitContainerResponse>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void An_image_survives_the_wire() =>
        RoundTrip.Check<ContainerImage, Wire.Image>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void An_image_filter_survives_the_wire() =>
        RoundTrip.Check<ImageFilter, Wire.ImageFilter>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void An_import_survives_the_wire() =>
        RoundTrip.Check<ImageImport, Wire.ImportImageHeader>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void Progress_survives_the_wire() =>
        RoundTrip.Check<ImageProgress, Wire.ImageProgress>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_removal_survives_the_wire() =>
        RoundTrip.Check<ImageRemoval, Wire.RemoveImageResponse>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_pull_survives_the_wire() =>
        RoundTrip.Check<ImagePull, Wire.PullImageRequest>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_push_survives_the_wire() =>
        RoundTrip.Check<ImagePush, Wire.PushImageRequest>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void What_a_push_came_to_survives_the_wire() =>
        RoundTrip.Check<PushResult, Wire.PushedImage>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void An_export_survives_the_wire() =>
        RoundTrip.Check<ImageExport, Wire.ExportImagesRequest>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_commit_survives_the_wire() =>
        RoundTrip.Check<ImageCommit, Wire.CommitContainerRequest>(m => m.ToWire(), w => w.ToModel());

    // A step without a layer has an empty one on the wire.
    [Fact]
    public void A_step_of_a_history_survives_the_wire() => RoundTrip.Check<ImageHistoryEntry, Wire.ImageHistoryEntry>(
        m => m.ToWire(), w => w.ToModel(), m => m with { Layer = m.Layer is "" ? null : m.Layer });

    [Fact]
    public void A_prune_survives_the_wire() =>
        RoundTrip.Check<ImagePrune, Wire.PruneImagesRequest>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_pruned_item_survives_the_wire() =>
        RoundTrip.Check<PrunedItem, Wire.PrunedItem>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_finding_survives_the_wire() =>
        RoundTrip.Check<StoreFinding, Wire.StoreFinding>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void The_progress_of_a_check_survives_the_wire() =>
        RoundTrip.Check<StoreCheckProgress, Wire.StoreCheckProgress>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_sign_in_survives_the_wire() =>
        RoundTrip.Check<RegistrySignIn, Wire.SignInResponse>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_search_survives_the_wire() =>
        RoundTrip.Check<RepositorySearch, Wire.SearchRepositoriesRequest>(m => m.ToWire(), w => w.ToModel());

    // Tags come as plain texts: only what a search finds is a message.
    [Fact]
    public void A_found_repository_survives_the_wire() => RoundTrip.Check<FoundImage, Wire.FoundRepository>(
        m => m.ToWire(), w => w.ToModel(), m => m with { Tag = null });

    [Fact]
    public void A_manifest_survives_the_wire() =>
        RoundTrip.Check<ManifestDescriptor, Wire.RegistryManifest>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_manifest_list_survives_the_wire() =>
        RoundTrip.Check<ManifestList, Wire.PushManifestListRequest>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void A_search_without_a_limit_has_the_default_of_the_contract() =>
        Assert.Equal(25, new Wire.SearchRepositoriesRequest { Term = "x" }.ToModel().Limit);

    [Fact]
    public void An_engines_description_survives_the_wire() =>
        RoundTrip.Check<EngineInfo, Wire.GetInfoResponse>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void An_event_survives_the_wire() =>
        RoundTrip.Check<EngineEvent, Wire.Event>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void An_event_query_survives_the_wire() =>
        RoundTrip.Check<EventQuery, Wire.WatchEventsRequest>(m => m.ToWire(), w => w.ToModel());

    [Fact]
    public void An_absent_configuration_is_one_of_defaults() =>
        Assert.Equal("", ((Wire.ContainerConfiguration?)null).ToModel().Image);

    [Theory]
    [InlineData(-62135596801, 0)]
    [InlineData(253402300800, 0)]
    [InlineData(0, -1)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void A_time_outside_the_calendar_is_an_error_of_the_sender(long seconds, int nanos)
    {
        var error = Assert.Throws<EngineException>(
            () => new Timestamp { Seconds = seconds, Nanos = nanos }.ToOptionalModel());
        Assert.Equal(EngineErrorReason.InvalidMessage, error.Reason);
    }

    [Theory]
    [InlineData(315576000001, 0)]
    [InlineData(1, -1)]
    [InlineData(long.MinValue, 0)]
    public void A_malformed_duration_is_an_error_of_the_sender(long seconds, int nanos)
    {
        var error = Assert.Throws<EngineException>(
            () => new Duration { Seconds = seconds, Nanos = nanos }.ToOptionalModel());
        Assert.Equal(EngineErrorReason.InvalidMessage, error.Reason);
    }

    [Fact]
    public void The_longest_time_spans_are_cut_to_what_the_wire_holds()
    {
        Assert.Equal(TimeSpan.FromSeconds(315_576_000_000), TimeSpan.MaxValue.ToWire().ToOptionalModel());
        Assert.Equal(TimeSpan.FromSeconds(-315_576_000_000), TimeSpan.MinValue.ToWire().ToOptionalModel());
    }
}
