import type { Choice, Fields, Site, Step } from './build-world.js';

const ZONES = ['a', 'b', 'c'];
const BLOCKS = ['10.0.0.0/8', '10.1.0.0/16', '10.2.3.0/24', '0.0.0.0/0', '192.168.0.0/16', '172.16.5.0/24'];
const BLOCKS_V6 = ['::/0', '2001:db8::/32', '2600:1f00::/24'];

const at = <T>(list: readonly T[], number: number): T => list[number % list.length] as T;
const odd = (number: number): boolean => number % 2 === 1;

/** The VPC of a subnet, group, table or ACL that was kept with it. */
const home = ({ pick }: Site, kind: string, number: number): string => {
  const ids = pick(kind, number);
  return pick(`${kind} home`, number) && ids;
};

function keepAt({ keep }: Site, kind: string, id: string, vpcId: string): void {
  keep(kind, id);
  keep(`${kind} home`, vpcId);
  keep(`${kind} in ${vpcId}`, id);
}

function permission(site: Site, [, b, c, d]: Choice): Fields {
  const port = [22, 80, 443, 8080][c % 4] ?? 0;
  const ports = at<Fields>(
    [
      { IpProtocol: 'tcp', FromPort: port, ToPort: port },
      { IpProtocol: 'udp', FromPort: 0, ToPort: 65_535 },
      { IpProtocol: '-1' },
      { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 },
      { IpProtocol: '50' },
      { IpProtocol: 'icmpv6' },
      { IpProtocol: 'tcp', FromPort: 1024, ToPort: 65_535 },
    ],
    b,
  );
  const source = [
    () => ({ IpRanges: [{ CidrIp: at(BLOCKS, c), ...(odd(d) ? { Description: 'because' } : {}) }] }),
    () => ({ Ipv6Ranges: [{ CidrIpv6: at(BLOCKS_V6, c) }] }),
    () => ({ PrefixListIds: [{ PrefixListId: site.pick('prefix list', c) }] }),
    () => ({ UserIdGroupPairs: [{ GroupId: site.pick('group', c) }] }),
    () => ({ UserIdGroupPairs: [{ GroupId: `sg-${'0'.repeat(16)}1`, UserId: '444455556666' }] }),
  ];
  return { ...ports, ...at(source, d)() };
}

/** Networks: blocks, subnets, groups, ACLs, tables, interfaces. */
export const networkSteps: Readonly<Record<string, Step>> = {
  vpc: (site, [a, b]) => {
    if (site.all('vpc').length >= 3) return; // more of them would not be connected
    const { Vpc } = site.ec2('CreateVpc', {
      CidrBlock: `10.${a % 6}.0.0/16`,
      AmazonProvidedIpv6CidrBlock: odd(b),
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: `vpc ${a}` }] }],
    });
    site.keep('vpc', Vpc.VpcId);
  },
  'second block': (site, [a, b]) => {
    site.ec2('AssociateVpcCidrBlock', { VpcId: site.pick('vpc', a), CidrBlock: `10.${10 + (b % 5)}.0.0/16` });
  },
  subnet: (site, [a, b, c]) => {
    const vpcId = site.pick('vpc', a);
    const [vpc] = site.ec2('DescribeVpcs', { VpcIds: [vpcId] }).Vpcs;
    const blocks = vpc.CidrBlockAssociationSet.map((one: { CidrBlock: string }) => one.CidrBlock);
    const base = at<string>(blocks, c).replace(/\.0\.0\/16$/, '');
    const six = vpc.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock as string | undefined;
    const { Subnet } = site.ec2('CreateSubnet', {
      VpcId: vpcId,
      CidrBlock: odd(b) ? `${base}.${b % 30}.0/24` : `${base}.${b % 30}.0/28`,
      AvailabilityZone: `${site.region}${at(ZONES, c)}`,
      ...(six && odd(c) ? { Ipv6CidrBlock: six.replace(/00::\/56$/, `${(b % 90) + 10}::/64`) } : {}),
    });
    keepAt(site, 'subnet', Subnet.SubnetId, vpcId);
  },
  group: (site, [a, b]) => {
    const vpcId = site.pick('vpc', a);
    const { GroupId } = site.ec2('CreateSecurityGroup', {
      VpcId: vpcId,
      GroupName: `group ${b}`,
      Description: 'x',
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'team', Value: String(b) }] }],
    });
    keepAt(site, 'group', GroupId, vpcId);
  },
  'rule in': (site, choice) => {
    const GroupId = site.pick('group', choice[0]);
    site.ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [permission(site, choice)] });
  },
  'rule out': (site, choice) => {
    const GroupId = site.pick('group', choice[0]);
    site.ec2('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions: [permission(site, choice)] });
  },
  'no rule out': (site, [a]) => {
    site.ec2('RevokeSecurityGroupEgress', {
      GroupId: site.pick('group', a),
      IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
  },
  'prefix list': (site, [a, b]) => {
    const six = odd(a);
    const { PrefixList } = site.ec2('CreateManagedPrefixList', {
      PrefixListName: `list ${a}`,
      MaxEntries: 5,
      AddressFamily: six ? 'IPv6' : 'IPv4',
      Entries: (six ? BLOCKS_V6 : BLOCKS).slice(0, 1 + (b % 3)).map((Cidr) => ({ Cidr })),
    });
    site.keep('prefix list', PrefixList.PrefixListId);
  },
  acl: (site, [a]) => {
    const vpcId = site.pick('vpc', a);
    keepAt(site, 'acl', site.ec2('CreateNetworkAcl', { VpcId: vpcId }).NetworkAcl.NetworkAclId, vpcId);
  },
  'acl entry': (site, [a, b, c, d]) => {
    const kinds: readonly Fields[] = [
      { Protocol: '6', PortRange: { From: 443, To: 443 } },
      { Protocol: '-1' },
      { Protocol: '17', PortRange: { From: 1024, To: 65_535 } },
      { Protocol: '1', IcmpTypeCode: { Type: -1, Code: -1 } },
      { Protocol: '50' },
    ];
    site.ec2('CreateNetworkAclEntry', {
      NetworkAclId: site.pick('acl', a),
      RuleNumber: 1 + (b % 500),
      Egress: odd(b),
      RuleAction: odd(c) ? 'allow' : 'deny',
      ...at(kinds, c),
      ...(odd(d) ? { CidrBlock: at(BLOCKS, d) } : { Ipv6CidrBlock: at(BLOCKS_V6, d) }),
    });
  },
  'acl of subnet': (site, [a, b]) => {
    const subnetId = site.pick('subnet', a);
    const vpcId = site.pick('subnet home', a);
    const NetworkAclId = site.pick(`acl in ${vpcId}`, b);
    const Filters = [{ Name: 'association.subnet-id', Values: [subnetId] }];
    const [acl] = site.ec2('DescribeNetworkAcls', { Filters }).NetworkAcls;
    const own = acl.Associations.find(({ SubnetId }: Fields) => SubnetId === subnetId);
    site.ec2('ReplaceNetworkAclAssociation', { AssociationId: own.NetworkAclAssociationId, NetworkAclId });
  },
  table: (site, [a]) => {
    const vpcId = site.pick('vpc', a);
    keepAt(site, 'table', site.ec2('CreateRouteTable', { VpcId: vpcId }).RouteTable.RouteTableId, vpcId);
  },
  'main table': (site, [a]) => {
    const table = home(site, 'table', a);
    const Filters = [
      { Name: 'vpc-id', Values: [site.pick('table home', a)] },
      { Name: 'association.main', Values: ['true'] },
    ];
    const [main] = site.ec2('DescribeRouteTables', { Filters }).RouteTables;
    const association = main.Associations.find(({ Main }: Fields) => Main === true);
    site.ec2('ReplaceRouteTableAssociation', {
      AssociationId: association.RouteTableAssociationId,
      RouteTableId: table,
    });
  },
  'table of subnet': (site, [a, b]) => {
    const RouteTableId = site.pick(`table in ${site.pick('subnet home', a)}`, b);
    site.ec2('AssociateRouteTable', { RouteTableId, SubnetId: site.pick('subnet', a) });
  },
  route: (site, [a, b, c, d]) => {
    const RouteTableId = site.pick('table', a);
    const vpcId = site.pick('table home', a);
    const near = (kind: string) => site.pick(`${kind} in ${vpcId}`, d);
    const targets = [
      () => ({ NetworkInterfaceId: near('interface') }),
      () => ({ VpcPeeringConnectionId: near('peering') }),
      () => ({ TransitGatewayId: near('transit gateway') }),
      () => ({ GatewayId: near('vpn gateway') }),
      () => ({ GatewayId: near('internet gateway') }),
      () => ({ EgressOnlyInternetGatewayId: near('egress gateway') }),
    ];
    const destinations = [
      () => ({ DestinationCidrBlock: `10.${100 + (c % 20)}.${c % 7}.0/24` }),
      () => ({ DestinationCidrBlock: at(BLOCKS, c) }),
      () => ({ DestinationIpv6CidrBlock: at(BLOCKS_V6, c) }),
      () => ({ DestinationPrefixListId: site.pick('prefix list', c) }),
    ];
    const target = targets.slice(b % targets.length).concat(targets);
    for (const one of target) {
      let found: Fields;
      try {
        found = one();
      } catch {
        continue; // none of that kind: try the next one
      }
      site.ec2('CreateRoute', { RouteTableId, ...at<() => Fields>(destinations, c + d)(), ...found });
      return;
    }
  },
  'internet gateway': (site, [a]) => {
    const { InternetGatewayId } = site.ec2('CreateInternetGateway', {}).InternetGateway;
    site.ec2('AttachInternetGateway', { InternetGatewayId, VpcId: site.pick('vpc', a) });
    keepAt(site, 'internet gateway', InternetGatewayId, site.pick('vpc', a));
  },
  'internet gateway off': (site, [a]) => {
    site.ec2('DetachInternetGateway', {
      InternetGatewayId: site.pick('internet gateway', a),
      VpcId: site.pick('internet gateway home', a),
    });
  },
  'egress gateway': (site, [a]) => {
    const VpcId = site.pick('vpc', a);
    const { EgressOnlyInternetGateway: one } = site.ec2('CreateEgressOnlyInternetGateway', { VpcId });
    keepAt(site, 'egress gateway', one.EgressOnlyInternetGatewayId, VpcId);
  },
  interface: (site, [a, b, c]) => {
    const SubnetId = site.pick('subnet', a);
    const groups = odd(b) ? [site.pick(`group in ${site.pick('subnet home', a)}`, c)] : [];
    const { NetworkInterface } = site.ec2('CreateNetworkInterface', {
      SubnetId,
      ...(groups.length > 0 ? { Groups: groups } : {}),
      SecondaryPrivateIpAddressCount: c % 3,
    });
    const { NetworkInterfaceId: networkInterfaceId } = NetworkInterface;
    // Most are those of instances; the others are attached to nothing.
    if (b % 4 < 3) site.simulation.plant(site.region, { kind: 'instance', networkInterfaceId });
    keepAt(site, 'interface', networkInterfaceId, site.pick('subnet home', a));
  },
  'interface with IPv6': ({ simulation, region, pick }, [a, b]) => {
    const networkInterfaceId = pick('interface', a);
    const address = `2001:db8::${(b % 4000).toString(16)}`;
    simulation.plant(region, { kind: 'ipv6-address', networkInterfaceId, address });
  },
  'interface that forwards': (site, [a]) => {
    site.ec2('ModifyNetworkInterfaceAttribute', {
      NetworkInterfaceId: site.pick('interface', a),
      SourceDestCheck: { Value: false },
    });
  },
  'interface gone': (site, [a]) => {
    site.ec2('DeleteNetworkInterface', { NetworkInterfaceId: site.pick('interface', a) });
  },
};
