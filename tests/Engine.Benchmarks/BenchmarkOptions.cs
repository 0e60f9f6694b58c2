using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Engine.Benchmarks;

/// <summary>How much is measured, and of what.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>Containers one at a time.</summary>
    public int Iterations { get; init; } = 50;

    /// <summary>Containers by all clients together.</summary>
    public int Containers { get; init; } = 200;

    /// <summary>Clients at once.</summary>
    public int Clients { get; init; } = 8;

    /// <summary>Only engines whose name holds this; empty for all.</summary>
    public string Only { get; init; } = "";

    /// <summary>Pulls of an image of many layers.</summary>
    public int Pulls { get; init; } = 3;

    /// <summary>The image to pull, at a registry that is running; empty to make one.</summary>
    public string Image { get; init; } = "";

    /// <summary>What is measured: <c>run</c>, <c>pull</c>, or empty for both.</summary>
    public string Work { get; init; } = "";

    public static bool TryParse(
        string[] arguments, [NotNullWhen(true)] out BenchmarkOptions? options, [NotNullWhen(false)] out string? fault)
    {
        options = new BenchmarkOptions();
        fault = null;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number > 0;
            options = arguments[i] switch
            {
                "--iterations" when isNumber => options with { Iterations = number },
                "--containers" when isNumber => options with { Containers = number },
                "--clients" when isNumber => options with { Clients = number },
                "--pulls" when isNumber => options with { Pulls = number },
                "--work" when value is "run" or "pull" => options with { Work = value },
                "--image" when value.Length > 0 => options with { Image = value },
                "--only" when value.Length > 0 => options with { Only = value },
                _ => null,
            };
            if (options is null)
            {
                fault = $"'{arguments[i]} {value}' is not understood. Use --iterations N, --containers N, --clients N, --pulls N, --image REFERENCE, --work run|pull, --only NAME.";
                return false;
            }
        }

        return true;
    }
}
