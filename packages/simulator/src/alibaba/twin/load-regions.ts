import type { NetworkAclEntry, PeeringSide, RegionSnapshot } from '@postern/core/internal/snapshot';
import { formatMark } from '@postern/core/internal/adapter';
import { usableCount } from '../vpc/network.js';
import { madeId, rangeOf, type Building, type TwinTimer, isPlain } from './api-rows.js';
import { seconds } from '../vpc/request/text-rules.js';
import type { NetworkAclEntryRow } from '../vpc/state.js';
import type { AlibabaState, AlibabaRegionState } from '../state/alibaba-state.js';
import type { PeeringSideRow, VpcPeeringRow } from '../vpc-peer/state.js';
import { isService, loadApig } from '../cloud-native/twin/load-apig.js';
import { newAlidns } from '../alidns/state.js';
import { newAlibabaRegion } from '../services.js';
import { loadApis, loadLinks } from '../traditional/twin/load-apis.js';
import { loadBalancers } from './load-balancers.js';
import { loadInterfaces, loadRouteTables, loadSecurityGroups } from './load-network.js';
import { loadParts } from '../traditional/twin/load-parts.js';
import { textOf } from '../state/json-object.js';
import { byText, nativeRows } from './native-rows.js';

/** VPCs and vSwitches. The number of free addresses is the snapshot's, whatever uses the others. */
function loadNetworks(building: Building): void {
  const { snapshot, state, now } = building;
  const { vpcs, vSwitches } = state.network;
  const tables = snapshot.routeTables ?? [];
  for (const network of snapshot.networks) {
    const [cidrBlock = '', ...secondaryCidrBlocks] = network.cidrBlocks;
    const main = tables.find((table) => table.networkId === network.id && table.main);
    vpcs.set(network.id, {
      id: network.id,
      cidrBlock,
      secondaryCidrBlocks,
      ipv6CidrBlocks: network.ipv6CidrBlocks,
      ownerId: network.account === snapshot.account ? undefined : network.account,
      name: network.name ?? '',
      description: '',
      routerId: madeId('vrt', network.id),
      routeTableId: main?.id ?? madeId('vtb', network.id),
      createdAt: now,
      tags: { ...network.tags },
    });
  }
  for (const subnet of snapshot.subnets) {
    const usable = usableCount(subnet.cidrBlock);
    vSwitches.set(subnet.id, {
      id: subnet.id,
      vpcId: subnet.networkId,
      zoneId: subnet.zone,
      cidrBlock: subnet.cidrBlock,
      ipv6CidrBlock: subnet.ipv6CidrBlocks?.[0],
      ownerId: subnet.account === snapshot.account ? undefined : subnet.account,
      name: subnet.name ?? '',
      description: '',
      routeTableId: subnet.routeTableId ?? vpcs.get(subnet.networkId)?.routeTableId ?? '',
      networkAclId: subnet.networkAclId ?? undefined,
      usedAddresses: subnet.freeAddresses === undefined ? 0 : usable - subnet.freeAddresses,
      createdAt: now,
      tags: { ...subnet.tags },
    });
  }
}

/** Network ACLs with their entries. */
function loadNetworkAcls({ snapshot, state, now, lack }: Building): void {
  for (const acl of snapshot.networkAcls ?? []) {
    if (acl.entries === undefined) lack(`the entries of network ACL ${acl.id}`);
    const rows = (direction: 'in' | 'out') =>
      (acl.entries ?? [])
        .filter((entry) => entry.direction === direction)
        .toSorted((a, b) => a.order - b.order)
        .map((entry) => aclEntryOf(acl.id, entry));
    const [ingress, egress] = [rows('in'), rows('out')];
    state.network.networkAcls.set(acl.id, {
      id: acl.id,
      vpcId: acl.networkId,
      name: '',
      description: '',
      ingress,
      egress,
      createdAt: now,
      tags: {},
    });
  }
}

function aclEntryOf(aclId: string, entry: NetworkAclEntry): NetworkAclEntryRow {
  return {
    Description: '',
    EntryType: 'custom',
    IpVersion: entry.cidrBlock.includes(':') ? 'IPV6' : 'IPV4',
    NetworkAclEntryId: entry.id ?? madeId('nae', `${aclId} ${entry.direction} ${entry.order}`),
    NetworkAclEntryName: '',
    Policy: entry.action === 'allow' ? 'accept' : 'drop',
    Port: rangeOf(entry),
    Protocol: entry.protocol as NetworkAclEntryRow['Protocol'],
    cidrBlock: entry.cidrBlock,
  };
}

/** What belongs to no region: roles, and peerings, which the regions at both of their ends list. */
function loadAccount(alibaba: AlibabaState, snapshot: RegionSnapshot, now: number): void {
  for (const { name, exists } of snapshot.serviceRoles ?? []) {
    if (!exists || alibaba.roles.has(name)) continue;

    alibaba.roles.set(name, {
      id: '300000000000000000',
      name,
      arn: `acs:ram::${alibaba.account}:role/${name.toLowerCase()}`,
      description: '',
      service: 'connectuservpc.apigateway.aliyuncs.com',
      createdAt: now,
    });
  }
  for (const peering of snapshot.peerings ?? []) {
    const [requester, accepter] = peering.sides;
    alibaba.peerings.set(peering.id, {
      id: peering.id,
      requester: sideOf(requester, snapshot),
      accepter: sideOf(accepter, snapshot),
      name: '',
      description: '',
      status: peering.nativeState as VpcPeeringRow['status'],
      createdAt: now,
      modifiedAt: now,
      tags: {},
    });
  }
}

function sideOf({ networkId, account, region, cidrBlocks }: PeeringSide, snapshot: RegionSnapshot): PeeringSideRow {
  return { vpcId: networkId, account: account ?? snapshot.account, region: region ?? snapshot.region, cidrBlocks };
}

/** VPC access authorizations. Plain addresses are called without one. */
function loadAccesses(building: Building): void {
  const { snapshot, state, now } = building;
  const known = byText(nativeRows(snapshot, 'accesses'), 'name');
  for (const target of snapshot.targets) {
    if (isPlain(target) || isService(target)) continue;

    const native = known.get(target.id);
    const id = (native && textOf(native, 'id')) || madeId('vpc-access', target.id);
    state.cloudApi.vpcAccesses.set(id, {
      VpcAccessId: id,
      Name: target.id,
      VpcId: target.networkId ?? '',
      InstanceId: target.resourceId ?? '',
      Port: target.port ?? 0,
      VpcTargetHostName: native ? textOf(native, 'hostName') : hostNameOf(building, target.id),
      Description: target.owner === undefined ? '' : formatMark(target.owner),
      RegionId: snapshot.region,
      CreatedTime: seconds(now),
    });
  }
}

function hostNameOf({ snapshot }: Building, targetId: string): string {
  const routes = snapshot.gateways.flatMap((gateway) => gateway.routes);
  return routes.find((route) => route.targetId === targetId && route.tls?.serverName)?.tls?.serverName ?? '';
}

/** Prefix lists that rules of security groups name. */
function loadPrefixLists({ snapshot, state, now, lack }: Building): void {
  for (const list of snapshot.prefixLists ?? []) {
    if (list.cidrBlocks === undefined) lack(`the entries of prefix list ${list.id}`);
    const blocks = list.cidrBlocks ?? [];
    state.network.prefixLists.set(list.id, {
      AddressFamily: blocks.some((block) => block.includes(':')) ? 'IPv6' : 'IPv4',
      CreationTime: seconds(now),
      Description: '',
      MaxEntries: list.maxEntries ?? blocks.length,
      PrefixListId: list.id,
      PrefixListName: list.name ?? '',
      entries: blocks.map((Cidr) => ({ Cidr, Description: '' })),
      tags: {},
    });
  }
}

/** A simulated account with everything that a snapshot contains, under the same ids. */
export interface AlibabaTwin {
  readonly state: AlibabaState;
  readonly timers: readonly TwinTimer[];
  /** The missing parts, a phrase each: gaps of the snapshot, and facts that no list of it contains. */
  readonly lacks: readonly string[];
}

/**
 * Creates the twin of an account from the regions of one snapshot. Reads of the twin return what was read
 * then, for everything that checks use. Changes in progress continue. What no snapshot has (descriptions,
 * secrets, times of creation) is generated.
 * @param now when the snapshot was taken, milliseconds since the epoch
 * @throws {RangeError} for regions of several accounts, or none: there is one simulated account
 */
export function alibabaTwin(regions: readonly RegionSnapshot[], now: number): AlibabaTwin {
  const [first] = regions;
  const accounts = new Set(regions.map(({ account }) => account));
  if (first === undefined || accounts.size > 1) {
    throw new RangeError(
      `There is one simulated Alibaba Cloud account, and the snapshot has ${accounts.size}: ${[...accounts].join(', ')}.`,
    );
  }

  const alibaba: AlibabaState = {
    account: first.account,
    regions: new Map(),
    quotas: new Map(),
    roles: new Map(),
    sessions: new Map(),
    alidns: newAlidns(),
    peerings: new Map(),
  };
  const timers: TwinTimer[] = [];
  const lacks: string[] = [];
  for (const snapshot of regions) {
    const state = newRegion(snapshot, now);
    alibaba.regions.set(snapshot.region, state);
    const building: Building = {
      snapshot,
      state,
      now,
      lack: (sentence) => void lacks.push(`${snapshot.region}: ${sentence}`),
      later: (timer) => void timers.push({ ...timer, region: snapshot.region }),
    };
    loadNetworks(building);
    loadRouteTables(building);
    loadNetworkAcls(building);
    loadPrefixLists(building);
    loadSecurityGroups(building);
    loadInterfaces(building);
    loadBalancers(building);
    loadLinks(building);
    loadApig(building);
    loadAccesses(building);
    loadParts(building);
    loadApis(building);
    loadAccount(alibaba, snapshot, now);
    for (const gap of snapshot.gaps) {
      const why = gap.permission === undefined ? gap.code : `it takes ${gap.permission}`;
      building.lack(`${gap.what}, which could not be read (${why})`);
    }
  }
  return { state: alibaba, timers, lacks: [...new Set(lacks)] };
}

function newRegion(snapshot: RegionSnapshot, now: number): AlibabaRegionState {
  const { region, account, zones } = snapshot;
  const id = (prefix: string): string => prefix;
  const fresh = newAlibabaRegion({ region, account, now, id, random: () => 0.5 });
  const born: AlibabaRegionState = { ...fresh, cloudApi: { ...fresh.cloudApi, hasUnknownApps: true } };
  if (zones === undefined || zones.length === 0) return born;

  const served = zones.filter(({ servesLinks }) => servesLinks !== false).map((zone) => zone.id);
  return { ...born, zones: { all: zones.map((zone) => zone.id), served } };
}
