import type { Tag as WireTag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import type { Given } from '../state/given.js';
import { kindOf, getListener, getLoadBalancer, getRule, getTargetGroup, getTrustStore } from './find.js';
import { invalid, family, TAG_KEYS, TAGS, TWENTY } from './request.js';

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-tags.html */
const MOST_TAGS = 50;

type Tag = Given<WireTag>;

/** Anything of this service that bears tags. */
interface Tagged {
  tags: Record<string, string>;
}

/** Tags of a new resource. @throws {ServiceError} as {@link addTags}. */
export function newTags(tags: readonly Tag[] | undefined): Record<string, string> {
  const owner: Tagged = { tags: {} };
  addTags(owner, tags ?? []);
  return owner.tags;
}

/**
 * Adds tags, or replaces their values.
 * @throws {ServiceError} `DuplicateTagKeys`, `TooManyTags`, `ValidationError` for AWS's own prefix.
 */
function addTags(owner: Tagged, tags: readonly Tag[]): void {
  const keys = new Set<string>();
  for (const { Key } of tags) {
    if (keys.has(Key)) throw new ServiceError('DuplicateTagKeys', `Tag key was specified more than once: ${Key}`);

    keys.add(Key);
    if (/^aws:/i.test(Key)) throw invalid(`Tag key '${Key}' cannot begin with 'aws:'`);
  }
  const all = { ...owner.tags, ...Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? ''])) };
  if (Object.keys(all).length > MOST_TAGS) {
    throw new ServiceError('TooManyTags', `The maximum number of tags per resource, '${MOST_TAGS}', has been reached`);
  }

  owner.tags = all;
}

/** As the service lists them. */
export function tagList(tags: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/**
 * The resource that an ARN names: load balancer, listener, rule (a default one, too), target group or trust store.
 * @throws {ServiceError} `ValidationError`, `LoadBalancerNotFound`, `ListenerNotFound`, `RuleNotFound`, `TargetGroupNotFound`,
 * `TrustStoreNotFound`.
 */
function taggedResource(call: AwsCall, arn: string): Tagged {
  switch (kindOf(arn)) {
    case 'load balancer':
      return getLoadBalancer(call.state, arn);
    case 'listener':
      return getListener(call.state, arn);
    case 'target group':
      return getTargetGroup(call.state, arn);
    case 'trust store':
      return getTrustStore(call.state, arn);
    case 'listener rule':
      for (const { defaultRule } of call.state.loadBalancing.listeners.values()) {
        if (defaultRule.arn === arn) return defaultRule;
      }
      return getRule(call.state, arn);
    default:
      throw invalid(`'${arn}' is not a valid load balancer, target group, listener or listener rule ARN`);
  }
}

/** Tags of all resources. */
export const tagOperations = family({
  /** Adds tags to load balancers, listeners, rules and target groups, or replaces their values. */
  AddTags: {
    limits: { ResourceArns: TWENTY, ...TAGS },
    run(call, input) {
      const owners = input.ResourceArns.map((arn) => taggedResource(call, arn));
      for (const owner of owners) addTags(owner, input.Tags);
      return {};
    },
  },

  /** Removes tags; keys that are not there are no error. */
  RemoveTags: {
    limits: { ResourceArns: TWENTY, ...TAG_KEYS },
    run(call, input) {
      const owners = input.ResourceArns.map((arn) => taggedResource(call, arn));
      for (const owner of owners) {
        owner.tags = Object.fromEntries(Object.entries(owner.tags).filter(([key]) => !input.TagKeys.includes(key)));
      }
      return {};
    },
  },

  /** The tags of up to 20 resources. */
  DescribeTags: {
    limits: { ResourceArns: TWENTY },
    run: (call, input) => ({
      TagDescriptions: input.ResourceArns.map((ResourceArn) => ({
        ResourceArn,
        Tags: tagList(taggedResource(call, ResourceArn).tags),
      })),
    }),
  },
});
