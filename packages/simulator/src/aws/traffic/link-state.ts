import type { Outcome } from '../../simulation/traffic/outcomes.js';
import type { RegionState } from '../state/region-state.js';

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
