import { badRequest } from './words.js';

/** Tags by key. */
export type Tags = Record<string, string>;

/** A resource that carries tags, by its ARN. */
export interface Tagged {
  readonly tags: Tags;
  readonly replace: (tags: Tags) => void;
}

const LONGEST_KEY = 128;
const MOST_TAGS = 50;

/**
 * Makes the check of one version of API Gateway, which refuses tags that no resource may have. The versions differ in
 * the longest value, in characters.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html#tag-conventions
 * @throws {ServiceError} BadRequestException; the messages are [U]
 */
export function tagCheck(longestValue: number): (tags: Tags | undefined) => Tags {
  return (tags) => {
    const entries = Object.entries(tags ?? {});
    if (entries.length > MOST_TAGS) throw badRequest(`A resource can have at most ${MOST_TAGS} tags`);

    for (const [key, value] of entries) {
      if (/^aws:/i.test(key)) throw badRequest(`Tag keys cannot start with the reserved prefix aws: ${key}`);
      if (key.length < 1 || key.length > LONGEST_KEY) {
        throw badRequest(`Tag keys must have 1 to ${LONGEST_KEY} characters`);
      }
      if (value.length > longestValue) throw badRequest(`Tag values must have at most ${longestValue} characters`);
    }
    return { ...tags };
  };
}
