namespace Engine.Core.Containers.Names;

/// <summary>The first halves of generated names: friendly, short, and fit for any screen.</summary>
internal static class Adjectives
{
    public static readonly string[] All =
    [
        "able", "agile", "airy", "alert", "ample", "apt", "arctic", "astute", "autumn", "awake", "balmy", "bold",
        "brave", "breezy", "bright", "brisk", "calm", "candid", "careful", "cheery", "civil", "clear", "clever",
        "cordial", "cosmic", "crisp", "curious", "dapper", "daring", "dawn", "decent", "deft", "dewy", "diligent",
        "eager", "early", "earnest", "easy", "elegant", "fair", "fearless", "festive", "fine", "firm", "fleet",
        "fond", "frank", "free", "fresh", "gallant", "gentle", "genuine", "glad", "golden", "graceful", "grand",
        "hardy", "hearty", "honest", "hopeful", "humble", "icy", "jaunty", "jolly", "jovial", "keen", "kind",
        "lively", "loyal", "lucid", "lucky", "lunar", "mellow", "merry", "mighty", "mindful", "misty", "modest",
        "neat", "nimble", "noble", "open", "patient", "placid", "plucky", "polite", "prompt", "proud", "quick",
        "quiet", "rapid", "ready", "robust", "rustic", "sage", "serene", "sharp", "shiny", "silent", "sincere",
        "sleek", "smooth", "snug", "solar", "solid", "spry", "stable", "starry", "steady", "stellar", "stout",
        "sunny", "swift", "tame", "tidy", "tranquil", "trusty", "upbeat", "valiant", "vivid", "warm", "wise",
        "witty", "zesty",
    ];
}
