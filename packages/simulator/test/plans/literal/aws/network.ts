import { id, type Resource } from '../../../../../aws/test/plans/shop-plan.js';
import { entries, type Area, type Apply, type Change, type Values } from '../area.js';

/** Networks, subnets, groups, route tables, ACLs and an address that a program listens on. */
export const network: Area = {
  valid: () => ({
    networks: { main: '10.0.0.0/16', other: '10.5.0.0/16' },
    blocks: [{ network: 'main', block: '10.1.0.0/16' }],
    subnets: {
      a: { network: 'main', block: '10.0.0.0/24', zone: 'a' },
      b: { network: 'main', block: '10.0.1.0/24', zone: 'b' },
      c: { network: 'main', block: '10.0.2.0/24', zone: 'c' },
      d: { network: 'other', block: '10.5.0.0/24', zone: 'a' },
    },
    groups: {
      link: { network: 'main', name: 'link' },
      balancer: { network: 'main', name: 'balancer' },
      backend: { network: 'main', name: 'backend' },
      foreign: { network: 'other', name: 'foreign' },
    },
    description: 'a group',
    rules: [
      { group: 'balancer', protocol: 'tcp', from: 80, to: 80, block: '10.0.0.0/16' },
      { group: 'balancer', protocol: 'tcp', from: 443, to: 443, block: '10.0.0.0/16' },
      { group: 'backend', protocol: '-1', from: null, to: null, block: '10.0.0.0/16' },
    ],
    gateways: ['main'],
    tables: { main: 'main', spare: 'main' },
    associations: [
      { table: 'main', subnet: 'a' },
      { table: 'main', subnet: 'b' },
    ],
    hops: [
      { table: 'main', block: '0.0.0.0/0' },
      { table: 'spare', block: '0.0.0.0/0' },
    ],
    entries: [
      { number: 100, out: false, action: 'allow', protocol: '-1', from: null, to: null, block: '0.0.0.0/0' },
      { number: 100, out: true, action: 'allow', protocol: '-1', from: null, to: null, block: '0.0.0.0/0' },
      { number: 110, out: true, action: 'allow', protocol: 'tcp', from: 80, to: 80, block: '0.0.0.0/0' },
    ],
    address: { subnet: 'a', ip: '10.0.0.100', groups: ['backend'] },
    secondAddress: null,
  }),
  changes: changes(),
  resources,
  apply,
};

function changes(): readonly Change[] {
  const BLOCKS = ['10.0.0.0/25', '10.0.0.0/24', '10.0.1.128/25', '10.0.9.0/28', '10.0.8.0/29', '10.2.0.0/24'];
  const GROUP_NAMES = ['link', 'balancer', 'sg-1', 'default', 'Default', 'a group', 'grüppe', '<a>'];
  const ADDRESSES = ['10.0.0.101', '10.0.0.1', '10.0.0.255', '10.0.1.5', '10.9.0.1', '10.0.0'];
  return [
    ({ networks }, random) =>
      (networks.other = random.pick(['10.5.0.0/16', '10.0.0.0/16', '10.5.0.0/15', '10.5.0.0/29', '10.5.0.1/16'])),
    ({ blocks }, random) =>
      (blocks[0].block = random.pick(['10.1.0.0/16', '10.0.0.0/16', '10.0.128.0/17', '10.1.0.0/15', '192.168.0.0/24'])),
    ({ subnets }, random) =>
      (subnets[random.pick(['b', 'c', 'd'])].block = random.pick([...BLOCKS, '10.0.0.0/15', '10.1.0.0/24'])),
    ({ subnets }, random) => (subnets[random.pick(['b', 'c'])].zone = random.pick(['a', 'b', 'c'])),
    ({ subnets }, random) => (subnets[random.pick(['c', 'd'])].network = random.pick(['main', 'other'])),
    ({ groups }, random) => {
      const name = random.pick([...GROUP_NAMES, 'g'.repeat(256), 'g'.repeat(255)]);
      groups[random.pick(['link', 'balancer', 'backend', 'foreign'])].name = name;
    },
    (values, random) =>
      (values['description'] = random.pick(['a group', 'für', 'd'.repeat(256), 'a <b>', '{a}', "it's"])),
    ({ rules }, random) => {
      const rule = random.pick(rules as Values[]);
      rule['group'] = random.pick(['balancer', 'backend']);
      rule['from'] = rule['to'] = random.pick([80, 443, 8080]);
      rule['protocol'] = random.pick(['tcp', 'tcp', 'udp', '-1', '6']);
      rule['block'] = random.pick(['10.0.0.0/16', '10.0.0.0/16', '10.0.0.0/24']);
    },
    ({ rules }, random) => {
      const rule = random.pick(rules as Values[]);
      rule['from'] = random.pick([0, 80, 81, 70_000, -1]);
      rule['to'] = random.pick([80, 65_535, 65_536, 79]);
      rule['protocol'] = random.pick(['tcp', 'udp', 'icmp', 'quic']);
    },
    ({ gateways }, random) => (gateways[random.below(2)] = random.pick(['main', 'other'])),
    ({ tables }, random) => (tables.spare = random.pick(['main', 'other'])),
    ({ associations }, random) => (random.pick(associations as Values[])['subnet'] = random.pick(['a', 'b', 'c', 'd'])),
    ({ associations }, random) => (associations[2] = { table: 'spare', subnet: random.pick(['a', 'c', 'd']) }),
    ({ hops }, random) => {
      const route = random.pick(hops as Values[]);
      route['table'] = random.pick(['main', 'spare']);
      route['block'] = random.pick(['0.0.0.0/0', '10.9.0.0/16', '10.0.0.0/16', '10.0.0.0/24', '10.9.0.1/16']);
    },
    (values, random) => {
      const entry = random.pick(values['entries'] as Values[]);
      entry['number'] = random.pick([100, 110, 1, 0, 32_766, 32_767]);
      if (random.chance(0.3)) entry['out'] = random.chance(0.5);
    },
    (values, random) => {
      const entry = random.pick(values['entries'] as Values[]);
      entry['protocol'] = random.pick(['tcp', 'udp', '6', '-1', 'sctp', '300']);
      entry['from'] = random.pick([null, 80, 70_000]);
      entry['to'] = random.pick([null, 80, 79, 65_535]);
    },
    ({ address }, random) => (address.ip = random.pick(ADDRESSES)),
    ({ address }, random) => (address.subnet = random.pick(['a', 'b', 'd'])),
    (values, random) => {
      const second = { subnet: random.pick(['a', 'b']), ip: random.pick(['10.0.0.100', '10.0.0.7', '10.0.1.7']) };
      values['secondAddress'] = { ...second, groups: [random.pick(['backend', 'foreign'])] };
    },
    ({ blocks }, random) =>
      blocks.push({
        network: random.pick(['main', 'other']),
        block: random.pick(['10.1.0.0/16', '10.2.0.0/16', '10.5.1.0/24']),
      }),
    ({ gateways }) => gateways.push('main'),
    ({ address }, random) => (address.groups = random.pick([['backend'], ['foreign'], ['backend', 'balancer']])),
  ];
}

function resources(values: Values): readonly Resource[] {
  const vpc = (name: string) => id(`aws_vpc.${name}`);
  const group = (name: string) => id(`aws_security_group.${name}`);
  const numbered = (list: readonly Values[], type: string, one: (values: Values) => Omit<Resource, 'address'>) =>
    list.map((each, at): Resource => ({ address: `${type}.r${at}`, ...one(each) }));
  return [
    ...entries(values['networks']).map(([name, block]) => ({
      address: `aws_vpc.${name}`,
      after: { cidr_block: block },
    })),
    ...numbered(values['blocks'], 'aws_vpc_ipv4_cidr_block_association', ({ network: of, block }) => ({
      after: { cidr_block: block },
      refs: { vpc_id: vpc(of) },
    })),
    ...entries(values['subnets']).map(([name, { network: of, block, zone }]) => ({
      address: `aws_subnet.${name}`,
      after: { cidr_block: block, availability_zone: `eu-west-1${zone}` },
      refs: { vpc_id: vpc(of) },
    })),
    ...entries(values['groups']).map(([key, { network: of, name }]) => ({
      address: `aws_security_group.${key}`,
      after: { name, description: values['description'], egress: [ALL] },
      refs: { vpc_id: vpc(of) },
    })),
    ...numbered(values['rules'], 'aws_vpc_security_group_ingress_rule', ({ group: of, protocol, from, to, block }) => ({
      after: { ip_protocol: protocol, from_port: from, to_port: to, cidr_ipv4: block },
      refs: { security_group_id: group(of) },
    })),
    ...numbered(
      values['gateways'].map((of: string) => ({ of })),
      'aws_internet_gateway',
      ({ of }) => ({ after: {}, refs: { vpc_id: vpc(of) } }),
    ),
    ...entries(values['tables']).map(([name, of]) => ({
      address: `aws_route_table.${name}`,
      after: {},
      refs: { vpc_id: vpc(of) },
    })),
    ...numbered(values['associations'], 'aws_route_table_association', ({ table, subnet }) => ({
      after: {},
      refs: { route_table_id: id(`aws_route_table.${table}`), subnet_id: id(`aws_subnet.${subnet}`) },
    })),
    ...numbered(values['hops'], 'aws_route', ({ table, block }) => ({
      after: { destination_cidr_block: block },
      refs: { route_table_id: id(`aws_route_table.${table}`), gateway_id: id('aws_internet_gateway.r0') },
    })),
    {
      address: 'aws_network_acl.main',
      after: { subnet_ids: [null, null] },
      refs: { vpc_id: vpc('main'), subnet_ids: [...id('aws_subnet.a'), ...id('aws_subnet.b')] },
    },
    ...numbered(values['entries'], 'aws_network_acl_rule', ({ number, out, action, protocol, from, to, block }) => ({
      after: {
        rule_number: number,
        egress: out,
        rule_action: action,
        protocol,
        from_port: from,
        to_port: to,
        cidr_block: block,
      },
      refs: { network_acl_id: id('aws_network_acl.main') },
    })),
    ...interfacesOf(values).map(([name, { subnet, ip, groups }]) => ({
      address: `aws_network_interface.${name}`,
      after: { private_ips: [ip] },
      refs: { subnet_id: id(`aws_subnet.${subnet}`), security_groups: groups.flatMap(group) },
    })),
  ];
}

/** The interface that a program listens on, and another one. */
function interfacesOf({ address, secondAddress: second }: Values): readonly [string, Values][] {
  return [['backend', address], ...(second === null ? [] : [['second', second] as [string, Values]])];
}

const ALL = { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] };

function apply(values: Values, { create, call, ids }: Apply): void {
  const ec2 = (address: string, operation: string, input: Values) => create(address, 'ec2', operation, input);
  const vpc = (name: string) => ids[`aws_vpc.${name}`];
  for (const [name, CidrBlock] of entries(values['networks']))
    ids[`aws_vpc.${name}`] = ec2(`aws_vpc.${name}`, 'CreateVpc', { CidrBlock }).Vpc.VpcId;
  values['blocks'].forEach(({ network: of, block }: Values, at: number) =>
    ec2(`aws_vpc_ipv4_cidr_block_association.r${at}`, 'AssociateVpcCidrBlock', { VpcId: vpc(of), CidrBlock: block }),
  );
  for (const [name, { network: of, block, zone }] of entries(values['subnets'])) {
    const input = { VpcId: vpc(of), CidrBlock: block, AvailabilityZone: `eu-west-1${zone}` };
    ids[`aws_subnet.${name}`] = ec2(`aws_subnet.${name}`, 'CreateSubnet', input).Subnet.SubnetId;
  }
  for (const [key, { network: of, name }] of entries(values['groups'])) {
    const input = { VpcId: vpc(of), GroupName: name, Description: values['description'] };
    ids[`aws_security_group.${key}`] = ec2(`aws_security_group.${key}`, 'CreateSecurityGroup', input).GroupId;
  }
  const each = (list: readonly Values[], type: string, operation: string, input: (one: Values) => Values): any[] =>
    list.map((one, at) => ec2(`${type}.r${at}`, operation, input(one)));
  each(values['rules'], 'aws_vpc_security_group_ingress_rule', 'AuthorizeSecurityGroupIngress', (one) => ({
    GroupId: ids[`aws_security_group.${one['group']}`],
    IpPermissions: [
      {
        IpProtocol: one['protocol'],
        FromPort: one['from'] ?? undefined,
        ToPort: one['to'] ?? undefined,
        IpRanges: [{ CidrIp: one['block'] }],
      },
    ],
  }));
  values['gateways'].forEach((of: string, at: number) => {
    const { InternetGatewayId } = call('ec2', 'CreateInternetGateway', {}).InternetGateway;
    ids[`aws_internet_gateway.r${at}`] = InternetGatewayId;
    ec2(`aws_internet_gateway.r${at}`, 'AttachInternetGateway', { InternetGatewayId, VpcId: vpc(of) });
  });
  for (const [name, of] of entries(values['tables'])) {
    const { RouteTable } = ec2(`aws_route_table.${name}`, 'CreateRouteTable', { VpcId: vpc(of) });
    ids[`aws_route_table.${name}`] = RouteTable.RouteTableId;
  }
  const table = (name: string) => ids[`aws_route_table.${name}`];
  each(values['associations'], 'aws_route_table_association', 'AssociateRouteTable', (one) => ({
    RouteTableId: table(one['table']),
    SubnetId: ids[`aws_subnet.${one['subnet']}`],
  }));
  each(values['hops'], 'aws_route', 'CreateRoute', (one) => ({
    RouteTableId: table(one['table']),
    DestinationCidrBlock: one['block'],
    GatewayId: ids['aws_internet_gateway.r0'],
  }));
  const { NetworkAclId } = call('ec2', 'CreateNetworkAcl', { VpcId: vpc('main') }).NetworkAcl;
  const acls = call('ec2', 'DescribeNetworkAcls', {}).NetworkAcls as readonly Values[];
  const associations = acls.flatMap((one) => one['Associations'] as readonly Values[]);
  for (const name of ['a', 'b']) {
    const found = associations.find(({ SubnetId }) => SubnetId === ids[`aws_subnet.${name}`]);
    call('ec2', 'ReplaceNetworkAclAssociation', { AssociationId: found?.['NetworkAclAssociationId'], NetworkAclId });
  }
  each(values['entries'], 'aws_network_acl_rule', 'CreateNetworkAclEntry', (one) => ({
    NetworkAclId,
    RuleNumber: one['number'],
    Egress: one['out'],
    RuleAction: one['action'],
    Protocol: one['protocol'],
    CidrBlock: one['block'],
    // As the provider of Terraform sends it, set or not: internal/service/ec2/vpc_network_acl_rule.go.
    PortRange: { From: one['from'] ?? 0, To: one['to'] ?? 0 },
  }));
  for (const [name, { subnet, ip, groups }] of interfacesOf(values))
    ec2(`aws_network_interface.${name}`, 'CreateNetworkInterface', {
      SubnetId: ids[`aws_subnet.${subnet}`],
      PrivateIpAddress: ip,
      Groups: groups.map((one: string) => ids[`aws_security_group.${one}`]),
    });
}
