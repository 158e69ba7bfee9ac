import {
  amount,
  isChanged,
  resource,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
} from '@postern/core/internal/overlay';
import { listed, nameOf, policyOf, unnoticed } from './calls.js';

/** The action on a rule: rules of each direction have their own. */
const actionOf = (values: ActValues, action: string): string =>
  `Ecs.${action}SecurityGroup${word(values['type']) === 'egress' ? 'Egress' : ''}`;

/** A rule; one that names nothing is for all addresses. */
function ruleOf(values: ActValues): Input {
  const side = word(values['type']) === 'egress' ? 'Dest' : 'Source';
  const peer: Input = {
    [`Ipv6${side}CidrIp`]: word(values['ipv6_cidr_ip']),
    [`${side}GroupId`]: word(values['source_security_group_id']),
    [`${side}GroupOwnerId`]: amount(values['source_group_owner_account']),
    [`${side}PrefixListId`]: word(values['prefix_list_id']),
  };
  const isNamed = Object.values(peer).some((one) => one !== undefined);
  return {
    SecurityGroupId: word(values['security_group_id']),
    IpProtocol: word(values['ip_protocol']),
    PortRange: word(values['port_range']) ?? '-1/-1',
    Policy: policyOf(values) ?? 'accept',
    Priority: word(values['priority']) ?? '1',
    ...peer,
    [`${side}CidrIp`]: word(values['cidr_ip']) ?? (isNamed ? undefined : '0.0.0.0/0'),
  };
}

function setPolicy(SecurityGroupId: unknown, before: ActValues, values: ActValues, caller: Caller): void {
  const InnerAccessPolicy = listed(values['inner_access_policy'], ['Accept', 'Drop', 'accept', 'drop']);
  if (isChanged(before, values, 'inner_access_policy'))
    caller.call('Ecs.ModifySecurityGroupPolicy', { SecurityGroupId, InnerAccessPolicy });
}

/** Security groups and their rules. */
export const securityGroupActs: Readonly<Record<string, Act>> = {
  alicloud_security_group: resource('Ecs.CreateSecurityGroup', 'SecurityGroupId', 'Ecs.DeleteSecurityGroup', {
    input: (input, values) => ({
      ...input,
      SecurityGroupName: nameOf(values, 'security_group_name'),
      SecurityGroupType: listed(values['security_group_type'], ['normal', 'enterprise']),
    }),
    after: (values, { id }, caller) => setPolicy(id, {}, values, caller),
    update: (before, values, caller) => setPolicy(before['id'], before, values, caller),
  }),
  alicloud_security_group_rule: {
    create: (values, caller) => {
      const rule = ruleOf(values);
      caller.call(actionOf(values, 'Authorize'), rule);
      return { id: Object.values(rule).join(':') };
    },
    update: unnoticed,
    remove: (before, caller) => void caller.call(actionOf(before, 'Revoke'), ruleOf(before)),
    owners: ['security_group_id'],
  },
};
