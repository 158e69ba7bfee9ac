import { COMMON_OPTIONS, type CommandDescription, type OptionDescription } from './options.js';
import { cloud, spec, variable } from './shared-options.js';

/** The first word of a command: `plan` of `plan [spec...]`. */
export function nameOf({ usage }: { readonly usage: string }): string {
  return usage.split(' ', 1)[0] ?? '';
}

/** Whether a command accepts its spec as an argument. */
export function takesSpec({ usage }: CommandDescription): boolean {
  return /\[spec(?:\.\.\.)?\]/.test(usage);
}

/** Every option of a command, in the order in which help lists them: also those that many commands have. */
export function optionsOf(command: CommandDescription): readonly OptionDescription[] {
  const own = [...(takesSpec(command) ? [spec] : []), ...command.options];
  const readsSpec = own.some(({ flags }) => flags === spec.flags);
  return [...own, ...(readsSpec ? [variable, cloud] : []), ...COMMON_OPTIONS];
}

/** The names by which the spec of a folder is found. Code is not among them, and no other folder is searched. */
export const SPEC_FILES = ['postern.yaml', 'postern.yml', 'postern.json'];
