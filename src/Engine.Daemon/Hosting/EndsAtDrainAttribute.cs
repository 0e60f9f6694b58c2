namespace Engine.Daemon.Hosting;

/// <summary>
/// Marks a call that only watches, such as following a log: it ends when the drain begins, since it might never end by
/// itself.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EndsAtDrainAttribute : Attribute;
