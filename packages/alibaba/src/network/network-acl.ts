import { ALL_PORTS, type Gaps, type CallContext } from '@postern/core/internal/adapter';
import type { NetworkAcl, NetworkAclEntry } from '@postern/core/internal/snapshot';
import { listAll, type Listed } from '../client/lists.js';
import { plain, isWord } from '../client/plain.js';
import type { Session } from '../client/session.js';

type AclOutput = Listed<'Vpc', 'DescribeNetworkAcls'>;

/**
 * Addresses that an ACL always allows: DNS and metadata.
 * @see https://www.alibabacloud.com/help/en/vpc/user-guide/network-acl-overview
 */
const EXEMPT = ['100.100.2.128/28', '100.100.2.112/28', '100.100.100.200/32'] as const;

/** All network ACLs of the region, their entries included. */
export async function listNetworkAcls(session: Session, gaps: Gaps, ctx: CallContext): Promise<readonly NetworkAcl[]> {
  const rows = await listAll(session, ctx, 'network ACLs', 'Vpc', 'DescribeNetworkAcls');
  return rows
    .filter((row) => isDocumented(row, gaps))
    .map((row) => ({
      id: row.NetworkAclId,
      networkId: row.VpcId,
      entries: [
        ...(row.IngressAclEntries?.IngressAclEntry ?? []).map((entry, index) =>
          toEntry('in', index, { ...entry, block: entry.SourceCidrIp }),
        ),
        ...(row.EgressAclEntries?.EgressAclEntry ?? []).map((entry, index) =>
          toEntry('out', index, { ...entry, block: entry.DestinationCidrIp }),
        ),
      ],
      exempt: [...EXEMPT],
      raw: plain(row),
    }));
}

/** Whether each entry has a policy that is documented: the list has no ACL without. */
function isDocumented({ NetworkAclId: id, IngressAclEntries, EgressAclEntries }: AclOutput, gaps: Gaps): boolean {
  const entries = [...(IngressAclEntries?.IngressAclEntry ?? []), ...(EgressAclEntries?.EgressAclEntry ?? [])];
  const odd = entries.find(({ Policy = '' }) => !/^(?:accept|drop)$/i.test(Policy));
  if (odd === undefined) return true;

  const about = { of: 'networkAcls', noun: 'network ACL', member: 'policy' } as const;
  gaps.undocumented({ ...about, id, word: odd.Policy, operation: 'DescribeNetworkAcls' });
  return false;
}

interface EntryOutput {
  readonly NetworkAclEntryId?: string | undefined;
  readonly Policy?: string | undefined;
  readonly Port?: string | undefined;
  readonly Protocol?: string | undefined;
  readonly block: string | undefined;
}

/** Entries are listed in their order of evaluation, and have no numbers of their own. */
function toEntry(direction: 'in' | 'out', index: number, entry: EntryOutput): NetworkAclEntry {
  return {
    direction,
    order: index + 1,
    action: isWord(entry.Policy, 'accept') ? 'allow' : 'deny',
    protocol: (entry.Protocol ?? 'all').toLowerCase(),
    ...portsOf(entry.Port),
    cidrBlock: entry.block ?? '',
    id: entry.NetworkAclEntryId || undefined,
  };
}

/** The ports of a range as VPC and ECS write it: `80/80`; `-1/-1` and nothing for all. */
export function portsOf(range: string | undefined): { readonly fromPort: number; readonly toPort: number } {
  const [from = -1, to = -1] = (range || '-1/-1').split('/').map(Number);
  return from < 0 || !Number.isInteger(from) || !Number.isInteger(to) ? ALL_PORTS : { fromPort: from, toPort: to };
}
