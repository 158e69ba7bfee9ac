import type { GatewayInstanceRow, ConnectionRow } from '../traditional/control/state.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import { SERVING, type Source, type Finding } from './connection.js';
import { blockHas } from '../vpc/request/text-rules.js';

/** The sources of an instance's calls into VPCs: its interfaces, or its egress blocks, the new one included. */
function sourcesOf(state: AlibabaRegionState, link: GatewayInstanceRow): readonly Source[] {
  if (!link.connection) {
    return [link.vpcEgressAddress, link.newVpcEgressAddress]
      .flatMap((text) => text.split(','))
      .map((block) => block.trim())
      .filter((block) => block !== '')
      .map((from) => ({ zoneId: '', from, place: undefined }));
  }

  return sourcesAt(state, link.connection.interfaceIds);
}

/** Interfaces as sources of calls. */
function sourcesAt({ network }: AlibabaRegionState, interfaceIds: readonly string[]): readonly Source[] {
  return interfaceIds.flatMap((id) => {
    const eni = network.interfaces.get(id);
    const vSwitch = eni && network.vSwitches.get(eni.vSwitchId);
    return eni && vSwitch ? [{ zoneId: eni.zoneId, from: eni.primaryIpAddress, place: { eni, vSwitch } }] : [];
  });
}

/**
 * The gateway sends into the VPC only to addresses in its accessible blocks, and never to addresses in its own range.
 */
function accessibleBlocksStop({ cidrBlocks, instanceCidr }: ConnectionRow, address: string): Finding | undefined {
  if (blockHas(instanceCidr, address)) {
    return { by: 'accessible-blocks', because: `${address} lies in ${instanceCidr}, the instance's own block.` };
  }
  if (cidrBlocks.some((block) => blockHas(block, address))) return undefined;

  return {
    by: 'accessible-blocks',
    because: `${address} lies in none of the accessible blocks ${cidrBlocks.join(', ')}.`,
  };
}

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
