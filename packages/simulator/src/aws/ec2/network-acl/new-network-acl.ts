import type { NetworkAclEntryRow, NetworkAclRow } from '../state.js';
import type { TagRow } from '../../state/tag-row.js';
import type { Birthplace } from '../birthplace.js';

/** The last rule of every list. It cannot be changed, and denies what no other rule allows. */
const LAST_RULE = 32_767;

/** The last rule of the IPv6 half. */
export const LAST_IPV6_RULE = 32_768;
const FIRST_RULE = 100;
const FIRST_IPV6_RULE = 101;

const entry = (
  RuleNumber: number,
  Egress: boolean,
  RuleAction: 'allow' | 'deny',
  everywhere: Pick<NetworkAclEntryRow, 'CidrBlock' | 'Ipv6CidrBlock'>,
): NetworkAclEntryRow => ({ RuleNumber, Egress, Protocol: '-1', RuleAction, ...everywhere });

/** The rules that end a list for IPv6; a VPC's lists have them once it has an IPv6 block. */
function lastIpv6Entries(): NetworkAclEntryRow[] {
  return [true, false].map((egress) => entry(LAST_IPV6_RULE, egress, 'deny', { Ipv6CidrBlock: '::/0' }));
}

/**
 * The entries that a VPC's list gets with the VPC's first IPv6 block: the last rules, and for an unchanged
 * default list also the rules that allow everything.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
export function firstIpv6Entries(acl: Pick<NetworkAclRow, 'isDefault' | 'entries'>): NetworkAclEntryRow[] {
  const everywhere = { Ipv6CidrBlock: '::/0' };
  const untouched = [true, false].filter((egress) => {
    const [first, ...more] = acl.entries.filter((row) => row.Egress === egress && row.RuleNumber < LAST_RULE);
    return acl.isDefault && more.length === 0 && first?.RuleNumber === FIRST_RULE && first.RuleAction === 'allow';
  });
  return [...untouched.map((egress) => entry(FIRST_IPV6_RULE, egress, 'allow', everywhere)), ...lastIpv6Entries()];
}

/**
 * Makes a network ACL. A VPC's default one lets everything pass (rules 100 and 101), one of the user's own nothing.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
export function newNetworkAcl(place: Birthplace, vpcId: string, isDefault: boolean, tags: TagRow): NetworkAclRow {
  const everywhere = { CidrBlock: '0.0.0.0/0' };
  const entries = [true, false].flatMap((egress) => [
    ...(isDefault ? [entry(FIRST_RULE, egress, 'allow', everywhere)] : []),
    entry(LAST_RULE, egress, 'deny', everywhere),
  ]);
  if ((place.ec2.vpcs.get(vpcId)?.ipv6CidrBlocks.length ?? 0) > 0)
    entries.push(...firstIpv6Entries({ isDefault, entries }));
  const row: NetworkAclRow = {
    id: place.id('acl-'),
    vpcId,
    ownerId: place.account,
    isDefault,
    entries,
    associations: [],
    tags,
  };
  place.ec2.networkAcls.set(row.id, row);
  return row;
}
