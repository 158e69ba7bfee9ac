import type { Tag as WireTag } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import type { Given, TagRow } from '../state/given.js';
import { kindOf, getListener, getLoadBalancer, getRule, getTargetGroup, getTrustStore, listenerAt } from './find.js';
import { invalid, family, TAG_KEYS, TAGS, TWENTY } from './request.js';
import { mergedTags, tagList, withoutTags, limited } from '../operation/family.js';

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-tags.html */
const REFUSALS = {
  twice: (key: string) => new ServiceError('DuplicateTagKeys', `Tag key was specified more than once: ${key}`),
  reserved: (key: string) => invalid(`Tag key '${key}' cannot begin with 'aws:'`),
  tooMany: (most: number) =>
    new ServiceError('TooManyTags', `The maximum number of tags per resource, '${most}', has been reached`),
};

type Tag = Given<WireTag>;

/** Anything of this service that bears tags. */
interface Tagged {
  tags: TagRow;
}

/** Tags of a new resource. @throws {ServiceError} `DuplicateTagKeys`, `TooManyTags`, `ValidationError` for AWS's own prefix. */
export const newTags = (tags: readonly Tag[] | undefined): TagRow => mergedTags({}, tags ?? [], REFUSALS);

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
      return listenerAt(call.state, arn)?.defaultRule ?? getRule(call.state, arn);
    default:
      throw invalid(`'${arn}' is not a valid load balancer, target group, listener or listener rule ARN`);
  }
}

/** Tags of all resources. */
export const tagOperations = family({
  /** Adds tags to load balancers, listeners, rules and target groups, or replaces their values. */
  AddTags: limited({ ResourceArns: TWENTY, ...TAGS }, (call, input) => {
    const owners = input.ResourceArns.map((arn) => taggedResource(call, arn));
    for (const owner of owners) owner.tags = mergedTags(owner.tags, input.Tags, REFUSALS);
    return {};
  }),

  /** Removes tags; keys that are not there are no error. */
  RemoveTags: limited({ ResourceArns: TWENTY, ...TAG_KEYS }, (call, input) => {
    const owners = input.ResourceArns.map((arn) => taggedResource(call, arn));
    for (const owner of owners) owner.tags = withoutTags(owner.tags, input.TagKeys);
    return {};
  }),

  /** The tags of up to 20 resources. */
  DescribeTags: limited({ ResourceArns: TWENTY }, (call, input) => ({
    TagDescriptions: input.ResourceArns.map((ResourceArn) => ({
      ResourceArn,
      Tags: tagList(taggedResource(call, ResourceArn).tags),
    })),
  })),
});
