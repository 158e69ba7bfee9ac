import { InvalidInputError } from '@postern/core';
import { Interrupted } from '../process/interrupted.js';
import type { Io } from '../process/io.js';

/**
 * Refuses what would have to ask, where nobody can be asked. Called before any work, so that a pipeline fails at once.
 * @throws {InvalidInputError} `NO_TERMINAL`
 */
export function requireAnswer(io: Io, { yes, json }: { yes?: boolean | undefined; json?: boolean | undefined }): void {
  if (yes === true || (io.canAsk && json !== true)) return;
  throw new InvalidInputError('NO_TERMINAL', 'a confirmation is needed, and there is no terminal', {
    remedy: 'Look at the plan with `postern plan`, then add --yes.',
  });
}

/** Asks on the terminal; no is the default. @throws {Interrupted} on Ctrl+C */
export async function confirm(question: string): Promise<boolean> {
  const { confirm: ask, isCancel } = await import('@clack/prompts');
  const answer = await ask({ message: question, initialValue: false, output: process.stderr });
  if (isCancel(answer)) throw new Interrupted('SIGINT');
  return answer;
}
