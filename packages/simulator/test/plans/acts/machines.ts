import { row, type ActedResource } from './row.js';

/** What filters and what is filtered: groups, ACLs, interfaces and machines. */
export const machines: readonly ActedResource[] = [
  row(
    'aws_security_group',
    (of) => ({
      name: 'shop',
      vpc_id: of('aws_vpc')['id'],
      ingress: [{ protocol: 'tcp', from_port: 80, to_port: 80, cidr_blocks: ['10.0.0.0/16'], self: true }],
      egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }],
    }),
    'RevokeSecurityGroupIngress AuthorizeSecurityGroupIngress',
    { ingress: [{ protocol: 'tcp', from_port: 81, to_port: 81, cidr_blocks: ['10.0.0.0/16'], self: false }] },
  ),
  row('aws_default_security_group', (of) => ({ vpc_id: of('aws_vpc')['id'] }), 'AuthorizeSecurityGroupIngress', {
    ingress: [{ protocol: '-1', from_port: 0, to_port: 0, self: true }],
  }),
  row(
    'aws_security_group_rule',
    (of) => ({
      type: 'ingress',
      security_group_id: of('aws_security_group')['id'],
      protocol: 'tcp',
      from_port: 8080,
      to_port: 8080,
      cidr_blocks: ['10.0.0.0/16'],
    }),
    'UpdateSecurityGroupRuleDescriptionsIngress',
    { description: 'callers' },
  ),
  ...['ingress', 'egress'].map((way) =>
    row(
      `aws_vpc_security_group_${way}_rule`,
      (of) => ({
        security_group_id: of('aws_security_group')['id'],
        ip_protocol: 'tcp',
        from_port: 9090,
        to_port: 9090,
        prefix_list_id: of('aws_ec2_managed_prefix_list')['id'],
      }),
      way === 'ingress'
        ? 'RevokeSecurityGroupIngress AuthorizeSecurityGroupIngress'
        : 'RevokeSecurityGroupEgress AuthorizeSecurityGroupEgress',
      { from_port: 9091, to_port: 9091 },
    ),
  ),
  row(
    'aws_network_acl',
    (of) => ({
      vpc_id: of('aws_vpc')['id'],
      ingress: [
        { rule_no: 100, protocol: 'icmp', action: 'allow', cidr_block: '0.0.0.0/0', icmp_type: -1, icmp_code: -1 },
      ],
      subnet_ids: [of('aws_subnet')['id']],
    }),
    'DeleteNetworkAclEntry CreateNetworkAclEntry ReplaceNetworkAclAssociation',
    (of) => ({
      ingress: [{ rule_no: 110, protocol: '-1', action: 'allow', cidr_block: '0.0.0.0/0', from_port: 0, to_port: 0 }],
      subnet_ids: [of('aws_subnet')['id'], of('aws_subnet.b')['id']],
    }),
  ),
  row(
    'aws_default_network_acl',
    (of) => ({ default_network_acl_id: of('aws_vpc')['default_network_acl_id'] }),
    'CreateNetworkAclEntry',
    { egress: [{ rule_no: 100, protocol: '-1', action: 'allow', cidr_block: '0.0.0.0/0', from_port: 0, to_port: 0 }] },
  ),
  row('aws_network_acl_rule', (of) => ({
    network_acl_id: of('aws_network_acl')['id'],
    rule_number: 200,
    egress: true,
    protocol: 'tcp',
    rule_action: 'allow',
    cidr_block: '0.0.0.0/0',
    from_port: 1024,
    to_port: 65_535,
  })),
  row('aws_network_acl_association', (of) => ({
    network_acl_id: of('aws_vpc.other')['default_network_acl_id'],
    subnet_id: of('aws_subnet.other')['id'],
  })),
  row(
    'aws_vpc_endpoint',
    (of) => ({
      vpc_id: of('aws_vpc')['id'],
      service_name: 'com.amazonaws.eu-west-1.ecr.api',
      vpc_endpoint_type: 'Interface',
      subnet_ids: [of('aws_subnet')['id']],
      security_group_ids: [of('aws_security_group')['id']],
    }),
    'ModifyVpcEndpoint',
    (of) => ({ subnet_ids: [of('aws_subnet.b')['id']] }),
  ),
  row(
    'aws_network_interface',
    (of) => ({
      subnet_id: of('aws_subnet')['id'],
      security_groups: [of('aws_security_group')['id']],
      private_ips: ['10.0.1.50', '10.0.1.51'],
    }),
    'UnassignPrivateIpAddresses AssignPrivateIpAddresses',
    { private_ips: ['10.0.1.50', '10.0.1.52'] },
  ),
  row('aws_eip_association', (of) => ({
    allocation_id: of('aws_eip.machine')['id'],
    network_interface_id: of('aws_network_interface')['id'],
  })),
  row('aws_network_interface_sg_attachment', (of) => ({
    network_interface_id: of('aws_network_interface')['id'],
    security_group_id: of('aws_vpc')['default_security_group_id'],
  })),
  row(
    'aws_launch_template',
    (of) => ({ name: 'shop', instance_type: 't3.micro', vpc_security_group_ids: [of('aws_security_group')['id']] }),
    'CreateLaunchTemplateVersion ModifyLaunchTemplate',
    { instance_type: 't3.small', update_default_version: true },
  ),
  row(
    'aws_instance',
    (of) => ({
      subnet_id: of('aws_subnet.b')['id'],
      instance_type: 't3.micro',
      vpc_security_group_ids: [of('aws_security_group')['id']],
    }),
    'ModifyNetworkInterfaceAttribute StopInstances ModifyInstanceAttribute StartInstances',
    (of) => ({ vpc_security_group_ids: [of('aws_vpc')['default_security_group_id']], instance_type: 't3.small' }),
  ),
];
