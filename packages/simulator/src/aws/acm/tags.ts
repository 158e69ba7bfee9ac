import type { Tag as WireTag } from '@aws-sdk/client-acm';
import type { Given, TagRow } from '../state/given.js';
import { ServiceError } from '../operation/operation.js';
import { family, ARN, TAGS } from './request.js';
import { getCertificateRow } from './certificates.js';
import { mergedTags as merged, tagList, limited } from '../operation/family.js';

type Tag = Given<WireTag>;

/** @see https://docs.aws.amazon.com/acm/latest/userguide/tags-restrictions.html */
const REFUSALS = {
  reserved: (key: string) =>
    new ServiceError('InvalidTagException', `Tag keys beginning with aws: are reserved: ${key}`),
  tooMany: (most: number) => new ServiceError('TooManyTagsException', `A certificate can have at most ${most} tags`),
};

/** Tags after some were added. @throws {ServiceError} `InvalidTagException`, `TooManyTagsException`. */
export const mergedTags = (before: TagRow, tags: readonly Tag[] = []): TagRow => merged(before, tags, REFUSALS);

export const tagOperations = family({
  /** Adds tags, or replaces their values. */
  AddTagsToCertificate: limited({ CertificateArn: ARN, ...TAGS }, (call, input) => {
    const row = getCertificateRow(call, input.CertificateArn);
    row.tags = mergedTags(row.tags, input.Tags);
    return {};
  }),

  /** Removes tags. One given with a value is removed only if it has that value. */
  RemoveTagsFromCertificate: limited({ CertificateArn: ARN, ...TAGS }, (call, input) => {
    const row = getCertificateRow(call, input.CertificateArn);
    const goes = (key: string, value: string): boolean =>
      input.Tags.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value));
    row.tags = Object.fromEntries(Object.entries(row.tags).filter(([key, value]) => !goes(key, value)));
    return {};
  }),

  ListTagsForCertificate: limited({ CertificateArn: ARN }, (call, input) => {
    const { tags } = getCertificateRow(call, input.CertificateArn);
    return { Tags: tagList(tags) };
  }),
});
