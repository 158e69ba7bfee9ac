import type { Explained, Finding, Place } from '../connects/connection.js';
import { networkAclOf } from '../connects/network-acls.js';

/** A path and the way back, by the IDs of what they pass. */
export interface Found {
  readonly forward: readonly string[];
  readonly back: readonly string[];
  /** What stops it; nothing where it is a path. */
  readonly explained: readonly Explained[];
}

export function blocked(code: string, ...at: readonly string[]): Found {
  return blockedBy({ explained: { code, at } });
}

export function blockedBy(...findings: readonly Pick<Finding, 'explained'>[]): Found {
  return {
    forward: [],
    back: [],
    explained: findings.map(({ explained = { code: 'NO_PATH', at: [] } }) => explained),
  };
}

export function found(forward: readonly string[], back: readonly string[]): Found {
  return { forward, back, explained: [] };
}

export function isFound({ explained }: Found): boolean {
  return explained.length === 0;
}

/** What packets pass between an interface and the edge of its subnet. A group is named where no other one can have admitted them. */
export function sideOf({ eni }: Place): readonly string[] {
  const holder = eni.attachment?.InstanceId;
  return [...(holder === undefined ? [] : [holder]), eni.id, ...(eni.groupIds.length === 1 ? eni.groupIds : [])];
}

/** The network ACL of a place. */
export function aclAt({ region, subnet }: Place): readonly string[] {
  const acl = networkAclOf(region, subnet);
  return acl ? [acl.id] : [];
}

/** What packets pass from a place to another, or out of the simulated world. Nothing is between two interfaces of a subnet. */
export function between(from: Place, hops: readonly string[], to: Place | undefined): readonly string[] {
  const isInside = to?.subnet.id === from.subnet.id;
  const edges = isInside ? [] : [...aclAt(from), ...hops, ...(to ? aclAt(to) : [])];
  return [...sideOf(from), ...edges, ...(to ? sideOf(to).toReversed() : [])];
}
