using CsCheck;
using Engine.Shell.Interactive;
using Engine.Shell.Tests.Fixtures;

namespace Engine.Shell.Tests.Interactive;

public sealed class HistoryTests
{
    [Fact]
    public void Every_command_survives_the_file() =>
        Gen.String[Gen.Char["ab\\n\n\t'\"é"], 1, 20].Array[1, 5].Sample(commands =>
        {
            using var folder = new TemporaryDirectory();
            var history = History.Load(folder["h"]);
            foreach (var command in commands)
            {
                history.Add(command);
            }

            var read = History.Load(folder["h"]);
            Assert.Equal(
                Enumerable.Range(0, history.Count)
                    .Select(i => history[i]), Enumerable.Range(0, read.Count)
                    .Select(i => read[i]));
        }, iter: 50);

    [Fact]
    public void A_command_that_begins_with_a_blank_stays_in_the_session()
    {
        using var folder = new TemporaryDirectory();
        var history = History.Load(folder["h"]);
        history.Add(" secret");
        Assert.Equal(1, history.Count);
        Assert.False(File.Exists(folder["h"]));
    }

    [Fact]
    public void A_home_that_cannot_be_written_costs_nothing_but_the_memory()
    {
        var history = History.Load("/proc/nonexistent/history");
        history.Add("x");
        Assert.Equal("x", history[0]);
    }

    [Fact]
    public void The_search_goes_backwards()
    {
        var history = History.Load(null);
        history.Add("git status");
        history.Add("ls");
        history.Add("git log");
        Assert.Equal(
            (2, 0, -1),
                (history.FindBackwards("GIT", 3), history.FindBackwards("git", 2), history.FindBackwards("git", 0)));
    }
}
