import { InvalidInputError, PosternError } from '../../ground/errors.js';
import { requireUnedited } from './fingerprint.js';
import type { MovePlan } from './move-plan.js';

/**
 * Reads the text of a saved plan of a move.
 * @throws {InvalidInputError} `INVALID_INPUT` for another text, and for a plan that was edited. {PosternError}
 *   `UNSUPPORTED_VERSION`
 */
export function readMovePlan(text: string, { file }: { readonly file?: string | undefined } = {}): MovePlan {
  const place = file === undefined ? {} : { place: { file } };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidInputError('INVALID_INPUT', 'this is not a saved plan of a move', {
      cause,
      ...place,
      remedy: WRITE,
    });
  }
  if (typeof value !== 'object' || value === null || (value as Partial<MovePlan>).kind !== 'move') {
    throw new InvalidInputError('INVALID_INPUT', 'this is not a saved plan of a move', { ...place, remedy: WRITE });
  }
  requireUnedited(value as MovePlan);
  return value as MovePlan;
}

const WRITE = 'Name a file that `postern migrate plan -o` wrote.';

/**
 * Refuses a plan with open to-dos or undecided errors.
 * @throws {PosternError} `FINDINGS_FAILED`; its `details.also` lists the other findings.
 */
export function refuseOpenPlan({ todos, undecided }: Pick<MovePlan, 'todos' | 'undecided'>): void {
  const problems = [
    ...todos.map(({ check, subject, message, text }) => ({
      message: `${check}: ${subject}: ${message}`,
      remedy: text,
    })),
    ...undecided.map(({ check, subject, message, remedy }) => ({
      message: `${check}: ${subject}: ${message}`,
      remedy: remedy ?? `Accept it: --accept-unknown "${check}:${subject}".`,
    })),
  ];
  const [first, ...others] = problems;
  if (first === undefined) return;
  throw new PosternError('FINDINGS_FAILED', first.message, {
    remedy: first.remedy,
    details: { also: others.map((one) => ({ code: 'FINDINGS_FAILED', ...one })) },
  });
}
