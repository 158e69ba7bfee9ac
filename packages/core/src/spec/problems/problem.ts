import type { SpecFault } from '../../do/kinds/cloud/declared.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import { InvalidInputError, type SourcePlace } from '../../ground/errors.js';
import { REMEDIES } from '../../ground/remedies.js';
import { formatPath } from '../source/source-node.js';
import { MAX_PROBLEMS } from '../source/spec-limits.js';

/** A problem of a spec, not yet bound to a file: its path is from the top. */
export type Problem = SpecFault;

/** One of the problems that an `INVALID_SPEC` error lists in `details.problems`. */
export interface PlacedProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
  readonly place: SourcePlace;
}

/**
 * One error for all problems: it carries the code, message, remedy and place of the first in the file's order, and all of them
 * (twenty at most) in `details.problems`, with their number in `details.count`.
 */
export function specError(problems: readonly Problem[], place: (problem: Problem) => SourcePlace): InvalidInputError {
  const placed = problems.map((problem) => ({ problem, place: place(problem) }));
  placed.sort((a, b) => compare(a.place.line, b.place.line) || compare(a.place.column, b.place.column));
  const [first] = placed;
  if (first === undefined) throw new TypeError('no problem, no error');

  const list: PlacedProblem[] = placed
    .slice(0, MAX_PROBLEMS)
    .map(({ problem: { code, message, remedy = REMEDIES[code] }, place: at }) => ({
      code,
      message,
      remedy,
      place: at,
    }));
  const path = formatPath(first.problem.path);
  return new InvalidInputError(
    first.problem.code,
    path === '' ? first.problem.message : `${path}: ${first.problem.message}`,
    {
      remedy: first.problem.remedy,
      place: first.place,
      details: { ...first.problem.details, problems: list, count: placed.length },
    },
  );
}

function compare(a: number | undefined, b: number | undefined): number {
  return (a ?? 0) - (b ?? 0);
}
