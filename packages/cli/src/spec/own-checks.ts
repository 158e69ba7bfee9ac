import path from 'node:path';
import { InvalidInputError, type Check } from '@postern/core/internal/library';
import type { CheckOfCloud } from '@postern/core/internal/kinds';
import type { ProgramRun } from '../process/program-waits.js';
import { programFailure, runProgram } from './run-program.js';

/**
 * The checks that programs export by default: one, as `defineCheck` returns it, or a list.
 * @throws {PosternError} `FILE_UNREADABLE` where a program fails; {InvalidInputError} `INVALID_INPUT` where it exports something else.
 */
export async function ownChecks(
  files: readonly string[] = [],
  io: ProgramRun & { readonly cwd: string },
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const file of files) {
    const full = path.resolve(io.cwd, file);
    const found = checksIn(await runProgram(full, file, io));
    if (found === undefined) {
      throw new InvalidInputError('INVALID_INPUT', `${file}: the default export is not a check or a list of checks`, {
        place: { file },
        remedy: 'Export what defineCheck() of @postern/core/check returns: docs/write-a-check.md.',
      });
    }

    checks.push(...found.map((one) => reportingFailures(one, full, file, io)));
  }
  return checks;
}

/** They may be made by another copy of core: only their members count. Undefined: there is something else, or it cannot be looked at. */
function checksIn(exported: unknown): readonly Check[] | undefined {
  try {
    const all = [exported].flat().map((one) => ({ ...(one as Check), run: (one as Check).run?.bind(one) }));
    return all.every(({ id, run }) => typeof id === 'string' && typeof run === 'function') ? all : undefined;
  } catch {
    return undefined;
  }
}

/** A check that yields more never ends, or yields something for each rule of an account. */
const MOST_OUTCOMES = 100_000;

/** The check of a program: `waits` has it while it runs, and its error is a defect of the program, not of Postern. */
export function reportingFailures<T extends Pick<CheckOfCloud, 'id' | 'run'>>(
  check: T,
  full: string,
  file: string,
  { waits }: ProgramRun,
): T {
  const { id } = check;
  return {
    ...check,
    *run(input: never) {
      const end = waits?.begin({ what: `the check ${id} of ${file}`, code: 'FILE_UNREADABLE' });
      let left = MOST_OUTCOMES;
      try {
        for (const outcome of check.run(input)) {
          if (left-- === 0) throw new RangeError('it has more than 100,000 outcomes');

          yield outcome;
        }
      } catch (error) {
        throw programFailure(error, `${file}: the check ${id} failed`, full, file);
      } finally {
        end?.();
      }
    },
  };
}
