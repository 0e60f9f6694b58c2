using System.CommandLine;
using System.CommandLine.Parsing;

namespace Engine.Daemon.Configuration;

/// <summary>The command line of engined. It says which flags there are; what their values mean is decided elsewhere.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, Option<string[]>> _flags = [];
    private readonly Option<bool> _validate = new("--validate")
    {
        Description = "Check the configuration, say what is wrong with it, and end",
    };
    private readonly ParseResult _result;

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    public CommandLine(IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("The container engine's daemon") { HelpName = "engined" };
        // Nobody types [suggest] or @file at a daemon, and what a unit file holds must mean what it says.
        root.Directives.Clear();
        Add(root, "--config-file", "FILE", $"The configuration file (default {ConfigurationFile.DefaultPath})");
        Add(root, "--data-root", "DIRECTORY", $"Where images and containers are kept (default {Default.DataRoot})");
        Add(root, "--exec-root", "DIRECTORY", $"Where sockets and run-time files are kept (default {Default.ExecRoot})");
        Add(root, "--host", "unix:///PATH", "A socket to listen on; may be repeated (default engine.sock in the exec root)", many: true);
        Add(root, "--group", "GROUP", $"The group that may use the sockets (default {Default.Group})");
        Add(root, "--log-level", "LEVEL", "trace, debug, info, warn, error or fatal (default info)");
        Add(root, "--log-format", "FORMAT", "text or json (default text)");
        Add(root, "--pidfile", "FILE", "Write the process id to a file");
        Add(root, "--default-runtime", "NAME", "The OCI runtime of containers that ask for none");
        Add(root, "--seccomp-profile", "FILE", "The default seccomp profile, or builtin, or unconfined");
        Add(root, "--init", "true|false", "Give containers an init process unless they say otherwise", bare: true);
        Add(root, "--init-path", "FILE", "The init program");
        Add(root, "--shutdown-timeout", "SECONDS", "How long running calls may take when the daemon ends; -1: as long as they like (default 15)");
        Add(root, "--registry-mirror", "URL", "A registry to ask before Docker Hub; may be repeated", many: true);
        Add(root, "--insecure-registry", "HOST", "A registry that needs no certificate: host[:port] or a network; may be repeated", many: true);
        Add(root, "--max-concurrent-downloads", "NUMBER", "How many blobs one pull downloads at once (default 3)");
        Add(root, "--max-concurrent-uploads", "NUMBER", "How many blobs one push uploads at once (default 5)");
        Add(root, "--max-download-attempts", "NUMBER", "How often a download is tried (default 5)");
        root.Add(_validate);
        _result = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
    }

    /// <summary>What cannot be understood, a sentence each.</summary>
    public IEnumerable<string> Errors => _result.Errors.Select(error => error.Message).Concat(_result.Tokens
        .Where(token => token.Type == TokenType.Directive)
        .Select(token => $"Unrecognized directive '{token.Value}'."));

    /// <summary>True for --help and --version, which <see cref="Answer"/> answers.</summary>
    public bool IsQuestion => _result.Action is not null;

    /// <summary>True for --validate.</summary>
    public bool Validate => _result.GetValue(_validate);

    /// <summary>The file that --config-file names, or null.</summary>
    public string? ConfigFile => Arguments("--config-file")?[0];

    /// <summary>Answers --help or --version on standard output.</summary>
    /// <returns>The exit code.</returns>
    public int Answer() => _result.Invoke();

    /// <summary>The arguments that a flag was given, or null when it was not.</summary>
    public IReadOnlyList<string>? Arguments(string flag) =>
        _result.GetResult(_flags[flag]) is { Implicit: false } found ? [.. found.Tokens.Select(token => token.Value)] : null;

    private void Add(Command root, string flag, string value, string description, bool many = false, bool bare = false)
    {
        var option = new Option<string[]>(flag)
        {
            Description = description,
            HelpName = value,
            Arity = many ? ArgumentArity.OneOrMore : bare ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
            AllowMultipleArgumentsPerToken = false,
            CustomParser = result => [.. result.Tokens.Select(token => token.Value)],
        };
        _flags.Add(flag, option);
        root.Add(option);
    }
}
