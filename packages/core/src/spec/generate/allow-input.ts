import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { mergedRanges, portRanges, rangeText } from '../../do/allowlist/allow-entries.js';
import { calledPorts } from '../../do/allowlist/called-ports.js';
import type { AllowEntry, PortRange } from '../../do/model/allowlist.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import type { SpecInput } from '../schema/spec-schema.js';

type AllowInput = NonNullable<NonNullable<SpecInput['links']>[string]['allowlist']>[number];

/**
 * The entries of a link's allowlist in the form of a spec: with ports where they differ from those of the
 * link's targets.
 */
export function allowInput(
  region: RegionSnapshot,
  clouds: Clouds,
  linkId: string,
  entries: readonly AllowEntry[],
): AllowInput[] {
  const groups = groupInput(entries);
  if (groups.length > 0) return groups;
  const { allowlistHasPorts } = clouds.linkOf(region).plans;
  const usual = allowlistHasPorts ? targetPorts(region, linkId) : undefined;
  const byBlock = new Map<string, AllowEntry[]>();
  for (const entry of entries) {
    if (entry.fixed !== true) byBlock.set(entry.cidrBlock, [...(byBlock.get(entry.cidrBlock) ?? []), entry]);
  }
  return [...byBlock].map(([cidr, own]) => {
    const ranges = mergedRanges(own);
    // Where the ports of targets are not known, those of the entry are written.
    const isUsual = !allowlistHasPorts || textOf(ranges) === usual || own.some(({ protocol }) => protocol !== 'tcp');
    if (isUsual || ranges.some(({ fromPort }) => fromPort < 1)) return cidr;
    return {
      cidr,
      ports: ranges.map((range) => (range.fromPort === range.toPort ? range.fromPort : rangeText(range))),
    };
  });
}

/** The security groups that admit a link, with their ports. */
function groupInput(entries: readonly AllowEntry[]): AllowInput[] {
  const byGroup = new Map<string, AllowEntry[]>();
  for (const entry of entries) {
    const { securityGroupId: id, fixed } = entry;
    if (id !== undefined && fixed !== true) byGroup.set(id, [...(byGroup.get(id) ?? []), entry]);
  }
  return [...byGroup].map(([group, own]) => ({ group, ports: mergedRanges(own).map(portInput) }));
}

function portInput(range: PortRange): number | string {
  return range.fromPort === range.toPort ? range.fromPort : `${range.fromPort}-${range.toPort}`;
}

/** The ports that a plan gives entries without any. Undefined where a target of the link was not read. */
function targetPorts(region: RegionSnapshot, linkId: string): string | undefined {
  const ids = region.gateways.flatMap(({ routes }) => routes.filter((route) => route.linkId === linkId));
  const targets = ids.map(({ targetId }) => region.targets.find(({ id }) => id === targetId));
  if (targets.includes(undefined)) return undefined;
  const ports = targets.flatMap((target): readonly (number | undefined)[] => {
    const called = calledPorts(region, { target });
    return 'ports' in called ? called.ports : [undefined];
  });
  return textOf(portRanges(ports));
}

function textOf(ranges: ReturnType<typeof mergedRanges>): string {
  return ranges.map(rangeText).join(' ');
}
