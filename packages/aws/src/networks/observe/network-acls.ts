import { ALL_PORTS, MAX_PORT, type Gaps, type CallContext } from '@postern/core/internal/adapter';
import type { NetworkAcl, NetworkAclEntry } from '@postern/core/internal/snapshot';
import type { NetworkAclEntryOutput, NetworkAclOutput } from '../../sdk-types.js';
import { listAll } from '../../client/list-all.js';
import { protocolOf } from '../security-group.js';
import { plain, type Session } from '../../client/session.js';

/** Network ACLs, and which one holds for a subnet. */
export interface ObservedNetworkAcls {
  readonly networkAcls: readonly NetworkAcl[];
  /** Every subnet has one; `undefined` where it was not read. */
  readonly aclOf: (subnetId: string) => string | undefined;
}

/** All network ACLs of the region. `undefined` for a gap. */
export async function observeNetworkAcls(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedNetworkAcls | undefined> {
  const acls = await gaps.attempt({ what: 'network ACLs', of: 'networkAcls' }, () =>
    listAll(session, ctx, 'network ACLs', 'ec2', 'DescribeNetworkAcls'),
  );
  if (acls === undefined) return undefined;

  const bySubnet = new Map(
    acls.flatMap(({ NetworkAclId, Associations = [] }) =>
      Associations.flatMap(({ SubnetId }) => (SubnetId === undefined ? [] : [[SubnetId, NetworkAclId] as const])),
    ),
  );
  const networkAcls = acls.flatMap((acl): readonly NetworkAcl[] => {
    const { NetworkAclId: id, Entries = [] } = acl;
    const odd = Entries.find(({ RuleAction = '' }) => !ACTIONS.has(RuleAction));
    if (odd === undefined) return [toNetworkAcl(acl)];

    const about = { of: 'networkAcls', noun: 'network ACL', member: 'rule action' } as const;
    gaps.undocumented({ ...about, id, word: odd.RuleAction, operation: 'DescribeNetworkAcls' });
    return [];
  });
  return { networkAcls, aclOf: (subnetId) => bySubnet.get(subnetId) };
}

/**
 * From this number on an entry is the cloud's own last rule, which denies what no other rule matches: 32767
 * for IPv4, 32768 for IPv6. The model contains it without an entry.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
const IMPLICIT = 32_767;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html (ruleAction) */
const ACTIONS: ReadonlySet<string> = new Set(['allow', 'deny']);

function toNetworkAcl(acl: NetworkAclOutput): NetworkAcl {
  return {
    id: acl.NetworkAclId,
    networkId: acl.VpcId,
    entries: (acl.Entries ?? [])
      .filter(({ RuleNumber = 0 }) => RuleNumber < IMPLICIT)
      .map(toEntry)
      .toSorted((a, b) => (a.direction === b.direction ? a.order - b.order : a.direction === 'in' ? -1 : 1)),
    raw: plain(acl),
  };
}

function toEntry(entry: NetworkAclEntryOutput): NetworkAclEntry {
  const protocol = protocolOf(entry.Protocol);
  return {
    direction: entry.Egress === true ? 'out' : 'in',
    order: entry.RuleNumber ?? 0,
    action: entry.RuleAction === 'allow' ? 'allow' : 'deny',
    protocol,
    ...portsOf(protocol, entry),
    cidrBlock: entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '',
  };
}

/** For ICMP the type and code replace the ports, as in security groups; -1 is any. */
function portsOf(protocol: string, { PortRange, IcmpTypeCode }: NetworkAclEntryOutput) {
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    return { fromPort: IcmpTypeCode?.Type ?? -1, toPort: IcmpTypeCode?.Code ?? -1 };
  }
  if (protocol === 'all') return ALL_PORTS;

  return { fromPort: PortRange?.From ?? 0, toPort: PortRange?.To ?? MAX_PORT };
}
