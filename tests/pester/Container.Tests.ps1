#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Containers' {
    BeforeAll {
        . $PSScriptRoot/PrivateEngine.ps1
        $root = Start-SpecEngine
    }

    AfterAll { Stop-SpecEngine $root }

    AfterEach { Get-Container | Remove-Container -Force }

    It 'runs a program, and hands on its lines' {
        Invoke-Container busybox echo hello | Should -Be 'hello'
        $LASTEXITCODE | Should -Be 0
        Get-Container | Should -BeNullOrEmpty
    }

    It 'keeps the exit code' {
        Invoke-Container busybox -ErrorAction SilentlyContinue -ErrorVariable failed -- sh -c 'exit 7'
        $LASTEXITCODE | Should -Be 7
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ContainerExitedNonZero,*'
    }

    It 'says 127 where there is no such command' {
        Invoke-Container busybox nope -ErrorAction SilentlyContinue
        $LASTEXITCODE | Should -Be 127
    }

    It 'goes through the life of a container' {
        $web = New-Container busybox -Name web -- sleep 100
        $web.State | Should -Be Created
        (Start-Container web -PassThru).State | Should -Be Running
        (Suspend-Container web -PassThru).State | Should -Be Paused
        (Resume-Container web -PassThru).State | Should -Be Running
        (Rename-Container web shop -PassThru).Id | Should -Be $web.Id
        (Get-Container | Where-Object State -eq Running | Stop-Container -Timeout 0 -PassThru).State | Should -Be Exited
        Remove-Container shop
        Get-Container shop* | Should -BeNullOrEmpty
    }

    It 'has an error for each name that is not there' {
        Get-Container nope1, nope2 -ErrorAction SilentlyContinue -ErrorVariable missing
        $missing.TargetObject | Should -Be nope1, nope2
        $missing[0].CategoryInfo.Category | Should -Be ObjectNotFound
    }

    It 'changes nothing with -WhatIf' {
        $null = New-Container busybox -Name web
        Remove-Container web -WhatIf
        Get-Container web | Should -Not -BeNullOrEmpty
    }

    It 'is shown with its name, image, state, status and short id' {
        $null = New-Container busybox -Name web
        Get-Container | Out-String | Should -Match '(?s)Name\s+Image\s+State\s+Status\s+Id.*web\s+busybox\S*\s+Created'
    }

    It 'survives an export, and is shown the same way' {
        $null = New-Container busybox -Name web
        $file = Join-Path $root web.xml
        Get-Container web | Export-Clixml $file
        Import-Clixml $file | Out-String | Should -Be (Get-Container web | Out-String)
        Import-Clixml $file | Remove-Container
        Get-Container | Should -BeNullOrEmpty
    }
}
