import { InvalidInputError } from '../../ground/errors.js';
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
