import type { Outcome } from '../../simulation/traffic/outcomes.js';
import type { RegionState } from '../state/aws-state.js';

const STATES: Readonly<Record<string, Outcome>> = {
  PENDING: 'link-pending',
  INACTIVE: 'link-inactive',
  FAILED: 'link-failed',
};

/** Why a VPC link of either version carries no calls: it does not exist, or is not AVAILABLE. */
export function linkStops(
  { apiGateway, restApi }: RegionState,
  id: string,
): { readonly outcome: Outcome; readonly because: string } | undefined {
  const status = apiGateway.vpcLinks.get(id)?.fields.VpcLinkStatus ?? restApi.vpcLinks.get(id)?.fields.status;
  if (status === 'AVAILABLE') return undefined;
  if (status === undefined) return { outcome: 'link-missing', because: `There is no VPC link ${id}.` };

  return { outcome: STATES[status] ?? 'link-missing', because: `VPC link ${id} is ${status}.` };
}

/**
 * Why a V2 link does not call a load balancer: it is in another VPC, however the two are connected [I]. Targets behind the load balancer
 * may be in other VPCs, and so may instances of a Cloud Map service.
 * @see https://aws.amazon.com/blogs/compute/understanding-vpc-links-in-amazon-api-gateway-private-integrations/
 */
export function otherNetwork(
  { apiGateway, loadBalancing }: RegionState,
  linkId: string,
  targetId: string,
): { readonly outcome: Outcome; readonly because: string; readonly isRefused: true } | undefined {
  const link = apiGateway.vpcLinks.get(linkId);
  const listener = loadBalancing.listeners.get(targetId)?.fields;
  const balancer = loadBalancing.loadBalancers.get(listener?.LoadBalancerArn ?? targetId)?.fields;
  if (!link || !balancer || link.vpcId === balancer.VpcId) return undefined;

  const because = `VPC link ${linkId} is in ${link.vpcId}, and load balancer ${balancer.LoadBalancerName} is in ${balancer.VpcId}.`;
  return { outcome: 'unreachable', because, isRefused: true };
}
