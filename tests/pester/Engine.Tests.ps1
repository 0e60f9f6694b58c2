#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'The engine' {
    BeforeAll {
        . $PSScriptRoot/PrivateEngine.ps1
        $root = Start-SpecEngine
    }

    AfterAll { Stop-SpecEngine $root }

    It 'says what it is' {
        $engine = Get-Engine
        $engine.ApiVersion | Should -Be engine.v1
        $engine.DataRoot | Should -Be "$root/data"
        $engine.ModuleVersion | Should -Not -BeNullOrEmpty
    }

    It 'is shown in 80 columns' {
        Connect-Engine "$root/run/engine.sock" | Out-String -Width 80 |
            Should -Match "Name\s+Uri\s+ProcessId\s+Version[\s\S]*unix://$root/run/engine.sock\s+\d+\.\d+\.\d+"
    }

    It 'can be connected to by another name' {
        $connection = Connect-Engine "$root/run/engine.sock" -Name spec
        (Get-Engine -Engine spec).Id | Should -Be (Get-Engine -Engine $connection).Id
    }

    It 'says where it looked when no engine answers' {
        { Get-Container -Engine unix:///nonexistent/engine.sock -ErrorAction Stop } | Should -Throw '*unix:///nonexistent/engine.sock*'
    }

    It 'refuses a second engine on the same data' {
        { Start-Engine -DataRoot "$root/data" -ExecRoot "$root/second" -ErrorAction Stop } |
            Should -Throw -ErrorId 'EngineStartFailed,Engine.Commands.StartEngineCommand'
    }

    It 'remembers what happened' {
        $null = Invoke-Container busybox true
        (Watch-EngineEvent -Since 1m -Until 0s -Type Container).Action | Should -Contain die
    }

    It 'has help for every cmdlet' {
        foreach ($command in Get-Command -Module Engine) {
            (Get-Help $command.Name).Synopsis | Should -Not -BeNullOrEmpty -Because $command.Name
        }
    }
}
