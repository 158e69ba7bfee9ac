import path from 'node:path';
import { InvalidInputError, type Check } from '@postern/core/internal/library';
import type { Io } from '../process/io.js';
import { programFailure, runProgram } from './run-program.js';

/**
 * The checks that programs export by default: one, as `defineCheck` returns it, or a list.
 * @throws {PosternError} `FILE_UNREADABLE` where a program fails; {InvalidInputError} `INVALID_INPUT` where it exports something else.
 */
export async function ownChecks(files: readonly string[] = [], io: Io): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const file of files) {
    const full = path.resolve(io.cwd, file);
    const exported = await runProgram(full, file, io);
    for (const one of Array.isArray(exported) ? (exported as unknown[]) : [exported]) {
      if (!isCheck(one)) {
        throw new InvalidInputError('INVALID_INPUT', `${file}: the default export is not a check or a list of checks`, {
          place: { file },
          remedy: 'Export what defineCheck() of @postern/core/check returns: docs/write-a-check.md.',
        });
      }

      checks.push(reportingFailures(one, full, file));
    }
  }
  return checks;
}

/** It may be made by another copy of core: only its members count. */
function isCheck(value: unknown): value is Check {
  if (typeof value !== 'object' || value === null) return false;

  const { id, run } = value as Partial<Check>;
  return typeof id === 'string' && typeof run === 'function';
}

/** An error of a check is a defect of its program, not of Postern. */
function reportingFailures(check: Check, full: string, file: string): Check {
  return {
    ...check,
    *run(input) {
      try {
        yield* check.run(input);
      } catch (error) {
        throw programFailure(error, `${file}: the check ${check.id} failed`, full, file);
      }
    },
  };
}
