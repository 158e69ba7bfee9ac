import type { Tag as WireTag } from '@aws-sdk/client-servicediscovery';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import type { Given } from '../state/given.js';
import { invalidInput, family, ARN, TAGS } from './request.js';

type Tag = Given<WireTag>;

/** @see https://docs.aws.amazon.com/cloud-map/latest/dg/tagging-resources.html */
const MOST_TAGS = 50;

/** Anything of this service that bears tags. */
interface Tagged {
  tags: Record<string, string>;
}

/** Tags of a new resource. @throws {ServiceError} as {@link mergedTags}. */
export function newTags(tags: readonly Tag[] | undefined): Record<string, string> {
  return mergedTags({}, tags ?? []);
}

/** Tags after some were added. @throws {ServiceError} `InvalidInput`, `TooManyTagsException`. */
function mergedTags(before: Readonly<Record<string, string>>, tags: readonly Tag[]): Record<string, string> {
  const keys = new Set<string>();
  for (const { Key } of tags) {
    if (keys.has(Key)) throw invalidInput(`Duplicate tag key: ${Key}`);

    keys.add(Key);
    if (/^aws:/i.test(Key)) throw invalidInput(`Tag keys starting with 'aws:' are reserved: ${Key}`);
  }
  const all = { ...before, ...Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) };
  if (Object.keys(all).length > MOST_TAGS) {
    throw new ServiceError('TooManyTagsException', `A resource can have at most ${MOST_TAGS} tags`, 400);
  }

  return all;
}

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
  TagResource: {
    limits: { ...ARN, ...TAGS },
    run(call, input) {
      const owner = taggedResource(call, input.ResourceARN);
      owner.tags = mergedTags(owner.tags, input.Tags);
      return {};
    },
  },

  /** Removes tags of a namespace or service; keys that are not there are no error. */
  UntagResource: {
    limits: { ...ARN, TagKeys: { length: [0, 200] }, 'TagKeys[]': { length: [1, 128] } },
    run(call, input) {
      const owner = taggedResource(call, input.ResourceARN);
      owner.tags = Object.fromEntries(Object.entries(owner.tags).filter(([key]) => !input.TagKeys.includes(key)));
      return {};
    },
  },

  /** The tags of a namespace or service. */
  ListTagsForResource: {
    limits: ARN,
    run: (call, input) => ({
      Tags: Object.entries(taggedResource(call, input.ResourceARN).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  },
});
