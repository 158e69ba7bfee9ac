import type { LinkKindTraits } from '../../do/kinds/link/link-traits.js';
import { mergedRanges } from '../../do/allowlist/allow-entries.js';
import type { PortRange } from '../../do/model/allowlist.js';
import type { LinkKind } from '../../do/model/link.js';
import type { LinkSpec } from '../../do/spec.js';
import { blockOf, canonicalBlocks } from '../check/check-parts.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedAllow } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/source-node.js';

/**
 * An allowlist as blocks, and the ports of blocks with their own ports. Such a block is listed once, and its
 * ports are one list. Accessible blocks of Alibaba Cloud have no ports.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instance
 */
export function resolveAllowlist(
  entries: readonly CheckedAllow[],
  kind: LinkKind,
  { allowlist: of }: LinkKindTraits,
  path: KeyPath,
  problems: Problem[],
): Pick<LinkSpec, 'allowlist' | 'allowPorts' | 'allowGroups'> {
  if (refuseOthers(entries, kind, of === 'backend groups', path, problems)) return { allowlist: [] };
  if (of === 'backend groups') return { allowlist: [], allowGroups: groupsOf(entries) };

  const allowlist = canonicalBlocks(entries.map(blockOf), path, problems, (at) =>
    typeof entries[at] === 'string' ? [] : ['cidr'],
  );
  const hasPorts = of === 'security group';
  const allowPorts: Record<string, readonly PortRange[]> = {};
  for (const [at, entry] of entries.entries()) {
    if (typeof entry === 'string' || 'group' in entry) continue;

    const block = allowlist[at] ?? entry.cidr;
    if (!hasPorts) {
      problems.push({
        code: 'UNSUPPORTED',
        message: `${block} has ports, but accessible blocks of an instance do not support ports`,
        remedy: `Write ${block} alone, and allow the ports in the security group of the backend.`,
        path: [...path, at, 'ports'],
      });
    } else if (allowlist.filter((one) => one === block).length > 1 && !(block in allowPorts)) {
      problems.push({
        code: 'CIDR_REDUNDANT',
        message: `${block} is listed more than once`,
        remedy: 'Write it once, with all of its ports.',
        path: [...path, at],
      });
    }
    allowPorts[block] = mergedRanges(entry.ports.map(rangeOf));
  }
  return Object.keys(allowPorts).length === 0 ? { allowlist } : { allowlist, allowPorts };
}

/** Entries of another kind of list than links of this kind have: blocks, or groups. */
function refuseOthers(
  entries: readonly CheckedAllow[],
  kind: LinkKind,
  wantsGroups: boolean,
  path: KeyPath,
  problems: Problem[],
): boolean {
  const wrong = entries.flatMap((entry, at) =>
    (typeof entry !== 'string' && 'group' in entry) === wantsGroups ? [] : [at],
  );
  for (const at of wrong) {
    problems.push({
      code: 'UNSUPPORTED',
      message: wantsGroups
        ? `a ${kind} has no list of blocks: routes, network ACLs and security groups decide what it reaches`
        : `the allowlist of a ${kind} holds blocks, not security groups`,
      remedy: wantsGroups
        ? 'Write the security groups of the backends that shall admit it: { group: sg-…, ports: [8080] }.'
        : 'Write CIDR blocks.',
      path: [...path, at],
    });
  }
  return wrong.length > 0;
}

/** The groups with their ports; of one that is written twice all ports. */
function groupsOf(entries: readonly CheckedAllow[]): Record<string, readonly PortRange[]> {
  const groups = new Map<string, PortRange[]>();
  for (const entry of entries) {
    if (typeof entry === 'string' || !('group' in entry)) continue;

    groups.set(entry.group, [...(groups.get(entry.group) ?? []), ...(entry.ports ?? []).map(rangeOf)]);
  }
  return Object.fromEntries([...groups].map(([id, ranges]) => [id, mergedRanges(ranges)]));
}

function rangeOf(port: number | string): PortRange {
  const [from, to = from] = String(port).split('-').map(Number);
  return { fromPort: from ?? 0, toPort: to ?? 0 };
}
