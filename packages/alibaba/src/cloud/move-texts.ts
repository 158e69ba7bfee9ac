import type { MoveTexts } from '@postern/core/internal/kinds';
import { traditional } from '../traditional/door/checks.js';

/** What reports of moves say of Alibaba Cloud. */
export const ALIBABA_MOVE_TEXTS: MoveTexts = {
  declared: { ...traditional.declared },
  /** Changes of APIs and authorizations in API Gateway. */
  remedies: {
    lead: ({ name, uses, isTarget }, where) =>
      isTarget
        ? `point the authorization ${name} to ${where} (ModifyVpcAccessAndUpdateApis)`
        : `point ${uses} to ${where}`,
    byCheck: {
      'target/intranet': ({ networkId, lead }) => `${lead(`an internal CLB instance of ${networkId ?? 'the VPC'}`)}.`,
      'target/protocol': ({ uses, isTls, lead }) =>
        `Change the scheme of ${uses} to ${isTls ? 'http' : 'https'} (VpcScheme, in the draft and by DeployApi on each stage), or ${lead(`a listener for ${isTls ? 'HTTPS' : 'HTTP'}`)}.`,
    },
  },
  /**
   * Rules of security groups, and entries of the access control lists of CLB instances. Entries of a network ACL are blocks of the list's
   * own resource, in their order.
   * @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/security_group_rule
   */
  terraform: {
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
  },
};
