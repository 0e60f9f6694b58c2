#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Logs' {
    BeforeAll {
        . $PSScriptRoot/PrivateEngine.ps1
        $root = Start-SpecEngine
        $null = Invoke-Container busybox -Name talker -Keep -StandardError Ignore -- sh -c 'echo one; sleep 1; echo two >&2; sleep 1; echo three'
    }

    AfterAll { Stop-SpecEngine $root }

    It 'shows as its lines' {
        Get-ContainerLog talker | Out-String -Stream | Where-Object { $_ } | Should -Be one, two, three
    }

    It 'shows as its lines among other objects, too' {
        $shown = & { Get-Container talker; Get-ContainerLog talker } | Out-String -Stream
        $shown | Where-Object { $_ } | Select-Object -Last 3 | Should -Be one, two, three
    }

    It 'shows its times when it is asked for a table' {
        Get-ContainerLog talker -Tail 1 | Format-Table -Force | Out-String | Should -Match 'Time.*Stream.*Message[\s\S]*three'
    }

    It 'can be cut to the last lines, and to one stream' {
        (Get-ContainerLog talker -Tail 1).Message | Should -Be three
        (Get-ContainerLog talker -Stream Error).Message | Should -Be two
    }

    It 'follows to the end of the container' {
        $container = Invoke-Container busybox -Detach -- sh -c 'echo begin; sleep 1; echo end'
        ($container | Get-ContainerLog -Follow).Message | Should -Be begin, end
    }

    It 'leads back to the container' {
        (Get-ContainerLog talker -Tail 1 | Get-Container).Name | Should -Be talker
    }
}
