import type { Tag as WireTag } from '@aws-sdk/client-acm';
import type { Given } from '../state/given.js';
import { ServiceError } from '../operation/service-error.js';

type Tag = Given<WireTag>;

/** @see https://docs.aws.amazon.com/acm/latest/userguide/tags-restrictions.html */
const MOST_TAGS = 50;

/** Tags after some were added. @throws {ServiceError} `InvalidTagException`, `TooManyTagsException`. */
export function mergedTags(
  before: Readonly<Record<string, string>>,
  tags: readonly Tag[] | undefined,
): Record<string, string> {
  for (const { Key } of tags ?? []) {
    if (/^aws:/i.test(Key))
      throw new ServiceError('InvalidTagException', `Tag keys beginning with aws: are reserved: ${Key}`);
  }
  const all = { ...before, ...Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value ?? ''])) };
  if (Object.keys(all).length > MOST_TAGS) {
    throw new ServiceError('TooManyTagsException', `A certificate can have at most ${MOST_TAGS} tags`);
  }
  return all;
}
