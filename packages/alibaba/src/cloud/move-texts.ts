import type { MoveTexts } from '@postern/core/kinds';

/** What reports of moves say of Alibaba Cloud. */
export const ALIBABA_MOVE_TEXTS: MoveTexts = {
  declared: {
    /**
     * An API group. Its instance is a property that forces a replacement in Terraform and Pulumi, and that ROS cannot change.
     * @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/api_gateway_group
     * @see https://www.alibabacloud.com/help/doc-detail/61467.htm
     */
    'api-group': {
      undone: ({ gateway, old }) =>
        `if Terraform or Pulumi declares ${gateway} on ${old}, the next run destroys the group and creates another one`,
      check: 'Check that a plan replaces nothing.',
      edits: ({ gateway, old, next }) => [
        {
          kind: 'Terraform',
          id: 'alicloud_api_gateway_group',
          text: `instance_id = ${JSON.stringify(old)} → instance_id = ${JSON.stringify(next)} on the resource whose id is ${gateway}; keep lifecycle { prevent_destroy = true } on it; then terraform plan must report "No changes"`,
        },
        {
          kind: 'Pulumi',
          id: 'alicloud.apigateway.Group',
          text: `instanceId: ${JSON.stringify(old)} → instanceId: ${JSON.stringify(next)} with { protect: true }; then pulumi refresh, and pulumi preview must show no replacement`,
        },
        {
          kind: 'ROS',
          id: 'ALIYUN::ApiGateway::Group',
          text: `leave "InstanceId": ${JSON.stringify(old)} as it is (it cannot be updated) and add "DeletionPolicy": "Retain"`,
        },
      ],
    },
  },
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
