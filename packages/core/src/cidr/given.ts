import { InvalidInputError } from '../ground/errors.js';

/**
 * The text that a program gave where one is due. Programs without types give anything.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function expectText(given: unknown, what: string, example: string): string {
  if (typeof given === 'string') return given;

  throw notGiven(given, what, example);
}

/** What a program gave in the place of a value of this library. */
export function notGiven(given: unknown, what: string, example: string): InvalidInputError {
  const shown =
    given === undefined ? 'nothing' : given === null ? 'null' : Array.isArray(given) ? 'a list' : typeof given;
  return new InvalidInputError('INVALID_INPUT', `expected ${what}, got ${shown}`, {
    remedy: `Give ${what}, such as ${example}.`,
  });
}
