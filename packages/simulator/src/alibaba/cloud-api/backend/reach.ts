import { blockHas } from '../../vpc/request/block.js';
import type { ApiGroupRow, ConnectionRow } from '../state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { behind, usesBehind, usesOfPlugin, type BackendUse } from './backend-use.js';
import { STAGES } from '../request/parameters.js';
import { say } from '../request/words.js';

/**
 * The first address that a VPC integration instance cannot connect, as the service verifies it. The
 * authorization's VPC must be the instance's, and the address must be in an accessible block. The service
 * checks no security groups, network ACLs, routes or listeners.
 */
export function unreachable(connection: ConnectionRow, uses: readonly BackendUse[]): string | undefined {
  return uses.find(
    ({ vpcId, address }) =>
      (vpcId !== undefined && vpcId !== connection.vpcId) ||
      !connection.cidrBlocks.some((block) => blockHas(block, address)),
  )?.address;
}

/** Conventional and shared instances verify nothing here. @throws {AlibabaError} `InvalidBackend` in the service's sentence */
export function requireReach({ cloudApi }: AlibabaRegionState, instanceId: string, uses: readonly BackendUse[]): void {
  const connection = cloudApi.instances.get(instanceId)?.connection;
  const address = connection && unreachable(connection, uses);
  if (address !== undefined) throw say.unreachable(address);
}

/**
 * All that a group calls: its APIs' drafts and what is published of them, by authorization, backend or address, and its
 * plug-ins. `instanceId` is the instance that would call.
 */
export function usesOfGroup(state: AlibabaRegionState, group: ApiGroupRow, instanceId: string): BackendUse[] {
  const uses: BackendUse[] = [];
  for (const { groupId, draft, history, online } of state.cloudApi.apis.values()) {
    if (groupId !== group.id) continue;
    for (const stage of STAGES) uses.push(...usesBehind(state, instanceId, behind(state, group, draft, stage)));
    for (const row of history) {
      if (online.get(row.stageName) === row.version) uses.push(...usesBehind(state, instanceId, row));
    }
  }
  for (const plugin of state.cloudApi.plugins.values()) {
    for (const { groupId, stageName } of plugin.attachments) {
      if (groupId === group.id) uses.push(...usesOfPlugin(state, group, stageName, plugin, instanceId));
    }
  }
  return uses;
}
