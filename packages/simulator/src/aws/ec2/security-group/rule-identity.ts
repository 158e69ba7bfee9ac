import type { RuleFields, SecurityGroupRow, SecurityGroupRuleRow, Ec2State } from '../state.js';
import type { TagRow } from '../../state/given.js';
import type { Birthplace } from '../birthplace.js';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { invalidValue } from '../request/text-rules.js';
import { hasPorts } from '../network-acl/network-acl.js';
import { rulesOf } from './security-group-rules.js';

/** Every protocol, every port, to or from nowhere yet. */
const EVERYTHING = { IpProtocol: '-1', FromPort: -1, ToPort: -1 };

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
  addRule(place, row, { ...EVERYTHING, IsEgress: true, CidrIpv4: '0.0.0.0/0' }, {});
  const hasIpv6 = (place.ec2.vpcs.get(row.vpcId)?.ipv6CidrBlocks.length ?? 0) > 0;
  if (hasIpv6) addRule(place, row, { ...EVERYTHING, IsEgress: true, CidrIpv6: '::/0' }, {});
  if (row.name === 'default') {
    const ReferencedGroupInfo = { GroupId: row.id, UserId: row.ownerId };
    addRule(place, row, { ...EVERYTHING, IsEgress: false, ReferencedGroupInfo }, {});
  }
  return row;
}

/** Adds a rule to a group. The caller has checked it. */
export function addRule(
  place: Birthplace,
  group: SecurityGroupRow,
  fields: RuleFields,
  tags: TagRow,
): SecurityGroupRuleRow {
  const row: SecurityGroupRuleRow = {
    id: place.id('sgr-'),
    groupId: group.id,
    ownerId: group.ownerId,
    fields,
    tags: { ...tags },
  };
  place.ec2.securityGroupRules.set(row.id, row);
  return row;
}

/** Two rules with one key let the same traffic pass; their descriptions do not count. */
export function ruleKey(rule: RuleFields): string {
  const { IsEgress, IpProtocol, FromPort, ToPort } = rule;
  return [IsEgress ? 'out' : 'in', IpProtocol, FromPort, ToPort, peerOf(rule)].join(' ');
}

function peerOf(rule: RuleFields): string {
  return rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? '';
}

/**
 * Refuses rules that the group has, and rules that occur twice in one request.
 * @throws {ServiceError} `InvalidPermission.Duplicate`, `InvalidParameterValue`.
 */
export function checkNew(ec2: Ec2State, group: SecurityGroupRow, added: readonly RuleFields[]): void {
  const keys = new Set(added.map(ruleKey));
  if (keys.size < added.length) throw invalidValue('The same permission must not appear multiple times');

  for (const { fields } of rulesOf(ec2, group.id)) {
    if (keys.has(ruleKey(fields))) throw duplicate(fields);
  }
}

/** `the specified rule "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW" already exists` */
export function duplicate(rule: RuleFields): ServiceError {
  const protocol = rule.IpProtocol === '-1' ? 'ALL' : rule.IpProtocol.toUpperCase();
  const ports = hasPorts(rule.IpProtocol) ? `, from port: ${rule.FromPort}, to port: ${rule.ToPort}` : '';
  return new ServiceError(
    'InvalidPermission.Duplicate',
    `the specified rule "peer: ${peerOf(rule)}, ${protocol}${ports}, ALLOW" already exists`,
  );
}

/**
 * Rules are counted by direction, IPv4 and IPv6 apart. A rule that names a group counts in both; one that names a prefix
 * list counts as many as the list has room for.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 * @throws {ServiceError} `RulesPerSecurityGroupLimitExceeded`.
 */
export function checkRuleCount(call: AwsCall, rules: readonly RuleFields[]): void {
  const most = call.quota('rules-per-security-group');
  for (const egress of [false, true]) {
    let ipv4 = 0;
    let ipv6 = 0;
    for (const rule of rules) {
      if (rule.IsEgress !== egress) continue;

      const list = call.state.ec2.prefixLists.get(rule.PrefixListId ?? '');
      const weight = list?.fields.MaxEntries ?? 1;
      if (rule.CidrIpv6 === undefined && list?.fields.AddressFamily !== 'IPv6') ipv4 += weight;
      if (rule.CidrIpv4 === undefined && list?.fields.AddressFamily !== 'IPv4') ipv6 += weight;
    }
    if (Math.max(ipv4, ipv6) > most) {
      throw new ServiceError(
        'RulesPerSecurityGroupLimitExceeded',
        'The maximum number of rules per security group has been reached.',
      );
    }
  }
}
