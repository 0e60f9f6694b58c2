namespace Engine.Tools.Help;

/// <summary>A cmdlet's help as its page has it: prose only. Syntax and types come from the cmdlet.</summary>
internal sealed record HelpPage
{
    /// <summary>The page's file, for messages.</summary>
    public required string File { get; init; }

    /// <summary>Verb-Noun.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence.</summary>
    public required string Synopsis { get; init; }

    /// <summary>Paragraphs.</summary>
    public IReadOnlyList<string> Description { get; init; } = [];

    /// <summary>In the page's order.</summary>
    public IReadOnlyList<HelpExample> Examples { get; init; } = [];

    /// <summary>Each parameter's paragraphs, by its name without the dash.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Types that the pipeline may bring, each with its paragraphs.</summary>
    public IReadOnlyList<(string Type, IReadOnlyList<string> Text)> Inputs { get; init; } = [];

    /// <summary>Types that come out, each with its paragraphs.</summary>
    public IReadOnlyList<(string Type, IReadOnlyList<string> Text)> Outputs { get; init; } = [];

    /// <summary>Paragraphs.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Link texts with their addresses; a cmdlet's or topic's name has none.</summary>
    public IReadOnlyList<(string Text, string Uri)> Links { get; init; } = [];
}
