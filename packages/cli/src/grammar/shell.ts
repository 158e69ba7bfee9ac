import type { CommandDescription, CommandGroup } from './description.js';

// Commands about the shell.

/** `postern completion`. */
export const completion: CommandDescription = {
  usage: 'completion <shell>',
  summary: 'print the script by which bash, zsh, fish or powershell completes commands, options and names of the spec',
  options: [],
  examples: [
    'postern completion bash > ~/.local/share/bash-completion/completions/postern',
    'postern completion zsh > ~/.zsh/completions/_postern',
    'postern completion fish > ~/.config/fish/completions/postern.fish',
    'postern completion powershell > postern.ps1',
  ],
  load: () => import('../commands/machine/completion.js'),
};

/** `postern man`, of these commands. */
export function manOf(commands: () => readonly (CommandDescription | CommandGroup)[]): CommandDescription {
  return {
    usage: 'man',
    summary: 'print the manual page',
    options: [],
    examples: ['postern man > ~/.local/share/man/man1/postern.1', 'postern man | man -l -'],
    load: async () => ({ run: (await import('../commands/machine/man.js')).runOf(commands()) }),
  };
}
