import type { GroupTarget, Listener, LoadBalancer, TargetGroup } from '@postern/core/snapshot';
import { addressOfInstance } from '../vpc/network.js';
import { healthOf } from '../slb/health.js';
import { listenerKey } from '../slb/load-balancer.js';
import type { BackendServerRow, ListenerProtocol, ListenerRow, LoadBalancerRow, ServerGroupRow } from '../slb/state.js';
import { madeId, type Building } from './api-rows.js';

const WORDS: Readonly<Partial<Record<GroupTarget['health'], 'normal' | 'abnormal' | 'unavailable'>>> = {
  healthy: 'normal',
  unhealthy: 'abnormal',
  unavailable: 'unavailable',
};

/** CLB instances with listeners, access control lists and servers; those are as well as they were seen. */
export function loadBalancers(building: Building): void {
  const { snapshot, state } = building;
  loadAccessLists(building);
  for (const balancer of snapshot.loadBalancers) {
    const listeners = snapshot.listeners.filter((one) => one.loadBalancerId === balancer.id);
    const row = balancerOf(building, balancer);
    const groups = new Map<string, TargetGroup | undefined>();
    for (const listener of listeners) {
      const group = groupOf(building, listener);
      const made = listenerOf(listener, group);
      const key = listenerKey(made.protocol, made.port);
      row.listeners.set(key, made);
      if (made.serverGroupId === undefined) groups.set(key, group);
      else state.slb.serverGroups.set(made.serverGroupId, serverGroupOf(building, row, made, group?.targets ?? []));
      if (group?.targets === undefined) building.lack(`the servers behind port ${listener.port} of ${balancer.id}`);
    }
    state.slb.loadBalancers.set(row.id, row);
    row.backendServers = serversOf(building, row, groups);
    if (row.addressType === 'intranet' && row.vpcId !== '') {
      state.network.addresses.set(`${row.vpcId}/${row.address}`, row.id);
    }
  }
}

function balancerOf({ now }: Building, balancer: LoadBalancer): LoadBalancerRow {
  const intranet = balancer.scheme !== 'internet-facing';
  const [masterZoneId = '', slaveZoneId = ''] = balancer.zones ?? [];
  return {
    id: balancer.id,
    name: balancer.name,
    addressType: intranet ? 'intranet' : 'internet',
    networkType: balancer.networkId === undefined ? 'classic' : 'vpc',
    // Public addresses are in no list of a snapshot.
    address: balancer.addresses?.[0] ?? (intranet ? '' : '203.0.113.1'),
    vpcId: balancer.networkId ?? '',
    vSwitchId: balancer.subnetIds[0] ?? '',
    masterZoneId,
    slaveZoneId,
    spec: '',
    payType: 'PayOnDemand',
    status: (balancer.state ?? 'active') as LoadBalancerRow['status'],
    deleteProtection: 'off',
    backendServers: [],
    listeners: new Map(),
    createdAt: now,
    tags: {},
  };
}

/**
 * The servers behind a listener: the group that it forwards to. Where the listener only redirects, a group
 * is created for it as well.
 */
function groupOf({ snapshot }: Building, listener: Listener): TargetGroup | undefined {
  const forwards = (listener.actions ?? []).flatMap(({ targetGroupIds = [] }) => targetGroupIds);
  const udp = listener.protocol === 'UDP' ? '/udp' : '';
  const ids = [...forwards, `${listener.loadBalancerId}:${listener.port}${udp}`];
  return (snapshot.targetGroups ?? []).find(({ id }) => ids.includes(id));
}

/** Each server of a vServer group has a port of its own, which the group as a whole then has not. */
function isServerGroup(group: TargetGroup | undefined): boolean {
  return group?.targets !== undefined && group.port === undefined;
}

function listenerOf(listener: Listener, group: TargetGroup | undefined): ListenerRow {
  const redirect = listener.actions?.find(({ kind }) => kind === 'redirect');
  const check = group?.healthCheck;
  const layer4 = listener.protocol === 'TCP' || listener.protocol === 'UDP';
  return {
    protocol: listener.protocol.toLowerCase() as ListenerProtocol,
    port: listener.port,
    ...(isServerGroup(group)
      ? { backendServerPort: undefined, serverGroupId: madeId('rsp', listener.id) }
      : { backendServerPort: group?.port ?? listener.port }),
    status: listener.state === undefined || listener.state === 'other' ? 'configuring' : listener.state,
    description: '',
    aclStatus: listener.accessControl === undefined ? 'off' : 'on',
    aclType:
      listener.accessControl === undefined ? undefined : listener.accessControl.kind === 'deny' ? 'black' : 'white',
    aclIds: [...(listener.accessControl?.ids ?? [])],
    settings: {
      Bandwidth: -1,
      Scheduler: 'wrr',
      HealthCheck: check?.enabled === false ? 'off' : 'on',
      ...(layer4 && check?.protocol !== undefined ? { HealthCheckType: check.protocol.toLowerCase() } : {}),
      ...(check?.port === undefined ? {} : { HealthCheckConnectPort: check.port }),
      ...(redirect === undefined ? {} : { ListenerForward: 'on', ForwardCode: redirect.statusCode ?? '301' }),
      ...(listener.certificateIds?.[0] === undefined ? {} : { ServerCertificateId: listener.certificateIds[0] }),
    },
  };
}

/** All servers of a load balancer once, with the listeners that send to each. */
function serversOf(
  { state }: Building,
  { listeners }: LoadBalancerRow,
  groups: ReadonlyMap<string, TargetGroup | undefined>,
): BackendServerRow[] {
  const rows = new Map<
    string,
    { weight: number; only: string[]; health: Record<string, 'normal' | 'abnormal' | 'unavailable'> }
  >();
  for (const [key, group] of groups) {
    for (const target of group?.targets ?? []) {
      const row = rows.get(target.id) ?? { weight: 100, only: [], health: {} };
      if (target.health === 'unused') row.weight = 0;
      const seen = seenOf(target);
      if (seen !== undefined) row.health[key] = seen;
      row.only.push(key);
      rows.set(target.id, row);
    }
  }
  return [...rows].map(([serverId, { weight, only, health }]): BackendServerRow => {
    const base = serverOf(state, serverId, weight);
    const strange = Object.entries(health).filter(([key, word]) => {
      const listener = listeners.get(key);
      return listener !== undefined && healthOf(state, listener, base) !== word;
    });
    return {
      ...base,
      ...(only.length === groups.size ? {} : { only }),
      ...(strange.length === 0 ? {} : { health: Object.fromEntries(strange) }),
    };
  });
}

/** The vServer group to which a listener sends. */
function serverGroupOf(
  { state, now }: Building,
  { id: loadBalancerId }: LoadBalancerRow,
  listener: ListenerRow,
  targets: readonly GroupTarget[],
): ServerGroupRow {
  const { serverGroupId: id = '', protocol, port } = listener;
  const servers = targets.map((target): BackendServerRow => {
    const base = { ...serverOf(state, target.id, target.health === 'unused' ? 0 : 100), port: target.port };
    const seen = seenOf(target);
    return seen === undefined || seen === healthOf(state, listener, base)
      ? base
      : { ...base, health: { [listenerKey(protocol, port)]: seen } };
  });
  return { id, name: id, loadBalancerId, servers, createdAt: now };
}

function serverOf(state: Building['state'], serverId: string, weight: number): BackendServerRow {
  const type = serverId.startsWith('eni-') ? 'eni' : 'ecs';
  const instance = state.network.instances.get(serverId);
  const serverIp =
    type === 'eni'
      ? (state.network.interfaces.get(serverId)?.primaryIpAddress ?? '')
      : ((instance && addressOfInstance(state, instance)) ?? '');
  return { serverId, type, weight, description: '', serverIp };
}

/** The observed health of a server. One without weight keeps its health after a comma. */
function seenOf({ health, reason }: GroupTarget): 'normal' | 'abnormal' | 'unavailable' | undefined {
  const seen = health === 'unused' ? reason?.split(', ')[1] : WORDS[health];
  return seen === 'normal' || seen === 'abnormal' || seen === 'unavailable' ? seen : undefined;
}

/**
 * Access control lists with entries. A snapshot has, for each listener, the entries of all its lists together: what a list has is
 * what all listeners with it have in common, which gives each of them all its entries again.
 */
function loadAccessLists({ snapshot, state, now, lack }: Building): void {
  const entries = new Map<string, ReadonlySet<string>>();
  for (const { id, accessControl, rules = [] } of snapshot.listeners) {
    if (rules.length > 0) lack(`the forwarding rules of ${id}`);
    if (accessControl !== undefined && accessControl.cidrBlocks === undefined)
      lack(`the access control lists of ${id}`);
    for (const list of accessControl?.ids ?? []) {
      const blocks = new Set(accessControl?.cidrBlocks ?? []);
      const known = entries.get(list);
      entries.set(list, known === undefined ? blocks : new Set([...known].filter((block) => blocks.has(block))));
    }
  }
  for (const [id, blocks] of entries) {
    state.slb.accessControlLists.set(id, {
      id,
      name: id,
      addressIpVersion: [...blocks].some((block) => block.includes(':')) ? 'ipv6' : 'ipv4',
      entries: [...blocks].map((entryIP) => ({ entryIP, entryComment: '' })),
      createdAt: now,
      tags: {},
    });
  }
}
