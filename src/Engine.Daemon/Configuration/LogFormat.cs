namespace Engine.Daemon.Configuration;

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    /// <summary>For people; with the priorities of sd-daemon(3) when the journal reads them.</summary>
    Text = 0,

    /// <summary>One JSON object a line.</summary>
    Json,
}
