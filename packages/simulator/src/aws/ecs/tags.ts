import type { Tag } from '@aws-sdk/client-ecs';
import type { AwsCall } from '../operation/operation.js';
import { clientError, invalidParameter, family } from './request.js';
import { findTaskDefinition, nameOf } from './find.js';
import { withoutTags, limited } from '../operation/family.js';

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html#tag-restrictions */
const MOST_TAGS = 50;

/** Anything of this service that bears tags. */
interface Tagged {
  /** One of them is its ARN. */
  readonly fields: object;
  tags: Record<string, string>;
}

/** Tags after some were added. @throws {ServiceError} `InvalidParameterException`, `ClientException` */
export function mergedTags(
  before: Readonly<Record<string, string>>,
  tags: readonly Tag[] | undefined,
): Record<string, string> {
  const all: Record<string, string> = { ...before };
  for (const { key = '', value = '' } of tags ?? []) {
    if (key === '') throw invalidParameter('Tag key must not be empty'); // [U]
    if (/^aws:/i.test(key)) throw invalidParameter("Tags with the prefix 'aws:' are reserved"); // [U]

    all[key] = value;
  }
  if (Object.keys(all).length > MOST_TAGS) throw clientError(`A resource can have at most ${MOST_TAGS} tags`); // [U]

  return all;
}

export const tagList = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

/** The resource of an ARN. @throws {ServiceError} `InvalidParameterException`, `ClientException` */
function taggedResource({ state }: AwsCall, arn: string): Tagged {
  const [, kind = ''] =
    /^arn:[\w-]+:ecs:[\w-]+:\d{12}:(cluster|service|task|task-definition|capacity-provider)\/.+$/.exec(arn) ?? [];
  const { capacityProviders, clusters, services, tasks } = state.ecs;
  const row: Tagged | undefined =
    kind === 'cluster'
      ? clusters.get(nameOf(arn))
      : kind === 'capacity-provider'
        ? capacityProviders.get(nameOf(arn))
        : kind === 'task-definition'
          ? findTaskDefinition(state, arn)
          : kind === 'task'
            ? tasks.get(nameOf(arn))
            : services.get(arn.split('/').slice(-2).join('/'));
  if (kind === '') throw invalidParameter(`Invalid arn syntax. ${arn}`); // [U]
  if (!row || !(Object.values(row.fields) as unknown[]).includes(arn))
    throw clientError('The specified resource was not found.'); // [U]

  return row;
}

const TAGS = {
  tags: { length: [0, 50] },
  'tags[].key': { length: [1, 128] },
  'tags[].value': { length: [0, 256] },
} as const;

/** Tags of clusters, services, tasks and task definitions. */
export const tagOperations = family({
  /** Adds tags, or replaces their values. */
  TagResource: limited(TAGS, (call, input) => {
    const owner = taggedResource(call, input.resourceArn);
    owner.tags = mergedTags(owner.tags, input.tags);
    return {};
  }),

  /** Removes tags; keys that are not there are no error. */
  UntagResource(call, input) {
    const owner = taggedResource(call, input.resourceArn);
    owner.tags = withoutTags(owner.tags, input.tagKeys);
    return {};
  },

  ListTagsForResource: (call, input) => ({ tags: tagList(taggedResource(call, input.resourceArn).tags) }),
});
