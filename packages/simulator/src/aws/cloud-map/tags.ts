import type { Tag as WireTag } from '@aws-sdk/client-servicediscovery';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import { mergedTags, tagList, withoutTags } from '../operation/collection.js';
import type { Given } from '../state/given.js';
import type { TagRow } from '../state/tag-row.js';
import { invalidInput, family, ARN, TAGS } from './request.js';
import { limited } from '../operation/family.js';

type Tag = Given<WireTag>;

/** @see https://docs.aws.amazon.com/cloud-map/latest/dg/tagging-resources.html */
const REFUSALS = {
  twice: (key: string) => invalidInput(`Duplicate tag key: ${key}`),
  reserved: (key: string) => invalidInput(`Tag keys starting with 'aws:' are reserved: ${key}`),
  tooMany: (most: number) => new ServiceError('TooManyTagsException', `A resource can have at most ${most} tags`),
};

/** Anything of this service that bears tags. */
interface Tagged {
  tags: TagRow;
}

/** Tags of a new resource. @throws {ServiceError} `InvalidInput`, `TooManyTagsException`. */
export const newTags = (tags: readonly Tag[] | undefined): TagRow => mergedTags({}, tags ?? [], REFUSALS);

/** The namespace or service of an ARN. @throws {ServiceError} `ResourceNotFoundException`, `InvalidInput`. */
function taggedResource(call: AwsCall, arn: string): Tagged {
  const [, kind = '', id = ''] =
    /^arn:[\w-]+:servicediscovery:[\w-]+:\d{12}:(namespace|service)\/([\w-]+)$/.exec(arn) ?? [];
  if (id === '') throw invalidInput(`Invalid ARN: ${arn}`);

  const { namespaces, services } = call.state.cloudMap;
  const row = kind === 'namespace' ? namespaces.get(id) : services.get(id);
  if (row === undefined || row.fields.Arn !== arn) {
    throw new ServiceError('ResourceNotFoundException', `Resource not found: ${arn}`, 400);
  }

  return row;
}

export const tagOperations = family({
  /** Adds tags to a namespace or service, or replaces their values. */
  TagResource: limited({ ...ARN, ...TAGS }, (call, input) => {
    const owner = taggedResource(call, input.ResourceARN);
    owner.tags = mergedTags(owner.tags, input.Tags, REFUSALS);
    return {};
  }),

  /** Removes tags of a namespace or service; keys that are not there are no error. */
  UntagResource: {
    limits: { ...ARN, TagKeys: { length: [0, 200] }, 'TagKeys[]': { length: [1, 128] } },
    run(call, input) {
      const owner = taggedResource(call, input.ResourceARN);
      owner.tags = withoutTags(owner.tags, input.TagKeys);
      return {};
    },
  },

  /** The tags of a namespace or service. */
  ListTagsForResource: limited(ARN, (call, input) => ({ Tags: tagList(taggedResource(call, input.ResourceARN).tags) })),
});
