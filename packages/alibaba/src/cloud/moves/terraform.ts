import type { TerraformOfLists } from '@postern/core/kinds';

/**
 * Rules of security groups, and entries of the access control lists of CLB instances. Entries of a network ACL are blocks of the list's
 * own resource, in their order.
 * @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/security_group_rule
 */
export const ALIBABA_TERRAFORM: TerraformOfLists = {
  rule: ({ id, direction, port, peer, priority }) => ({
    type: 'alicloud_security_group_rule',
    called: [id, direction, port, peer],
    members: [
      ['security_group_id', id],
      ['type', direction === 'in' ? 'ingress' : 'egress'],
      ['nic_type', 'intranet'],
      ['policy', 'accept'],
      ['priority', priority],
      ['ip_protocol', 'tcp'],
      ['port_range', `${port}/${port}`],
      [peer.startsWith('sg-') ? 'source_security_group_id' : peer.includes(':') ? 'ipv6_cidr_ip' : 'cidr_ip', peer],
    ],
  }),
  aclEntry: ({ acl, direction, ports: [first, last], peer, number }) => {
    const [way, end] = direction === 'in' ? ['ingress', 'source'] : ['egress', 'destination'];
    return {
      note: `in the alicloud_network_acl of ${acl}, as entry ${number ?? 1} of ${way}_acl_entries`,
      block: {
        name: `${way}_acl_entries`,
        members: [
          ['policy', 'accept'],
          ['protocol', 'tcp'],
          ['port', `${first}/${last}`],
          [`${end}_cidr_ip`, peer],
        ],
      },
    };
  },
  listEntry: (list, block) => ({
    type: 'alicloud_slb_acl_entry_attachment',
    called: [list, block],
    members: [
      ['acl_id', list],
      ['entry', block],
    ],
  }),
};
