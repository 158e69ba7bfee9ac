/** The shells that have a script. */
export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell';

/**
 * The script by which a shell completes `postern`: it calls `postern __complete`. Words are passed as arguments and never evaluated:
 * completing `postern plan $(…)` runs nothing.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# Completion of postern for bash: source <(postern completion bash)
_postern() {
  local line current="\${COMP_WORDS[COMP_CWORD]}" files=
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = :files ]; then
      files=1
      continue
    fi
    line="\${line%%$'\\t'*}"
    # Within quotes the shell takes a word as it is.
    case $current in
      [\\"\\']*) ;;
      *) line=$(printf %q "$line") ;;
    esac
    COMPREPLY+=("$line")
  done < <(command postern __complete bash "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [ -n "$files" ]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do
      COMPREPLY+=("$line")
    done < <(compgen -f -- "$current")
  fi
}
complete -F _postern postern
`,
  zsh: `#compdef postern
# Completion of postern for zsh: postern completion zsh > "\${fpath[1]}/_postern", or source <(postern completion zsh)
_postern() {
  local line word text files=
  local -a found
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=1
      continue
    fi
    word=\${line%%$'\\t'*}
    text=
    [[ $line == *$'\\t'* ]] && text=\${line#*$'\\t'}
    found+=("\${word//:/\\\\:}\${text:+:$text}")
  done < <(command postern __complete zsh "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#found )) && _describe postern found
  [[ -n $files ]] && _files
}
if [[ $funcstack[1] == _postern ]]; then
  _postern "$@"
else
  compdef _postern postern
fi
`,
  fish: `# Completion of postern for fish: postern completion fish > ~/.config/fish/completions/postern.fish
function __postern_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    for line in (command postern __complete fish $words "$current" 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path "$current"
        else
            printf '%s\\n' $line
        end
    end
end
complete -c postern -f -a '(__postern_complete)'
`,
  powershell: `# Completion of postern for PowerShell: postern completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName postern -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
    & postern __complete powershell @words "=$wordToComplete" 2>$null | Where-Object { $_ -ne ':files' } | ForEach-Object {
        $word, $text = $_ -split "\`t", 2
        $written = if ($word -match "[\\s'{}()$\`";,|&<>@#]") { "'" + ($word -replace "'", "''") + "'" } else { $word }
        if (-not $text) { $text = $word }
        [System.Management.Automation.CompletionResult]::new($written, $word, 'ParameterValue', $text)
    }
}
`,
};
