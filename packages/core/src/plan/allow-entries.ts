import { minimalCover } from '../cidr/minimal-cover.js';
import { formatPrefix, parsePrefix } from '../cidr/prefix.js';
import { InvalidInputError, type SourcePlace } from '../errors.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { Target, TargetRef } from '../model/target.js';
import type { PlanTraits } from '../snapshot/snapshot.js';

/**
 * Rules that one security group holds in one direction, IPv4 and IPv6 counted apart.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export const MAX_ALLOW_ENTRIES = 60;

/** A range of ports, both ends included. */
export interface PortRange {
  readonly fromPort: number;
  readonly toPort: number;
}

/** Every port: what a target needs whose port is not known, such as a Cloud Map service. */
const ALL_PORTS: PortRange = { fromPort: 0, toPort: 65_535 };

/** The ports as few ranges: `[80, 81, 443]` becomes 80–81 and 443. An unknown port makes it all ports, and so does none at all. */
export function portRanges(ports: readonly (number | undefined)[]): readonly PortRange[] {
  const known = ports.filter((port) => port !== undefined);
  if (known.length === 0 || known.length < ports.length) return [ALL_PORTS];
  const ranges: PortRange[] = [];
  for (const port of [...new Set(known)].toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last.toPort + 1 === port) ranges[ranges.length - 1] = { ...last, toPort: port };
    else ranges.push({ fromPort: port, toPort: port });
  }
  return ranges;
}

/**
 * The entries for declared blocks: their minimal cover, each with every range of ports, over TCP.
 * @throws {InvalidInputError} `INVALID_PREFIX`, `ALLOWLIST_FULL`
 */
export function allowEntries(
  cidrBlocks: readonly string[],
  ports: readonly PortRange[],
  place?: SourcePlace,
): readonly AllowEntry[] {
  const cover = minimalCover(cidrBlocks.map(parsePrefix)).map(formatPrefix);
  const entries = cover.flatMap((cidrBlock) =>
    ports.map((range) => ({ cidrBlock, protocol: 'tcp' as const, ...range })),
  );
  for (const family of [entries.filter(isIpv6), entries.filter((entry) => !isIpv6(entry))]) {
    if (family.length <= MAX_ALLOW_ENTRIES) continue;
    const blocks = family.length / ports.length;
    throw new InvalidInputError(
      'ALLOWLIST_FULL',
      `the allowlist needs ${family.length} rules (${blocks} blocks × ${ports.length} ranges of ports), a security group holds ${MAX_ALLOW_ENTRIES}`,
      {
        place,
        remedy: 'Merge blocks into larger ones, or use fewer ports.',
        details: { needed: family.length, limit: MAX_ALLOW_ENTRIES },
      },
    );
  }
  return entries;
}

/**
 * The entries for declared blocks on a cloud that knows no ports there: each block once, as it is. They are not merged: a
 * block that came with the link could vanish in a larger one.
 * @throws {InvalidInputError} `INVALID_PREFIX`
 */
export function blockEntries(cidrBlocks: readonly string[]): readonly AllowEntry[] {
  const blocks = new Set(cidrBlocks.map((block) => formatPrefix(parsePrefix(block))));
  return [...blocks].map((cidrBlock) => ({ cidrBlock, protocol: 'all' as const, ...ALL_PORTS }));
}

/** A target as far as an allowlist goes: the port that it is called on, by what it is or by what the spec says. */
export interface CalledTarget {
  readonly target?: Pick<Target, 'port'> | undefined;
  readonly spec: { readonly ref: TargetRef };
}

/**
 * What the allowlist of a link has to hold: for each declared block the ports of the targets that it leads to, where the cloud
 * knows ports there.
 * @throws {InvalidInputError} `INVALID_PREFIX`, `ALLOWLIST_FULL`
 */
export function linkEntries(
  cidrBlocks: readonly string[],
  targets: readonly CalledTarget[],
  { allowlistHasPorts }: Pick<PlanTraits, 'allowlistHasPorts'>,
  place?: SourcePlace,
): readonly AllowEntry[] {
  if (!allowlistHasPorts) return blockEntries(cidrBlocks);
  const ports = targets.map(({ target, spec: { ref } }) => target?.port ?? ('port' in ref ? ref.port : undefined));
  return allowEntries(cidrBlocks, portRanges(ports), place);
}

/** What to add to, and what to remove from, a list so that it is exactly `wanted`, beside what is fixed. */
export function compareEntries(
  wanted: readonly AllowEntry[],
  there: readonly AllowEntry[],
): { readonly missing: readonly AllowEntry[]; readonly extra: readonly AllowEntry[] } {
  const has = (list: readonly AllowEntry[], key: string): boolean => list.some((entry) => entryText(entry) === key);
  return {
    missing: wanted.filter((entry) => !has(there, entryText(entry))),
    extra: there.filter((entry) => entry.fixed !== true && !has(wanted, entryText(entry))),
  };
}

/** An entry in words, and what two entries are compared by: `10.0.0.0/16 tcp 443`, `10.0.0.0/8 all`. */
export function entryText({ cidrBlock, protocol, fromPort, toPort }: AllowEntry): string {
  if (protocol === 'all') return `${cidrBlock} all`;
  return `${cidrBlock} ${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
}

function isIpv6({ cidrBlock }: AllowEntry): boolean {
  return cidrBlock.includes(':');
}
