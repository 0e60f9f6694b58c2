using Wire = Engine.Protocol.V1;

namespace Engine.Protocol.Tests;

public class EnumMappingTests
{
    [Fact]
    public void Every_value_keeps_its_name_on_the_wire()
    {
        SameNames<ContainerState, Wire.ContainerState>(v => v.ToWire());
        SameNames<ContainerStream, Wire.ContainerStream>(v => v.ToWire());
        SameNames<ContainerWaitCondition, Wire.ContainerWaitCondition>(v => v.ToWire());
        SameNames<ContainerMountType, Wire.ContainerMountType>(v => v.ToWire());
        SameNames<MountPropagation, Wire.MountPropagation>(v => v.ToWire());
        SameNames<EngineEventType, Wire.EventType>(v => v.ToWire());
        SameNames<PullPolicy, Wire.PullPolicy>(v => v.ToWire());
        SameNames<ImageArchiveFormat, Wire.ImageArchiveFormat>(v => v.ToWire());
        SameNames<ArchiveCompression, Wire.ArchiveCompression>(v => v.ToWire());
        SameNames<PrunedKind, Wire.PrunedKind>(v => v.ToWire());
        SameNames<StoreFault, Wire.StoreFault>(v => v.ToWire());
    }

    [Fact]
    public void What_may_be_left_out_has_the_default_of_the_contract()
    {
        Assert.Equal(ContainerWaitCondition.NotRunning, Wire.ContainerWaitCondition.Unspecified.ToModel());
        Assert.Equal(MountPropagation.RecursivePrivate, Wire.MountPropagation.Unspecified.ToModel());
        Assert.Equal(PullPolicy.Always, Wire.PullPolicy.Unspecified.ToModel());
        Assert.Equal(ImageArchiveFormat.Docker, Wire.ImageArchiveFormat.Unspecified.ToModel());
        Assert.Equal(ArchiveCompression.None, Wire.ArchiveCompression.Unspecified.ToModel());
    }

    [Fact]
    public void A_value_of_another_version_is_a_mismatch_and_not_a_guess()
    {
        foreach (Action read in (Action[])
        [
            () => ((Wire.ContainerState)99).ToModel(),
            () => Wire.ContainerState.Unspecified.ToModel(),
            () => ((Wire.ContainerStream)3).ToModel(),
            () => Wire.ContainerStream.Unspecified.ToModel(),
            () => ((Wire.ContainerWaitCondition)5).ToModel(),
            () => ((Wire.MountPropagation)(-1)).ToModel(),
            () => ((Wire.EventType)4).ToModel(),
            () => Wire.ContainerMountType.Unspecified.ToModel(),
            () => ((Wire.PullPolicy)4).ToModel(),
            () => ((Wire.ImageArchiveFormat)3).ToModel(),
            () => ((Wire.ArchiveCompression)(-1)).ToModel(),
            () => Wire.PrunedKind.Unspecified.ToModel(),
            () => ((Wire.StoreFault)7).ToModel(),
        ])
        {
            Assert.Equal(EngineErrorReason.ProtocolMismatch, Assert.Throws<EngineException>(read).Reason);
        }
    }

    private static void SameNames<TModel, TWire>(Func<TModel, TWire> toWire)
        where TModel : struct, Enum
        where TWire : struct, Enum
    {
        Assert.All(Enum.GetValues<TModel>(), v => Assert.Equal(v.ToString(), toWire(v).ToString()));
        // Each of the wire's values but "unspecified" stands for one of the model's.
        Assert.Equal(Enum.GetValues<TModel>().Length, Enum.GetValues<TWire>().Length - 1);
    }
}
