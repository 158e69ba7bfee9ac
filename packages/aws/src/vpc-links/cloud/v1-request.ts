import { API_GATEWAY_QUOTAS } from '../../cloud/quotas/api-gateway.js';
import {
  InvalidInputError,
  PosternError,
  type RequestFacts,
  UnsupportedError,
  type TargetPlace,
} from '@postern/core/internal/kinds';
import type { LinkRequest, TargetRef, RegionSnapshot } from '@postern/core/internal/adapter';
import { listenerRefusals } from '../../cloud/targets/targets.js';

/**
 * Returns what CreateVpcLink of API Gateway V1 would refuse, or what would leave a link FAILED, from a snapshot alone.
 * Pure. Codes: `INVALID_INPUT`, `WRONG_KIND`, `ALREADY_EXISTS`, `QUOTA_EXCEEDED`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 */
export function balancerLinkRefusals(request: LinkRequest, region: RequestFacts): readonly PosternError[] {
  return [...form(request), ...balancer(request, region), ...otherLink(request, region), ...quota(region)];
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateVpcLink.html */
function form({ name, loadBalancerId }: LinkRequest): readonly PosternError[] {
  const errors: PosternError[] = [];
  if (name.length === 0) {
    errors.push(new InvalidInputError('INVALID_INPUT', 'the name of the link is empty', { remedy: 'Write a name.' }));
  }
  if (loadBalancerId === undefined) {
    errors.push(
      new InvalidInputError('INVALID_INPUT', 'a VPC link V1 needs a Network Load Balancer', {
        remedy: 'Write loadBalancer: <name or ARN of the NLB>.',
      }),
    );
  }
  return errors;
}

/**
 * CreateVpcLink accepts the ARN of an ALB, and the link then fails: "NLB ARN is malformed". So does that of an NLB
 * which is not active yet: "NLB is not in active state".
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateVpcLink.html
 */
function balancer({ loadBalancerId }: LinkRequest, region: RequestFacts): readonly PosternError[] {
  const found = region.loadBalancers.find(({ id }) => id === loadBalancerId);
  if (found === undefined) return [];
  if (found.kind !== 'network') {
    return [
      new InvalidInputError('WRONG_KIND', `${found.name} is not a Network Load Balancer, and a VPC link V1 needs one`, {
        remedy:
          'Put an NLB in front of it (a target group of type alb), or use a VPC link V2: subnets in place of loadBalancer.',
        details: { loadBalancerId: found.id, kind: found.kind },
      }),
    ];
  }
  if (found.active === false) {
    const message = `${found.name} is ${found.state ?? 'not active'}, and a VPC link V1 that is created for it now fails`;
    const remedy = 'Wait until the load balancer is active, then run again.';
    return [new InvalidInputError('INVALID_INPUT', message, { remedy, details: { loadBalancerId: found.id } })];
  }

  return [];
}

/**
 * A load balancer is in one endpoint service at most. The second link to it fails: "NLB is already associated with
 * another VPC Endpoint Service". A failed link has none.
 */
function otherLink({ loadBalancerId }: LinkRequest, { links, loadBalancers }: RequestFacts): readonly PosternError[] {
  const other = links.find(
    ({ loadBalancerIds, state }) =>
      loadBalancerId !== undefined && state !== 'failed' && loadBalancerIds?.includes(loadBalancerId) === true,
  );
  if (other === undefined || loadBalancerId === undefined) return [];

  const name = loadBalancers.find(({ id }) => id === loadBalancerId)?.name ?? loadBalancerId;
  const message = `link ${other.id} leads to ${name} already, and a second VPC link V1 to it fails`;
  const remedy =
    other.state === 'deleting'
      ? `Wait until ${other.id} is deleted, then run again.`
      : `Write { id: ${other.id}, kind: vpc-link-v1 } in place of loadBalancer, with owner: external where it is not yours.`;
  return [new InvalidInputError('ALREADY_EXISTS', message, { remedy, details: { loadBalancerId, linkId: other.id } })];
}

/** Only a quota that was read counts: an account may have had the default raised. */
function quota(region: RequestFacts): readonly PosternError[] {
  const rule = API_GATEWAY_QUOTAS['vpc-links-v1'];
  const limit = rule && region.quotas?.[rule.name];
  const count = region.links.filter((link) => link.kind === 'vpc-link-v1').length;
  if (rule === undefined || limit === undefined || count < limit) return [];

  return [
    new PosternError(
      'QUOTA_EXCEEDED',
      `${region.region} has ${count} ${rule.what} already, and the quota is ${limit}`,
      {
        remedy: `Share a link between integrations, delete an unused one, or request a higher quota (${rule.code}).`,
        details: { resource: 'vpc-link-v1', limit, quotaCode: rule.code },
      },
    ),
  ];
}

/**
 * Why a reference is never valid through a VPC link V1, from a snapshot alone: a link leads to listeners of its one NLB.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 */
export function balancerTargetRefusals(
  ref: TargetRef,
  place: TargetPlace,
  region: RegionSnapshot,
): readonly PosternError[] {
  if (!('listener' in ref)) {
    return [
      new UnsupportedError('a VPC link V1 supports only listeners of its Network Load Balancer as targets', {
        remedy: 'Write listener: { loadBalancer: <the NLB of the link>, port: <port> }.',
      }),
    ];
  }

  return [...listenerRefusals(ref, place, region), ...otherBalancer(place)];
}

function otherBalancer({ target, loadBalancerIds }: TargetPlace): readonly PosternError[] {
  const balancer = target?.resourceId;
  // Without an ID, the load balancer of the link was not found, and the link reports it.
  if (balancer === undefined || loadBalancerIds === undefined || loadBalancerIds.length === 0) return [];
  if (loadBalancerIds.includes(balancer)) return [];

  return [
    new InvalidInputError('WRONG_KIND', `${target?.id} is not a listener of the load balancer that the link leads to`, {
      remedy: `Write a listener of ${loadBalancerIds.join(', ')}, or use another link: a VPC link V1 leads to one NLB.`,
      details: { loadBalancerId: balancer, expected: loadBalancerIds },
    }),
  ];
}
