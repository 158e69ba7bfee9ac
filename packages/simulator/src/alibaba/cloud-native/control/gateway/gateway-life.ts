import { type AlibabaCall, type AlibabaTimerHandlers, AlibabaError } from '../../../operation/operation.js';
import { releaseAddress, createInterface, deleteInterface } from '../../../vpc/network.js';
import type { ApigGatewayRow, ApigGatewayStatus } from '../state.js';
import { removeGroupRule } from './group-rules.js';

/**
 * Of acceptance tests, which create a gateway, things of it, and delete it with polls of 30 s: 254 to 312 s altogether. The parts are [I].
 * @see https://github.com/aliyun/terraform-provider-alicloud (pull requests 10322, 10326, 10329, 10332)
 */
const CREATE_MS = 150_000;
const DELETE_MS = 60_000;

/** States in which a gateway serves calls: nodes are replaced one after the other. */
export const SERVES: ReadonlySet<ApigGatewayStatus> = new Set([
  'Running',
  'Upgrading',
  'Restarting',
  'UpgradeFailed',
  'RestartFailed',
]);

/** How many nodes a gateway has. The smallest specification has one [I]. */
export function replicasOf({ spec }: Pick<ApigGatewayRow, 'spec'>): number {
  return /\.dev\./.test(spec) ? 1 : 2;
}

/** Replaces members of a gateway's row. No effect when it was deleted. */
export function changeGateway({ state, now }: AlibabaCall, id: string, changes: Partial<ApigGatewayRow>): void {
  const row = state.apig.gateways.get(id);
  if (row) state.apig.gateways.set(id, { ...row, modifiedAt: now, ...changes });
}

/** Starts the creation: minutes later the gateway runs. */
export function startCreation(call: AlibabaCall, id: string): void {
  call.after(CREATE_MS, 'apig.created', { id });
}

export function startDeletion(call: AlibabaCall, id: string): void {
  changeGateway(call, id, { status: 'Deleting' });
  call.after(DELETE_MS, 'apig.deleted', { id });
}

export const gatewayTimers: AlibabaTimerHandlers = {
  'apig.created': (call, { id }) => {
    const row = call.state.apig.gateways.get(String(id));
    if (row?.status !== 'Creating') return;

    const interfaceIds = placedNodes(call, row);
    changeGateway(call, row.id, interfaceIds ? { status: 'Running', interfaceIds } : { status: 'CreateFailed' });
  },
  'apig.changed': (call, { id }) => {
    const row = call.state.apig.gateways.get(String(id));
    if (row?.status !== 'Restarting' && row?.status !== 'Upgrading') return;

    changeGateway(call, row.id, { status: 'Running', version: row.targetVersion });
  },
  'apig.deleted': (call, { id }) => {
    const row = call.state.apig.gateways.get(String(id));
    if (row) removeGateway(call, row);
  },
};

/** An interface for each node, in the vSwitches in turn. Undefined where a vSwitch is full or gone. */
function placedNodes(call: AlibabaCall, row: ApigGatewayRow): readonly string[] | undefined {
  const interfaceIds: string[] = [];
  try {
    const nodes = Math.max(replicasOf(row), row.zones.length);
    for (let node = 0; node < nodes; node += 1) {
      const { vSwitchId = '' } = row.zones[node % row.zones.length] ?? {};
      const place = { vSwitchId, securityGroupIds: [row.securityGroupId], description: `APIG ${row.id}` };
      interfaceIds.push(createInterface(call, { ...place, serviceManaged: true }).id);
    }
  } catch (error) {
    if (!(error instanceof AlibabaError)) throw error;

    for (const interfaceId of interfaceIds) deleteInterface(call, interfaceId);
    return undefined;
  }
  return interfaceIds;
}

function removeGateway(call: AlibabaCall, row: ApigGatewayRow): void {
  const { apig, network } = call.state;
  for (const interfaceId of row.interfaceIds) deleteInterface(call, interfaceId);
  for (const { addressType, ipv4Addresses } of row.loadBalancers) {
    if (addressType !== 'Intranet') continue;

    row.zones.forEach(({ vSwitchId }, at) => releaseAddress(call.state, vSwitchId, ipv4Addresses[at] ?? ''));
  }
  for (const rule of apig.securityGroupRules.values()) if (rule.gatewayId === row.id) removeGroupRule(call, rule);
  network.securityGroups.delete(row.securityGroupId);
  apig.gateways.delete(row.id);
  apig.deletedGateways.set(row.id, call.now);
}
