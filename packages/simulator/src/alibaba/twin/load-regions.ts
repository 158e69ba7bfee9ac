import { newAlidns } from '../alidns/new-alidns.js';
import type { RegionSnapshot } from '@postern/core';
import { newAlibabaRegion } from '../services.js';
import type { AlibabaState } from '../state/alibaba-state.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import type { Building, TwinTimer } from './building.js';
import { loadAccesses } from './load-accesses.js';
import { loadAccount } from './load-account.js';
import { loadApig } from './load-apig.js';
import { loadApis } from './load-apis.js';
import { loadBalancers } from './load-balancers.js';
import { loadInterfaces } from './load-interfaces.js';
import { loadLinks } from './load-links.js';
import { loadNetworkAcls } from './load-network-acls.js';
import { loadNetworks } from './load-networks.js';
import { loadParts } from './load-parts.js';
import { loadPrefixLists } from './load-prefix-lists.js';
import { loadRouteTables } from './load-route-tables.js';
import { loadSecurityGroups } from './load-security-groups.js';

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
