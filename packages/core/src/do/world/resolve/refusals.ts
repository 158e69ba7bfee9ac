import { InvalidInputError, type PosternError, type SourcePlace } from '../../../ground/errors.js';

/** A refusal of a rule, with the position of the refused key in the spec. */
export function refusalAt({ code, message, remedy, details }: PosternError, place: SourcePlace): InvalidInputError {
  return new InvalidInputError(code, message, { place, remedy, details });
}
