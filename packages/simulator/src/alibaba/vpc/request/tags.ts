import { AlibabaError } from '../../operation/service-error.js';
import type { AlibabaTagRow } from '../state.js';

/** A tag as callers write it. */
export interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** A resource may have 20 tags. @see https://www.alibabacloud.com/help/en/resource-management/tag/product-overview/limits */
const MOST_TAGS = 20;

/**
 * Reads tags. A value that is left out is empty.
 * @throws {AlibabaError} `InvalidTagKey.Malformed`, `InvalidTagValue.Malformed`, `Duplicate.TagKey`
 */
export function readTags(given: readonly GivenTag[] | undefined): AlibabaTagRow {
  const tags: AlibabaTagRow = {};
  for (const { Key = '', Value = '' } of given ?? []) {
    if (Key === '' || Key.length > 128 || /^(aliyun|acs:)|https?:\/\//.test(Key)) {
      throw new AlibabaError('InvalidTagKey.Malformed', 'The specified Tag.N.Key is not valid.');
    }
    if (Value.length > 128 || /https?:\/\//.test(Value)) {
      throw new AlibabaError('InvalidTagValue.Malformed', 'The specified Tag.N.Value is not valid.');
    }
    if (Object.hasOwn(tags, Key)) {
      throw new AlibabaError('Duplicate.TagKey', 'The Tag.N.Key contain duplicate key.');
    }
    tags[Key] = Value;
  }
  return tags;
}

/** Sets tags of one resource. @throws {AlibabaError} `QuotaExceed.TagKey` */
export function setTags(row: { tags: AlibabaTagRow }, tags: AlibabaTagRow): void {
  const merged = { ...row.tags, ...tags };
  if (Object.keys(merged).length > MOST_TAGS) {
    throw new AlibabaError('QuotaExceed.TagKey', 'The maximum number of tag keys of the resource is exceeded.'); // [?] the words
  }
  row.tags = merged;
}

/** Whether a resource has all requested tags. A tag without a value requests only the key. */
export function hasTags(tags: AlibabaTagRow, asked: readonly GivenTag[] | undefined): boolean {
  return (asked ?? []).every(
    ({ Key, Value }) =>
      Key === undefined || (Object.hasOwn(tags, Key) && (Value === undefined || Value === '' || tags[Key] === Value)),
  );
}

/** Tags as VPC answers them. */
export function tagPairs(tags: AlibabaTagRow): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as ECS and CLB answer them. */
export function namedTagPairs(tags: AlibabaTagRow): { TagKey: string; TagValue: string }[] {
  return Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

/** The remaining tags when some keys, or all, are removed. */
export function withoutTags(tags: AlibabaTagRow, keys: readonly string[] | undefined, all: boolean): AlibabaTagRow {
  if (all && !keys?.length) return {}; // `All` counts only where no key is named
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys?.includes(key)));
}
