using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation.Host;

namespace Engine.Shell.Hosting;

/// <summary>A question with named answers: <c>[Y] Yes  [N] No  [?] Help (default is "Y"): </c>.</summary>
internal sealed class ChoicePrompt
{
    private readonly ShellUserInterface _ui;
    private readonly IReadOnlyList<(string Key, string Label, string Help)> _choices;
    private readonly IReadOnlyList<int> _defaults;

    public ChoicePrompt(ShellUserInterface ui, Collection<ChoiceDescription> choices, IReadOnlyList<int> defaults)
    {
        if (choices is null or { Count: 0 })
        {
            throw new ArgumentException("A choice prompt needs at least one choice.", nameof(choices));
        }

        foreach (var index in defaults)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, choices.Count, nameof(defaults));
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(defaults));
        }

        _ui = ui;
        _choices = [.. choices.Select(Split)];
        _defaults = defaults;
    }

    /// <summary>Asks until one of the answers, or nothing where there is a default, was given.</summary>
    public int AskOne()
    {
        while (true)
        {
            WriteChoices();
            var answer = _ui.ReadLine().Trim();
            if (answer.Length == 0 && _defaults.Count > 0)
            {
                return _defaults[0];
            }

            if (Find(answer) is { } index)
            {
                return index;
            }

            HelpIfAsked(answer);
        }
    }

    /// <summary>Asks for one answer after the other, up to an empty line.</summary>
    public Collection<int> AskMany()
    {
        var chosen = new Collection<int>();
        WriteChoices();
        while (true)
        {
            _ui.Write(string.Create(CultureInfo.InvariantCulture, $"Choice[{chosen.Count}]: "));
            var answer = _ui.ReadLine().Trim();
            if (answer.Length == 0)
            {
                return chosen.Count > 0 ? chosen : [.. _defaults];
            }

            if (Find(answer) is { } index)
            {
                chosen.Add(index);
            }
            else
            {
                HelpIfAsked(answer);
            }
        }
    }

    private void WriteChoices()
    {
        var answers = string.Join("  ", _choices.Select(choice => $"[{choice.Key}] {choice.Label}"));
        var defaults = string.Join(",", _defaults.Select(index => _choices[index].Key));
        _ui.Write($"{answers}  [?] Help{(defaults.Length == 0 ? "" : $" (default is \"{defaults}\")")}: ");
    }

    private void HelpIfAsked(string answer)
    {
        if (answer == "?")
        {
            foreach (var (key, label, help) in _choices)
            {
                _ui.WriteLine($"{key} - {(help.Length == 0 ? label : help)}");
            }
        }
    }

    private int? Find(string answer)
    {
        for (var i = 0; i < _choices.Count; i++)
        {
            if (answer.Length > 0 && (Same(answer, _choices[i].Key) || Same(answer, _choices[i].Label)))
            {
                return i;
            }
        }

        return null;
    }

    private static bool Same(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    // "&Yes" is chosen by Y, "Yes to &All" by A; a label without an ampersand by itself.
    private static (string Key, string Label, string Help) Split(ChoiceDescription choice)
    {
        var at = choice.Label.IndexOf('&', StringComparison.Ordinal);
        var label = choice.Label.Replace("&", "", StringComparison.Ordinal).Trim();
        var hasKey = at >= 0 && at + 1 < choice.Label.Length;
        var key = hasKey ? choice.Label.Substring(at + 1, 1).ToUpperInvariant() : label;
        return (key, label, choice.HelpMessage ?? "");
    }
}
