namespace Engine;

/// <summary>The kind of object that an event is about.</summary>
public enum EngineEventType
{
    /// <summary>A container.</summary>
    Container = 0,

    /// <summary>An image.</summary>
    Image,

    /// <summary>The engine itself.</summary>
    Engine,
}
