#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, shows, measures and packages Engine. Runs in PowerShell 7.6 or later and in Engine.Shell.
.EXAMPLE
    ./build.ps1 Test -Suite Engine.Oci*
    Builds, and runs the suites whose names match.
.EXAMPLE
    dotnet run --project src/Engine.Shell -- ./build.ps1 Demo
    The same script on a machine without PowerShell.
#>
[CmdletBinding()]
param(
    # Build: projects, module and help. Test: all suites. Demo: the cmdlets at work. Bench: the figures. Package: artifacts/.
    # Format: is the source as `dotnet format` wants it. Clean: all that was built goes.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Package', 'Format', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # Test: only suites of these names (wildcards; commas between them).
    [string[]] $Suite = '*',

    # Test: only tests whose full name contains this.
    [string] $Filter,

    # Installs nothing: what is missing is an error.
    [switch] $NoInstall,

    # Bench: what the benchmark program is given.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Rest
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$bin = Join-Path $root module bin

# Debian package, a file that shows it is there (for machines without dpkg), and why it is needed.
$runtimePackages = @(
    , @('crun', '/usr/bin/crun', 'the OCI runtime that starts containers')
    , @('conmon', '/usr/bin/conmon', 'watches a container, keeps its log and its exit code')
    , @('libnftables1', '/usr/lib/*/libnftables.so.1', "speaks to the kernel's packet filter")
    , @('golang-github-containers-common', '/usr/share/containers/seccomp.json', 'the default seccomp profile')
    , @('busybox-static', '/bin/busybox', 'the root file system of the demo and test image')
    , @('tini', '/usr/bin/tini-static', "the init process of containers with -Init")
)
# docker.io and podman, which images are exchanged with, are used where they are and not installed: their packages bring
# services that start with the machine. Where they are not, their tests say that they are skipped.
$testPackages = @(
    , @('skopeo', '/usr/bin/skopeo', 'writes the image archives that the tests import, and reads those that we export')
    , @('docker-registry', '/usr/bin/docker-registry', 'the registry that the tests push to and pull from')
    , @('apache2-utils', '/usr/bin/htpasswd', "makes the password file of the tests' registry")
    , @('umoci', '/usr/bin/umoci', 'writes OCI layouts that the tests import, and unpacks those that we export')
    , @('zstd', '/usr/bin/zstd', 'packs test archives')
    , @('xz-utils', '/usr/bin/xz', 'packs test archives')
    , @('bzip2', '/bin/bzip2', 'packs test archives')
    , @('attr', '/usr/bin/setfattr', 'sets the extended attributes that layers must keep')
    , @('libcap2-bin', '/sbin/setcap', 'sets the file capabilities that layers must keep')
    , @('runc', '/usr/sbin/runc', 'the runtime that crun is compared with')
    , @('util-linux', '/usr/bin/script', 'gives the shell tests a terminal')
)
$packagePackages = @(
    , @('gcc', '/usr/bin/gcc', 'links the native engined')
    , @('zlib1g-dev', '/usr/include/zlib.h', 'a library that the native engined links')
)

function Write-Step([string] $Text) { Write-Host "==> $Text" -ForegroundColor Cyan }

# Runs a program; its failure is this script's.
function Invoke-Program([string] $Program, [string[]] $Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "'$Program $Arguments' failed with exit code $LASTEXITCODE." }
}

function Test-Package([object[]] $Package) {
    if (Get-Command dpkg-query -CommandType Application -ErrorAction Ignore) {
        return (dpkg-query --show --showformat '${db:Status-Status}' $Package[0] 2>/dev/null) -eq 'installed'
    }
    Test-Path $Package[1]
}

function Install-Package([object[]] $Packages) {
    $missing = @($Packages | Where-Object { -not (Test-Package $_) })
    if ($missing.Count -eq 0) { return }
    $names = $missing | ForEach-Object { $_[0] }
    $list = ($missing | ForEach-Object { '    {0,-34} {1}' -f $_[0], $_[2] }) -join "`n"
    $byHand = "apt-get install --no-install-recommends $names"
    if ($NoInstall) { throw "These packages are missing:`n$list`nInstall them as root: $byHand" }
    if (-not (Get-Command apt-get -CommandType Application -ErrorAction Ignore)) {
        throw "These packages are missing, and this machine has no apt-get. Install what provides them here:`n$list"
    }
    if ((id -u) -ne '0') { throw "These packages are missing, and only root may install them:`n$list`nRun: sudo $byHand" }

    Write-Step "Installing from Debian, with apt-get, what is missing:`n$list"
    $env:DEBIAN_FRONTEND = 'noninteractive'
    $install = @('install', '--yes', '--no-install-recommends', '-qq') + $names
    apt-get @install > /dev/null 2>&1
    if ($LASTEXITCODE -ne 0) {
        # The package lists are absent or stale: a fresh machine has none.
        Invoke-Program apt-get update, '-qq'
        $said = apt-get @install 2>&1
        if ($LASTEXITCODE -ne 0) {
            $said | Write-Host
            throw "'apt-get $install' failed with exit code $LASTEXITCODE."
        }
    }
}

# What users run, and the tool that makes its help; Test builds the whole solution.
$product = 'Engine.PowerShell', 'Engine.Daemon', 'Engine.Tools' | ForEach-Object { Join-Path $root src $_ }

function Invoke-Build([string[]] $Projects = $product) {
    Write-Step "Building ($Configuration)"
    # Into a fresh folder, then swapped by rename: a shell may have the old files mapped.
    $fresh = "$bin.new"
    $stale = "$bin.old"
    $fresh, $stale | Where-Object { Test-Path $_ } | Remove-Item -Recurse -Force
    foreach ($project in $Projects) {
        $said = dotnet build $project --configuration $Configuration --nologo --verbosity quiet "-property:ModuleBin=$fresh/" 2>&1
        if ($LASTEXITCODE -ne 0) {
            $said | Write-Host
            throw "$(Split-Path -Leaf $project) does not build."
        }
    }
    Copy-Item (Join-Path $root src Engine.Daemon bin $Configuration net10.0) (Join-Path $fresh engined) -Recurse
    if (Test-Path $bin) { Move-Item $bin $stale }
    Move-Item $fresh $bin
    if (Test-Path $stale) { Remove-Item $stale -Recurse -Force }
    Invoke-Help
}

# PowerShell looks for a module's help in <folder of the manifest>/<culture> and nowhere else.
function Invoke-Help([string[]] $More) {
    Invoke-Program dotnet (@((Join-Path $root src Engine.Tools bin $Configuration net10.0 Engine.Tools.dll), 'help',
        '--manifest', (Join-Path $root Engine.psd1), '--docs', (Join-Path $root module docs)) + $More)
}

function Invoke-Suite([string] $Project) {
    $name = Split-Path -Leaf $Project
    $program = Join-Path $Project bin $Configuration net10.0 $name
    $report = Join-Path ([IO.Path]::GetTempPath()) "engine-$name-$PID.json"
    $options = @('-noLogo', '-noColor', '-ctrf', $report)
    if ($Filter) { $options += '-method', "*$Filter*" }
    $output = & $program @options 2>&1 | ForEach-Object { "$_" }
    $code = $LASTEXITCODE
    if (-not (Test-Path $report)) {
        Write-Host "$name ended with exit code $code and without a report. Its last words:" -ForegroundColor Red
        $output | Select-Object -Last 40 | Write-Host
        return [pscustomobject]@{ Suite = $name; Passed = 0; Failed = 1; Skipped = 0 }
    }

    # xUnit writes the control characters of a test's arguments as they are, which JSON forbids.
    $results = ((Get-Content $report -Raw) -replace '[\x00-\x1F]', ' ' | ConvertFrom-Json).results
    Remove-Item $report
    foreach ($test in $results.tests | Where-Object status -EQ 'failed') {
        Write-Host "FAILED $($test.name)" -ForegroundColor Red
        $test.message, $test.trace | Where-Object { $_ } | Write-Host
    }
    $result = [pscustomobject]@{
        Suite   = $name
        Passed  = [int]$results.summary.passed
        Failed  = [int]$results.summary.failed
        Skipped = [int]$results.summary.skipped + [int]$results.summary.pending + [int]$results.summary.other
    }
    if ($result.Failed -eq 0 -and $code -ne 0) {
        Write-Host "$name ended with exit code $code although no test failed." -ForegroundColor Red
        $output | Select-Object -Last 40 | Write-Host
        $result.Failed = 1
    }
    elseif ($result.Passed + $result.Failed + $result.Skipped -eq 0 -and -not $Filter) {
        Write-Host "$name ran no test." -ForegroundColor Red
        $result.Failed = 1
    }
    $result
}

function Invoke-Pester {
    $specs = Join-Path $root tests pester
    if (-not (Test-Path (Join-Path $specs '*.Tests.ps1'))) { return }
    $pwsh = Get-Command pwsh -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    $script = @'
$ErrorActionPreference = 'Stop'
if (-not (Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -ge 5 })) { 'none'; return }
Import-Module Pester -MinimumVersion 5.0
$run = Invoke-Pester -Path $env:ENGINE_PESTER -PassThru -Output Normal 6>&1 | ForEach-Object {
    if ($_ -is [Management.Automation.InformationRecord]) { [Console]::Error.WriteLine($_) } else { $_ }
}
"$($run.PassedCount) $($run.FailedCount + $run.FailedContainersCount) $($run.SkippedCount + $run.NotRunCount)"
'@
    $env:ENGINE_PESTER = $specs
    $line = if ($pwsh) { & $pwsh.Source -NoLogo -NoProfile -NonInteractive -Command $script | Select-Object -Last 1 }
    if ($pwsh -and $line -match '^(\d+) (\d+) (\d+)$') {
        return [pscustomobject]@{ Suite = 'pester'; Passed = [int]$Matches[1]; Failed = [int]$Matches[2]; Skipped = [int]$Matches[3] }
    }
    if ($pwsh -and $line -ne 'none') {
        Write-Host 'The Pester specs did not run to their end.' -ForegroundColor Red
        return [pscustomobject]@{ Suite = 'pester'; Passed = 0; Failed = 1; Skipped = 0 }
    }
    Write-Host "The Pester specs in tests/pester were not run: $(if ($pwsh) { 'pwsh here has no Pester 5' } else { 'no pwsh is on PATH' })."
}

function Invoke-Test {
    # A shell that starts this script hands over "a,b" as one word.
    $Suite = $Suite -split ','
    $projects = @(Get-ChildItem (Join-Path $root tests) -Directory | Where-Object Name -Like '*.Tests' |
        Where-Object { $name = $_.Name; $Suite | Where-Object { $name -like $_ } })
    $results = @(foreach ($project in $projects) {
        Write-Step $project.Name
        $result = Invoke-Suite $project.FullName
        Write-Host "$($result.Passed) passed, $($result.Failed) failed, $($result.Skipped) skipped in $($result.Suite)"
        $result
    })
    if ($Suite | Where-Object { 'pester' -like $_ }) {
        $results += @(Invoke-Pester)
    }

    $sum = @{ Passed = 0; Failed = 0; Skipped = 0 }
    foreach ($result in $results) {
        foreach ($key in 'Passed', 'Failed', 'Skipped') { $sum[$key] += $result.$key }
    }
    if ($results.Count -eq 0 -or $sum.Passed + $sum.Failed -eq 0) {
        Write-Host "No test ran: no suite matches '$Suite', or no test '$Filter'." -ForegroundColor Red
        $sum.Failed++
    }
    "$($sum.Passed) passed, $($sum.Failed) failed, $($sum.Skipped) skipped"
    if ($sum.Failed -gt 0) { exit 1 }
}

# A fresh process of the host that runs this script: the module's old assemblies may be loaded in this one.
function Invoke-Demo {
    $self = [Environment]::ProcessPath
    $arguments = @('-NoLogo', '-NoProfile', '-File', (Join-Path $root tests demo Demo.ps1))
    if ((Split-Path -Leaf $self) -eq 'dotnet') { $arguments = @([Environment]::GetCommandLineArgs()[0]) + $arguments }
    & $self @arguments
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function Invoke-Package {
    $target = Join-Path $root artifacts Engine
    if (Test-Path $target) { Remove-Item $target -Recurse -Force }
    $null = New-Item -ItemType Directory $target
    'Engine.psd1', 'LICENSE', 'README.md', 'module', 'en-US' | ForEach-Object { Join-Path $root $_ } |
        Where-Object { Test-Path $_ } | Copy-Item -Destination $target -Recurse
    Remove-Item (Join-Path $target module bin engined) -Recurse -Force
    Write-Step 'Publishing engined as a native program'
    Invoke-Program dotnet publish, (Join-Path $root src Engine.Daemon), '--configuration', 'Release', '--nologo', '--verbosity', 'quiet',
        '--use-current-runtime', '-property:PublishAot=true', '--output', (Join-Path $target module bin engined)
    # What only a debugger or a compiler reads.
    Get-ChildItem (Join-Path $target module bin) -Recurse -File | Where-Object Extension -In '.pdb', '.dbg', '.xml' | Remove-Item
    Write-Step "The module is in $target"
}

function Invoke-Clean {
    # Not the folder that this very process runs from.
    $self = [Environment]::ProcessPath
    $built = @(Get-ChildItem (Join-Path $root src), (Join-Path $root tests) -Directory |
        ForEach-Object { Join-Path $_.FullName bin; Join-Path $_.FullName obj }) +
        $bin, "$bin.new", "$bin.old", (Join-Path $root en-US), (Join-Path $root artifacts)
    $built | Where-Object { (Test-Path $_) -and -not "$self".StartsWith("$_/") } | Remove-Item -Recurse -Force
}

# Programs that are started here find .NET's own output free of its greeting and its colours.
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'

try {
    switch ($Task) {
        'Build' { Invoke-Build }
        'Test' { Install-Package ($runtimePackages + $testPackages); Invoke-Build (Join-Path $root src Engine.slnx); Invoke-Test }
        'Demo' { Install-Package $runtimePackages; Invoke-Build; Invoke-Demo }
        'Bench' {
            Install-Package $runtimePackages
            $Configuration = 'Release'
            Invoke-Build
            Invoke-Program dotnet (@('run', '--configuration', 'Release', '--project', (Join-Path $root tests Engine.Benchmarks), '--') + $Rest)
        }
        'Package' { Install-Package $packagePackages; $Configuration = 'Release'; Invoke-Build; Invoke-Package }
        'Format' { Invoke-Program dotnet format, (Join-Path $root src Engine.slnx), '--verify-no-changes' }
        'Clean' { Invoke-Clean }
    }
}
catch {
    # The sentence that says what is wrong, without the line of this script that says it; -Verbose tells that, too.
    $Host.UI.WriteErrorLine("$_")
    Write-Verbose $_.ScriptStackTrace
    exit 1
}
