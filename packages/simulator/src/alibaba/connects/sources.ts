import type { GatewayInstanceRow } from '../cloud-api/state.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import type { Source } from './connection.js';

/**
 * The sources of an instance's calls into VPCs: its interfaces, or its egress blocks, the new one included.
 */
export function sourcesOf(state: AlibabaRegionState, link: GatewayInstanceRow): readonly Source[] {
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
export function sourcesAt({ network }: AlibabaRegionState, interfaceIds: readonly string[]): readonly Source[] {
  return interfaceIds.flatMap((id) => {
    const eni = network.interfaces.get(id);
    const vSwitch = eni && network.vSwitches.get(eni.vSwitchId);
    return eni && vSwitch ? [{ zoneId: eni.zoneId, from: eni.primaryIpAddress, place: { eni, vSwitch } }] : [];
  });
}
