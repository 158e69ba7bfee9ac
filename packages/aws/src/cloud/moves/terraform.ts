import type { TerraformOfLists } from '@postern/core/kinds';

/**
 * Rules of security groups and entries of network ACLs.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule
 */
export const AWS_TERRAFORM: TerraformOfLists = {
  rule: ({ id, direction, port, peer }) => ({
    type: `aws_vpc_security_group_${direction === 'in' ? 'ingress' : 'egress'}_rule`,
    called: [id, direction, port, peer],
    members: [
      ['security_group_id', id],
      ['ip_protocol', 'tcp'],
      ['from_port', port],
      ['to_port', port],
      [peer.startsWith('sg-') ? 'referenced_security_group_id' : peer.includes(':') ? 'cidr_ipv6' : 'cidr_ipv4', peer],
    ],
  }),
  aclEntry: ({ acl, direction, ports: [first, last], peer, before, number }) =>
    number === undefined
      ? {
          note: `${acl} has no free number before ${before ?? 'the entry that denies all'}: renumber its entries first`,
        }
      : {
          type: 'aws_network_acl_rule',
          called: [acl, direction, first, peer],
          members: [
            ['network_acl_id', acl],
            ['rule_number', number],
            ['egress', direction === 'out'],
            ['protocol', 'tcp'],
            ['rule_action', 'allow'],
            [peer.includes(':') ? 'ipv6_cidr_block' : 'cidr_block', peer],
            ['from_port', first],
            ['to_port', last],
          ],
        },
};
