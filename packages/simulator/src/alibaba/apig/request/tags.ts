import { hasTags, readTags } from '../../vpc/request/tags.js';

/** A tag, as bodies (`key`) and queries (`Key`) write it. */
export interface GivenApigTag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

const native = (given: readonly GivenApigTag[] | undefined) =>
  given?.map(({ key, value, Key, Value }) => ({ Key: key ?? Key, Value: value ?? Value }));

/** @throws {AlibabaError} in the words that all products have for tags */
export const readApigTags = (given: readonly GivenApigTag[] | undefined) => readTags(native(given));

/** Whether a resource has all requested tags. */
export const hasApigTags = (tags: Readonly<Record<string, string>>, asked: readonly GivenApigTag[] | undefined) =>
  hasTags({ ...tags }, native(asked));
