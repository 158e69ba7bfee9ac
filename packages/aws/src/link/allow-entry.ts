import type { AllowEntry } from '@postern/core';
import { contains, formatPrefix, parsePrefix } from '@postern/core/cidr';
import type { SecurityGroupRule } from '@postern/core/snapshot';
import type { IpPermission } from '../sdk-types.js';

/** An entry as a rule of a security group. */
export function toPermission(entry: AllowEntry, description: string): IpPermission {
  const ports =
    entry.protocol === 'all'
      ? { IpProtocol: '-1' }
      : { IpProtocol: entry.protocol, FromPort: entry.fromPort, ToPort: entry.toPort };
  return parsePrefix(entry.cidrBlock).address.family === 4
    ? { ...ports, IpRanges: [{ CidrIp: entry.cidrBlock, Description: description }] }
    : { ...ports, Ipv6Ranges: [{ CidrIpv6: entry.cidrBlock, Description: description }] };
}

/** A rule as an entry, where it names a block and TCP, UDP or everything; `undefined` for any other. */
export function toEntry(rule: SecurityGroupRule): AllowEntry | undefined {
  const { cidrBlock, protocol, fromPort, toPort, id } = rule;
  if (cidrBlock === undefined || (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'all')) return undefined;
  return { cidrBlock: canonical(cidrBlock), protocol, fromPort, toPort, ...(id === undefined ? {} : { ruleId: id }) };
}

/** Entries are the same when block, protocol and ports are; with `all`, EC2 keeps no ports. */
export function entryKey({ cidrBlock, protocol, fromPort, toPort }: AllowEntry): string {
  const ports = protocol === 'all' ? 'all' : `${fromPort}-${toPort}`;
  return `${canonical(cidrBlock)} ${protocol} ${ports}`;
}

/** Whether one of `entries` allows everything that `rule` allows. */
export function isCovered(rule: SecurityGroupRule, entries: readonly AllowEntry[]): boolean {
  const entry = toEntry(rule);
  return entry !== undefined && entries.some((one) => covers(one, entry));
}

/** The text for a rule: `sg-1 allows tcp 443 outbound to 0.0.0.0/0`. */
export function ruleInWords(groupId: string, rule: SecurityGroupRule): string {
  const ports = rule.fromPort === rule.toPort ? String(rule.fromPort) : `${rule.fromPort}-${rule.toPort}`;
  const what = rule.protocol === 'all' ? 'all traffic' : `${rule.protocol} ${ports}`;
  const where = rule.cidrBlock ?? rule.prefixListId ?? rule.securityGroupId;
  return rule.direction === 'in'
    ? `${groupId} allows ${what} inbound from ${where ?? 'an unknown source'}`
    : `${groupId} allows ${what} outbound to ${where ?? 'an unknown destination'}`;
}

/**
 * A permission without its description. A rule is revoked by what it allows; a description would have to be
 * equal, too.
 */
export function bare(permission: IpPermission): IpPermission {
  return {
    ...permission,
    ...(permission.IpRanges && { IpRanges: permission.IpRanges.map(({ CidrIp }) => ({ CidrIp })) }),
    ...(permission.Ipv6Ranges && { Ipv6Ranges: permission.Ipv6Ranges.map(({ CidrIpv6 }) => ({ CidrIpv6 })) }),
  };
}

function covers(wide: AllowEntry, narrow: AllowEntry): boolean {
  if (wide.protocol !== 'all') {
    if (wide.protocol !== narrow.protocol) return false;
    if (wide.fromPort > narrow.fromPort || wide.toPort < narrow.toPort) return false;
  }
  return contains(parsePrefix(wide.cidrBlock), parsePrefix(narrow.cidrBlock));
}

/** EC2 keeps IPv6 blocks in whatever spelling they were given. */
function canonical(cidrBlock: string): string {
  try {
    return formatPrefix(parsePrefix(cidrBlock));
  } catch {
    return cidrBlock;
  }
}
