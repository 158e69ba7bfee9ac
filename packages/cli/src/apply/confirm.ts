import { InvalidInputError } from '@postern/core/internal/library';
import { answered } from '../process/answered.js';
import type { Io } from '../process/io.js';

/**
 * Throws when a confirmation is needed and cannot be requested. It is called before any work, so that a
 * pipeline fails at once.
 * @throws {InvalidInputError} `NO_TERMINAL`
 */
export function requireAnswer(
  io: Io,
  { yes, json }: { yes?: boolean | undefined; json?: boolean | undefined },
  remedy = 'Review the plan with `postern plan`, then add --yes.',
): void {
  if (yes === true || (io.canAsk && json !== true)) return;

  throw new InvalidInputError('NO_TERMINAL', 'confirmation is required, but the command cannot ask for it here', {
    remedy,
  });
}

/** Asks on the terminal. The default is no, also where the input ends. @throws {Interrupted} on Ctrl+C */
export async function confirm(question: string): Promise<boolean> {
  const { confirm: ask } = await import('@clack/prompts');
  try {
    return (await answered((how) => ask({ message: question, initialValue: false, ...how }))) ?? false;
  } catch (error) {
    // The prompt ends with "Yes", struck through where there are colors.
    process.stderr.write('Not confirmed.\n');
    throw error;
  }
}
