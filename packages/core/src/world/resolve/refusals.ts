import { InvalidInputError, type PosternError, type SourcePlace } from '../../errors.js';

/** A refusal of a rule, where the spec says what it refuses. */
export function refusedAt({ code, message, remedy, details }: PosternError, place: SourcePlace): InvalidInputError {
  return new InvalidInputError(code, message, { place, remedy, details });
}
