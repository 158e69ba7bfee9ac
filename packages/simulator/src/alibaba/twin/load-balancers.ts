import type { GroupTarget, Listener, LoadBalancer, TargetGroup } from '@postern/core/internal/snapshot';
import { addressOfInstance } from '../vpc/network.js';
import { healthOf, listenerKey, newLoadBalancer } from '../slb/load-balancer.js';
import type { BackendServerRow, ListenerProtocol, ListenerRow, LoadBalancerRow, ServerGroupRow } from '../slb/state.js';
import { seconds } from '../vpc/request/text-rules.js';
import { defined } from '../../simulation/defined.js';
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
      const key = listenerKey(made.protocol, made.ListenerPort);
      const { VServerGroupId } = made;
      row.listeners.set(key, made);
      if (VServerGroupId === undefined) groups.set(key, group);
      else state.slb.serverGroups.set(VServerGroupId, serverGroupOf(building, balancer.id, made, group?.targets ?? []));
      if (group?.targets === undefined) building.lack(`the servers behind port ${listener.port} of ${balancer.id}`);
    }
    state.slb.loadBalancers.set(balancer.id, row);
    row.backendServers = serversOf(building, row, groups);
    const { AddressType, VpcId, Address } = row;
    if (AddressType === 'intranet' && VpcId !== '') state.network.addresses.set(`${VpcId}/${Address}`, balancer.id);
  }
}

function balancerOf({ now, snapshot }: Building, balancer: LoadBalancer): LoadBalancerRow {
  const intranet = balancer.scheme !== 'internet-facing';
  const [MasterZoneId = '', SlaveZoneId = ''] = balancer.zones ?? [];
  const place = { now, region: snapshot.region };
  return newLoadBalancer(place, {
    // Public addresses are in no list of a snapshot.
    Address: balancer.addresses?.[0] ?? (intranet ? '' : '203.0.113.1'),
    AddressType: intranet ? 'intranet' : 'internet',
    LoadBalancerId: balancer.id,
    LoadBalancerName: balancer.name,
    LoadBalancerSpec: '',
    LoadBalancerStatus: (balancer.state ?? 'active') as LoadBalancerRow['LoadBalancerStatus'],
    MasterZoneId,
    SlaveZoneId,
    VSwitchId: balancer.subnetIds[0] ?? '',
    VpcId: balancer.networkId ?? '',
  });
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
  const acl = listener.accessControl;
  const layer4 = listener.protocol === 'TCP' || listener.protocol === 'UDP';
  return {
    protocol: listener.protocol.toLowerCase() as ListenerProtocol,
    ListenerPort: listener.port,
    ...(isServerGroup(group)
      ? { VServerGroupId: madeId('rsp', listener.id) }
      : { BackendServerPort: group?.port ?? listener.port }),
    Status: listener.state === undefined || listener.state === 'other' ? 'configuring' : listener.state,
    Description: '',
    acl:
      acl === undefined
        ? { AclStatus: 'off', AclIds: [] }
        : { AclStatus: 'on', AclType: acl.kind === 'deny' ? 'black' : 'white', AclIds: acl.ids },
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
  LoadBalancerId: string,
  listener: ListenerRow,
  targets: readonly GroupTarget[],
): ServerGroupRow {
  const { VServerGroupId = '', ListenerPort } = listener;
  const servers = targets.map((target): BackendServerRow => {
    const base = serverOf(state, target.id, target.health === 'unused' ? 0 : 100, target.port);
    const seen = seenOf(target);
    return seen === undefined || seen === healthOf(state, listener, base)
      ? base
      : { ...base, health: { [listenerKey(listener.protocol, ListenerPort)]: seen } };
  });
  return { VServerGroupId, VServerGroupName: VServerGroupId, LoadBalancerId, CreateTime: seconds(now), servers };
}

function serverOf(state: Building['state'], ServerId: string, Weight: number, Port?: number): BackendServerRow {
  const Type = ServerId.startsWith('eni-') ? 'eni' : 'ecs';
  const instance = state.network.instances.get(ServerId);
  const serverIp =
    Type === 'eni'
      ? (state.network.interfaces.get(ServerId)?.primaryIpAddress ?? '')
      : ((instance && addressOfInstance(state, instance)) ?? '');
  return { ServerId, ...defined({ Port }), Type, Weight, Description: '', serverIp };
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
      AclId: id,
      AclName: id,
      AddressIPVersion: [...blocks].some((block) => block.includes(':')) ? 'ipv6' : 'ipv4',
      CreateTime: seconds(now),
      ResourceGroupId: '',
      entries: [...blocks].map((AclEntryIP) => ({ AclEntryIP, AclEntryComment: '' })),
      tags: {},
    });
  }
}
