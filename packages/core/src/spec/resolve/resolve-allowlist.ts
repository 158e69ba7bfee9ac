import { linkTraits } from '../../do/kinds/link/link-traits.js';
import { mergedRanges } from '../../do/allowlist/allow-entries.js';
import type { PortRange } from '../../do/model/allowlist.js';
import type { LinkSpec } from '../../do/model/spec.js';
import { blockOf, canonicalBlocks } from '../check/check-blocks.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedAllow, CheckedLink } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/plain-value.js';

/**
 * An allowlist as blocks, and the ports of blocks with their own ports. Such a block is listed once, and its
 * ports are one list. Accessible blocks of Alibaba Cloud have no ports.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instance
 */
export function resolveAllowlist(
  entries: readonly CheckedAllow[],
  provider: CheckedLink['provider'],
  path: KeyPath,
  problems: Problem[],
): Pick<LinkSpec, 'allowlist' | 'allowPorts'> {
  const allowlist = canonicalBlocks(entries.map(blockOf), path, problems, (at) =>
    typeof entries[at] === 'string' ? [] : ['cidr'],
  );
  const hasPorts = linkTraits(undefined, provider).allowlist === 'security group';
  const allowPorts: Record<string, readonly PortRange[]> = {};
  for (const [at, entry] of entries.entries()) {
    if (typeof entry === 'string') continue;
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

function rangeOf(port: number | string): PortRange {
  const [from, to = from] = String(port).split('-').map(Number);
  return { fromPort: from ?? 0, toPort: to ?? 0 };
}
