using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Removes what nothing uses.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Prune", SupportsShouldProcess = true)]
[OutputType(typeof(PrunedItem))]
public sealed class InvokePruneCommand : EngineCmdlet
{
    /// <summary>Images. It is also what is meant without it.</summary>
    [Parameter]
    public SwitchParameter Image { get; set; }

    /// <summary>Also images that have a reference. It asks, unless -Force or -Confirm says otherwise.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Only what was made before then: a time, or a time ago such as <c>24h</c>.</summary>
    [Parameter]
    [TimeTransformation]
    public DateTimeOffset? Until { get; set; }

    /// <summary>
    /// Only what has all of these labels: <c>key</c>, <c>key=value</c> or a hashtable; with a leading <c>!</c>, what does
    /// not have them.
    /// </summary>
    [Parameter]
    [KeyValueTransformation]
    public string[] Label { get; set; } = [];

    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? (SwitchParameter)given
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var prune = new ImagePrune { All = All, Until = Until, Labels = Label };
        if (IsWhatIf)
        {
            Preview(prune with { DryRun = true });
            return;
        }

        EngineConnection[] engines = [.. Engines.Where(Confirmed)];
        if (engines.Length > 0)
        {
            WriteWork<PrunedItem>([.. engines.Select(engine => new EngineWork<PrunedItem>(
                engine, engine, (_, stop) => EngineClients.Of(engine).Images.PruneAsync(prune, stop)))]);
        }
    }

    // The engine knows what would go: each thing is named as the removal of it alone would name it.
    private void Preview(ImagePrune prune)
    {
        foreach (EngineConnection engine in Engines)
        {
            Try(
                () => RunReporting(async (pump, _) =>
                {
                    await foreach (PrunedItem item in EngineClients.Of(engine).Images
                        .PruneAsync(prune, pump.Stopped).ConfigureAwait(false))
                    {
                        await pump.PostAsync(() => ShouldProcess(Describe(item), "Remove")).ConfigureAwait(false);
                    }
                }),
                engine);
        }
    }

    private static string Describe(PrunedItem item)
    {
        string id = Display.ShortId(item.Id);
        string name = item.Name.Length > 0 ? $"'{Display.Reference(item.Name, int.MaxValue)}' ({id})" : id;
        return $"{item.Kind.ToString().ToLowerInvariant()} {name}, {Display.Size(item.SpaceReclaimed)}";
    }

    // All images that happen to be idle are data lost, those without a name hardly: only the former asks by itself, which
    // one ConfirmImpact for both could not say.
    private bool Confirmed(EngineConnection engine)
    {
        string what = All ? "all images that no container uses" : "images without a reference that no container uses";
        string target = $"{what}, of {engine}";
        bool asks = All && !Force && !MyInvocation.BoundParameters.ContainsKey("Confirm")
            && SessionState.PSVariable.GetValue("ConfirmPreference") is not (ConfirmImpact.None or "None");
        return ShouldProcess(target, "Remove") && (!asks || ShouldContinue($"Remove {target}?", "Prune"));
    }
}
