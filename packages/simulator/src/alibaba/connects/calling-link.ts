import type { GatewayInstanceRow } from '../cloud-api/state.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import { accessibleBlocksStop } from './accessible-blocks.js';
import { SERVING, type Finding, type Source } from './connection.js';
import { sourcesAt, sourcesOf } from './sources.js';

/** What calls into VPCs: an instance of API Gateway, or a gateway of Cloud-native API Gateway. */
export interface CallingLink {
  readonly sources: readonly Source[];
  /**
   * Whether it calls from interfaces in a VPC, whose routes and groups decide, and what besides these stops a call. Undefined: it calls
   * what authorizations name.
   */
  readonly inVpc: { readonly stops: (address: string) => Finding | undefined } | undefined;
}

/** Gateways of Cloud-native API Gateway serve calls also while their nodes are replaced. */
const SERVING_GATEWAYS: ReadonlySet<string> = new Set([
  'Running',
  'Upgrading',
  'Restarting',
  'UpgradeFailed',
  'RestartFailed',
]);

/** What calls under an ID, or why nothing does. `isOneCall`: calls do not come from a new egress block before the switchover. */
export function findCaller(
  state: AlibabaRegionState | undefined,
  id: string,
  isOneCall: boolean,
): CallingLink | Finding {
  const stopped = (because: string): Finding => ({ by: 'link', because });
  const gateway = state?.apig.gateways.get(id);
  if (state && gateway) {
    if (!SERVING_GATEWAYS.has(gateway.status)) return stopped(`Gateway ${id} is ${gateway.status}.`);
    return { sources: sourcesAt(state, gateway.interfaceIds), inVpc: { stops: () => undefined } };
  }
  const link = state?.cloudApi.instances.get(id);
  if (!state || !link) return stopped(`There is no instance ${id}.`);
  if (!SERVING.has(link.status)) return stopped(`Instance ${id} is ${link.status}.`);
  const isBeforeSwitch = isOneCall && link.status === 'WAIT_SWITCH';
  const sources = sourcesOf(state, isBeforeSwitch ? { ...link, newVpcEgressAddress: '' } : link);
  return { sources, inVpc: insideOf(link) };
}

function insideOf({ connection }: GatewayInstanceRow): CallingLink['inVpc'] {
  return connection && { stops: (address) => accessibleBlocksStop(connection, address) };
}
