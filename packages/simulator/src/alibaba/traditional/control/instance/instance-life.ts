import { type AlibabaCall, type AlibabaTimerHandlers, AlibabaError } from '../../../operation/operation.js';
import { createInterface, deleteInterface } from '../../../vpc/network.js';
import type { ConnectionRow, GatewayInstanceRow } from '../state.js';
import { isBlocked } from './instance-rules.js';

const MINUTE = 60_000;
/** No creation time is published; Terraform's provider gives it 25 minutes. */
const CREATE_MS = { least: 5 * MINUTE, spread: 4 * MINUTE };
/** A change of the accessible blocks. Terraform's provider polls every 30 s. */
const SETTLE_MS = 20_000;
/** @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/change-instance-specifications */
const SPEC_MS = { least: 5 * MINUTE, spread: 5 * MINUTE };
/** A switch-over that is not confirmed within a day is canceled. */
const SWITCH_MS = 24 * 60 * MINUTE;
const DELETE_MS = 1 * MINUTE;
/** How many interfaces an instance has in each zone. No figure is published. */
const INTERFACES_PER_ZONE = 2;

type Changes = Partial<GatewayInstanceRow>;

/** Replaces members of an instance's row. No effect when the instance was deleted. */
export function changeInstance({ state }: AlibabaCall, id: string, changes: Changes): void {
  const row = state.cloudApi.instances.get(id);
  if (row) state.cloudApi.instances.set(id, { ...row, ...changes });
}

/** Starts the creation of an instance. An instance that is not paid for stays in that state. */
export function startCreation(call: AlibabaCall, id: string, paid: boolean): void {
  if (paid) call.after(CREATE_MS.least + call.random() * CREATE_MS.spread, 'gateway.created', { id });
}

/** Changes the accessible blocks: `add` is added, `remove` is removed; an empty text means none. */
export function startBlockChange(call: AlibabaCall, id: string, add: string, remove: string): void {
  changeInstance(call, id, { status: 'MODIFYING' });
  call.after(SETTLE_MS, 'gateway.blocks', { id, add, remove });
}

/**
 * Changes the instance type. Conventional instances get another egress block, and wait for the switch-over
 * unless `skipWait` is set.
 */
export function startSpecChange(call: AlibabaCall, id: string, spec: string, skipWait: boolean): void {
  changeInstance(call, id, { status: 'MODIFYING' });
  call.after(SPEC_MS.least + call.random() * SPEC_MS.spread, 'gateway.spec', { id, spec, skip: skipWait ? 1 : 0 });
}

/** Starts the deletion of an instance. */
export function startDeletion(call: AlibabaCall, id: string): void {
  changeInstance(call, id, { status: 'DELETING' });
  call.after(DELETE_MS, 'gateway.deleted', { id });
}

export const instanceTimers: AlibabaTimerHandlers = {
  'gateway.created': (call, { id }) => {
    const row = call.state.cloudApi.instances.get(String(id));
    if (row?.status !== 'CREATING') return;
    if (!row.connection) return changeInstance(call, row.id, { status: 'RUNNING' });

    const connection = connected(call, row, row.connection);
    if (connection) changeInstance(call, row.id, { status: 'RUNNING', connection });
  },
  'gateway.blocks': (call, { id, add, remove }) => {
    const row = call.state.cloudApi.instances.get(String(id));
    if (row?.status !== 'MODIFYING' || !row.connection) return;

    const left = row.connection.cidrBlocks.filter((block) => block !== remove);
    const cidrBlocks = add === '' || left.includes(String(add)) ? left : [...left, String(add)];
    changeInstance(call, row.id, { status: 'RUNNING', connection: { ...row.connection, cidrBlocks } });
  },
  'gateway.spec': (call, { id, spec, skip }) => {
    const row = call.state.cloudApi.instances.get(String(id));
    if (row?.status !== 'MODIFYING') return;
    if (row.kind !== 'normal') return changeInstance(call, row.id, { status: 'RUNNING', spec: String(spec) });

    const newVpcEgressAddress = egressBlock(call);
    if (skip === 1) {
      return changeInstance(call, row.id, { status: 'RUNNING', spec: String(spec), newVpcEgressAddress });
    }

    changeInstance(call, row.id, { status: 'WAIT_SWITCH', newVpcEgressAddress });
    call.after(SWITCH_MS, 'gateway.unswitched', { id: row.id });
  },
  'gateway.unswitched': (call, { id }) => {
    if (call.state.cloudApi.instances.get(String(id))?.status !== 'WAIT_SWITCH') return;

    changeInstance(call, String(id), { status: 'RUNNING', newVpcEgressAddress: '' });
  },
  'gateway.deleted': (call, { id }) => {
    const row = call.state.cloudApi.instances.get(String(id));
    for (const interfaceId of row?.connection?.interfaceIds ?? []) deleteInterface(call, interfaceId);
    call.state.cloudApi.instances.delete(String(id));
    call.state.cloudApi.tags.delete(`instance/${String(id)}`);
  },
};

/** A block of Alibaba's own space: the source of calls of conventional instances. */
export function egressBlock({ random }: AlibabaCall): string {
  const third = Math.floor(random() * 256);
  return `100.104.${third}.${64 * Math.floor(random() * 4)}/26`;
}

/** Creates the instance's interfaces in its vSwitches. Undefined when the instance never becomes RUNNING. */
function connected(
  call: AlibabaCall,
  { id }: GatewayInstanceRow,
  connection: ConnectionRow,
): ConnectionRow | undefined {
  if (isBlocked(connection)) return undefined;

  const interfaceIds: string[] = [];
  try {
    for (const { vSwitchId, securityGroupId } of connection.zones) {
      for (let count = 0; count < INTERFACES_PER_ZONE; count += 1) {
        const wanted = { vSwitchId, securityGroupIds: [securityGroupId], description: `API Gateway ${id}` };
        interfaceIds.push(createInterface(call, { ...wanted, serviceManaged: true }).id);
      }
    }
  } catch (error) {
    if (!(error instanceof AlibabaError)) throw error;

    for (const interfaceId of interfaceIds) deleteInterface(call, interfaceId); // a vSwitch is full, or was deleted
    return undefined;
  }
  return { ...connection, interfaceIds };
}
