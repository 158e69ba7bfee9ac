import { InvalidInputError } from '@postern/core/internal/library';
import { SCRIPTS } from '../../completion/scripts.js';
import type { Invocation } from '../../invocation.js';
import { printJson } from '../../output/print.js';

/** `postern completion`: prints the script by which a shell completes commands, options and the names of a spec. */
export function run({ io, args: [shell = ''], options }: Invocation): Promise<number> {
  const script = new Map<string, string>(Object.entries(SCRIPTS)).get(shell);
  if (script === undefined) {
    const remedy = `Write ${Object.keys(SCRIPTS).join(', ')}.`;
    throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(shell)} is not a shell that can be completed`, {
      remedy,
    });
  }

  if (options.json === true) printJson(io, { shell, script });
  else io.stdout.write(script);
  return Promise.resolve(0);
}
