import type { SecurityGroupRow, SecurityGroupRuleRow } from '../state.js';
import type { TagRow } from '../../state/tag-row.js';
import type { Birthplace } from '../birthplace.js';

/** A rule without its id, group and tags. */
export type RuleContent = Omit<SecurityGroupRuleRow, 'id' | 'groupId' | 'ownerId' | 'tags'>;

/** Every protocol, every port, to or from nowhere yet. */
const EVERYTHING = {
  protocol: '-1',
  fromPort: -1,
  toPort: -1,
  cidrIpv4: undefined,
  cidrIpv6: undefined,
  prefixListId: undefined,
  referencedGroupId: undefined,
  referencedGroupOwnerId: undefined,
  description: undefined,
};

/**
 * Makes a security group. It lets everything out and nothing in; a VPC's default group lets its own members in.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
 */
export function newSecurityGroup(
  place: Birthplace,
  wanted: { readonly vpcId: string; readonly name: string; readonly description: string; readonly tags: TagRow },
): SecurityGroupRow {
  const row: SecurityGroupRow = { id: place.id('sg-'), ownerId: place.account, ...wanted };
  place.ec2.securityGroups.set(row.id, row);
  addRule(place, row, { ...EVERYTHING, egress: true, cidrIpv4: '0.0.0.0/0' }, {});
  const hasIpv6 = (place.ec2.vpcs.get(row.vpcId)?.ipv6CidrBlocks.length ?? 0) > 0;
  if (hasIpv6) addRule(place, row, { ...EVERYTHING, egress: true, cidrIpv6: '::/0' }, {});
  if (row.name === 'default') {
    const ownMembers = { referencedGroupId: row.id, referencedGroupOwnerId: row.ownerId };
    addRule(place, row, { ...EVERYTHING, egress: false, ...ownMembers }, {});
  }
  return row;
}

/** Adds a rule to a group. The caller has checked it. */
export function addRule(
  place: Birthplace,
  group: SecurityGroupRow,
  content: RuleContent,
  tags: TagRow,
): SecurityGroupRuleRow {
  const row: SecurityGroupRuleRow = {
    id: place.id('sgr-'),
    groupId: group.id,
    ownerId: group.ownerId,
    ...content,
    tags: { ...tags },
  };
  place.ec2.securityGroupRules.set(row.id, row);
  return row;
}
