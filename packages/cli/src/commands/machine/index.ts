import type { CommandDescription, CommandGroup } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern doctor`. */
export const doctor: CommandDescription = { ...grammar.doctor, load: () => import('./doctor.js') };

/** `postern mcp`. */
export const mcp: CommandDescription = { ...grammar.mcp, load: () => import('./mcp.js') };

/** `postern completion`. */
export const completion: CommandDescription = { ...grammar.completion, load: () => import('./completion.js') };

/** `postern simulate`. */
export const simulate: CommandDescription = { ...grammar.simulate, load: () => import('./simulate.js') };

/** `postern man`, of these commands. */
export function manOf(commands: () => readonly (CommandDescription | CommandGroup)[]): CommandDescription {
  return { ...grammar.man, load: async () => ({ run: (await import('./man.js')).runOf(commands()) }) };
}
