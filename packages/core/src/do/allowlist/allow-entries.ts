import { ALL_PORTS, isAllPorts } from '../../ground/ports.js';
import { linkTraits } from '../kinds/cloud/link-kinds.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { minimalCover } from '../../cidr/verbs.js';
import { contains, formatPrefix, parsePrefix } from '../../cidr/prefix.js';
import { InvalidInputError, type SourcePlace } from '../../ground/errors.js';
import type { AllowEntry, PortRange } from '../model/allowlist.js';
import type { LinkSpec, Spec } from '../spec.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { calledPorts, type CalledTarget } from './needed-blocks.js';

/**
 * The number of rules of one security group in one direction. IPv4 and IPv6 are counted separately.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export const MAX_ALLOW_ENTRIES = 60;

/**
 * Combines ports into ranges: `[80, 81, 443]` becomes 80–81 and 443. An unknown port, or an empty list,
 * results in all ports.
 */
export function portRanges(ports: readonly (number | undefined)[]): readonly PortRange[] {
  const known = ports.filter((port) => port !== undefined);
  if (known.length === 0 || known.length < ports.length) return [ALL_PORTS];

  return mergedRanges(known.map((port) => ({ fromPort: port, toPort: port })));
}

/** Ranges in order, with those that touch or overlap as one. */
export function mergedRanges(ranges: readonly PortRange[]): readonly PortRange[] {
  const merged: PortRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.fromPort - b.fromPort)) {
    const last = merged.at(-1);
    if (last === undefined || last.toPort + 1 < range.fromPort) merged.push(range);
    else merged[merged.length - 1] = { ...last, toPort: Math.max(last.toPort, range.toPort) };
  }
  return merged;
}

/**
 * The entries for declared blocks: the minimal cover of those with the same ports, each with every range of ports, over TCP.
 * `own` holds the ports of blocks that name their own.
 * @throws {InvalidInputError} `INVALID_PREFIX`, `ALLOWLIST_FULL`
 */
export function allowEntries(
  cidrBlocks: readonly string[],
  ports: readonly PortRange[],
  place?: SourcePlace,
  own: LinkSpec['allowPorts'] = {},
): readonly AllowEntry[] {
  const groups = new Map<string, { readonly ranges: readonly PortRange[]; readonly blocks: string[] }>();
  for (const block of cidrBlocks) {
    const ranges = own[block] ?? ports;
    const key = ranges.map(rangeText).join(' ');
    const group = groups.get(key) ?? { ranges, blocks: [] };
    groups.set(key, group);
    group.blocks.push(block);
  }
  const entries = [...groups.values()].flatMap(({ ranges, blocks }) =>
    minimalCover(blocks.map(parsePrefix)).flatMap((prefix) =>
      ranges.map((range) => ({ cidrBlock: formatPrefix(prefix), protocol: 'tcp' as const, ...range })),
    ),
  );
  const most = fullerFamily(entries);
  if (most.length > MAX_ALLOW_ENTRIES) throw fullList(most, place);

  return entries;
}

/** The IPv4 or the IPv6 entries, whichever are more: {@link MAX_ALLOW_ENTRIES} applies to each. */
export function fullerFamily(entries: readonly AllowEntry[]): readonly AllowEntry[] {
  const ipv6 = entries.filter(isIpv6);
  return ipv6.length * 2 > entries.length ? ipv6 : entries.filter((entry) => !isIpv6(entry));
}

function fullList(entries: readonly AllowEntry[], place: SourcePlace | undefined): InvalidInputError {
  const count = (of: (entry: AllowEntry) => string): number => new Set(entries.map(of)).size;
  const [blocks, ranges] = [count(({ cidrBlock }) => cidrBlock), count(rangeText)];
  return new InvalidInputError(
    'ALLOWLIST_FULL',
    `the allowlist needs ${entries.length} rules (${blocks} blocks × ${ranges} ranges of ports), a security group holds ${MAX_ALLOW_ENTRIES}`,
    {
      place,
      remedy: 'Merge blocks into larger ones, or use fewer ports.',
      details: { needed: entries.length, limit: MAX_ALLOW_ENTRIES },
    },
  );
}

/**
 * The entries for declared blocks on a cloud without ports in allowlists: each block once, unchanged. They
 * are not merged: a block that was created with the link could disappear in a larger one.
 * @throws {InvalidInputError} `INVALID_PREFIX`
 */
export function blockEntries(cidrBlocks: readonly string[]): readonly AllowEntry[] {
  const blocks = new Set(cidrBlocks.map((block) => formatPrefix(parsePrefix(block))));
  return [...blocks].map((cidrBlock) => ({ cidrBlock, protocol: 'all' as const, ...ALL_PORTS }));
}

/**
 * The required entries of a link's allowlist: for each declared block its own ports, or those of the link's
 * targets, where the cloud has ports there. A target whose ports are not known needs all.
 * @throws {InvalidInputError} `INVALID_PREFIX`, `ALLOWLIST_FULL`
 */
export function linkEntries(
  spec: Pick<LinkSpec, 'provider' | 'kind' | 'allowlist' | 'allowPorts' | 'allowGroups'>,
  targets: readonly CalledTarget[],
  region: RegionSnapshot,
  clouds: Clouds,
  place?: SourcePlace,
): readonly AllowEntry[] {
  const { allowlist = [], allowPorts, allowGroups = {} } = spec;
  const groups = Object.entries(allowGroups);
  if (groups.length === 0 && !linkTraits(clouds, spec).plans.allowlistHasPorts) return blockEntries(allowlist);

  const ports = targets.flatMap((target): readonly (number | undefined)[] => {
    const called = calledPorts(region, target);
    return 'ports' in called ? called.ports : [undefined];
  });
  if (groups.length > 0)
    return groups.flatMap(([id, own]) => groupEntries(id, own.length > 0 ? own : portRanges(ports)));

  return allowEntries(allowlist, portRanges(ports), place, allowPorts);
}

/** The entries for a group of backends. A rule that admits a link names at least port 1. */
function groupEntries(securityGroupId: string, ranges: readonly PortRange[]): readonly AllowEntry[] {
  return ranges.map(({ fromPort, toPort }) => ({
    cidrBlock: '0.0.0.0/0',
    securityGroupId,
    protocol: 'tcp',
    fromPort: Math.max(1, fromPort),
    toPort,
  }));
}

/**
 * Declared blocks whose ports cannot be determined: they name no ports, and the spec declares no target of the link.
 * These blocks open nothing, because opening all ports would allow more than was requested, for example where a spec
 * is cut off after `links:`. Entries within these blocks are kept for the same reason. Not reported where the spec is
 * only a part of the configuration (`prune: false`): its targets may be declared elsewhere.
 */
export function blocksWithoutPorts(
  { integrations }: Pick<Spec, 'integrations'>,
  { name, spec, clouds }: { readonly name: string; readonly spec: LinkSpec; readonly clouds: Clouds },
  { prune }: { readonly prune?: boolean | undefined },
): readonly string[] {
  const { allowlist = [], allowPorts = {} } = spec;
  const isCalled = Object.values(integrations).some(
    ({ link, targets }) => link === name && Object.keys(targets).length > 0,
  );
  if (isCalled || prune === false || !linkTraits(clouds, spec).plans.allowlistHasPorts) return [];

  return allowlist.filter((block) => !Object.hasOwn(allowPorts, block));
}

/** The entries to add to, and to remove from, a list so that it is exactly `wanted`, apart from fixed entries. */
export function compareEntries(
  wanted: readonly AllowEntry[],
  listed: readonly AllowEntry[],
): { readonly missing: readonly AllowEntry[]; readonly extra: readonly AllowEntry[] } {
  const has = (list: readonly AllowEntry[], key: string): boolean => list.some((entry) => entryText(entry) === key);
  return {
    missing: wanted.filter((entry) => !has(listed, entryText(entry))),
    extra: listed.filter((entry) => entry.fixed !== true && !has(wanted, entryText(entry))),
  };
}

/** An entry as text, which is also the key for comparison: `10.0.0.0/16 tcp 443`, `10.0.0.0/8 all`. */
export function entryText({ cidrBlock, securityGroupId, protocol, fromPort, toPort }: AllowEntry): string {
  if (securityGroupId !== undefined) return `${securityGroupId} ${protocol} ${rangeText({ fromPort, toPort })}`;
  if (protocol === 'all') return `${cidrBlock} all`;

  return `${cidrBlock} ${protocol} ${rangeText({ fromPort, toPort })}`;
}

/** Whether `outer` allows all that `inner` does. */
export function coversEntry(outer: AllowEntry, inner: AllowEntry): boolean {
  return (
    outer.securityGroupId === inner.securityGroupId &&
    contains(parsePrefix(outer.cidrBlock), parsePrefix(inner.cidrBlock)) &&
    (outer.protocol === 'all' ||
      (outer.protocol === inner.protocol && outer.fromPort <= inner.fromPort && inner.toPort <= outer.toPort))
  );
}

/** Whether others of the list `there` allow all that the entries `gone` do, so that nothing is cut off without them. */
export function areCovered(gone: readonly AllowEntry[], listed: readonly AllowEntry[]): boolean {
  const removed = new Set(gone.map(entryText));
  const kept = listed.filter((entry) => !removed.has(entryText(entry)));
  return gone.every((entry) => kept.some((one) => coversEntry(one, entry)));
}

/** `443`, `8000-8100`, `all ports`. */
export function rangeText({ fromPort, toPort }: PortRange): string {
  if (isAllPorts({ fromPort, toPort })) return 'all ports';

  return fromPort === toPort ? String(fromPort) : `${fromPort}-${toPort}`;
}

function isIpv6({ cidrBlock }: AllowEntry): boolean {
  return cidrBlock.includes(':');
}
