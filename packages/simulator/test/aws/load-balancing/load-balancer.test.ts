import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { ACCOUNT, asObject, newAccount, type Account } from './account.js';

const MINUTES = 60_000;

describe('creation and deletion of a load balancer', () => {
  it('is provisioning, then active', async () => {
    const account = newAccount();
    const { LoadBalancerArn, State, DNSName, CanonicalHostedZoneId } = account.balancer();
    expect(State).toEqual({ Code: 'provisioning' });
    expect(LoadBalancerArn).toMatch(
      new RegExp(`^arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:loadbalancer/app/orders/[0-9a-f]{16}$`),
    );
    expect(DNSName).toMatch(/^internal-orders-\d{10}\.eu-west-1\.elb\.amazonaws\.com$/);
    expect(CanonicalHostedZoneId).toBe('Z32O12XQLNTSW2');
    await account.advance(5 * MINUTES);
    expect(account.elb('DescribeLoadBalancers', { Names: ['orders'] }).LoadBalancers[0].State).toEqual({
      Code: 'active',
    });
  });

  it.each([
    ['cn-north-1', 'aws-cn', /^orders-[0-9a-f]{16}\.elb\.cn-north-1\.amazonaws\.com\.cn$/],
    ['us-gov-west-1', 'aws-us-gov', /^orders-[0-9a-f]{16}\.elb\.us-gov-west-1\.amazonaws\.com$/],
  ])('has the ARN and the name of its partition in %s', (region, partition, name) => {
    const balancer = newAccount({ region }).balancer('orders', { Type: 'network' });
    expect(balancer['LoadBalancerArn']).toMatch(`arn:${partition}:elasticloadbalancing:${region}:`);
    expect(balancer['DNSName']).toMatch(name);
  });

  it('creates an interface of its own in each subnet, which is deleted a little after it', async () => {
    const account = newAccount();
    const free = () => account.ec2('DescribeSubnets').Subnets.map((row: any) => row.AvailableIpAddressCount as number);
    const before = free();
    const { LoadBalancerArn } = account.balancer();
    const interfaces = account.interfaces();
    const path = LoadBalancerArn.split(':loadbalancer/')[1];
    expect(interfaces.map((row) => row['Description'])).toEqual(Array(3).fill(`ELB ${path}`));
    expect(interfaces.map((row) => row['SubnetId']).sort()).toEqual([...account.subnetIds].sort());
    expect(
      interfaces.every((row) => row['RequesterManaged'] && row['Attachment'].InstanceOwnerId === 'amazon-elb'),
    ).toBe(true);
    expect(free()).toEqual(before.map((count: number) => count - 1));
    account.elb('DeleteLoadBalancer', { LoadBalancerArn });
    expect(account.interfaces()).toHaveLength(3);
    await account.advance(MINUTES);
    expect(account.interfaces()).toHaveLength(0);
    expect(free()).toEqual(before);
  });

  it('has interfaces of the network kind, with fixed addresses where they are requested', () => {
    const account = newAccount();
    const [first = '', second] = account.subnetIds;
    const address = account.address(99);
    const balancer = account.balancer('orders', {
      Type: 'network',
      Subnets: undefined,
      SubnetMappings: [{ SubnetId: first, PrivateIPv4Address: address }, { SubnetId: second }],
    });
    expect(balancer['AvailabilityZones'].map((zone: any) => zone.LoadBalancerAddresses)).toEqual([
      [{ PrivateIPv4Address: address }],
      [],
    ]);
    const found = account.interfaces();
    expect(found.map((row) => row['InterfaceType'])).toEqual(Array(2).fill('network_load_balancer'));
    expect(found.find((row) => row['SubnetId'] === first)?.['PrivateIpAddress']).toBe(address);
    expect(found.every((row) => row['Attachment'].InstanceOwnerId === 'amazon-aws')).toBe(true);
    expect(found.every((row) => row['Attachment'].AttachmentId.startsWith('ela-attach-'))).toBe(true);
  });

  it('cannot be deleted with deletion protection, nor while another service uses it', () => {
    const account = newAccount();
    const { LoadBalancerArn } = account.balancer();
    const protect = (Value: string) =>
      account.elb('ModifyLoadBalancerAttributes', {
        LoadBalancerArn,
        Attributes: [{ Key: 'deletion_protection.enabled', Value }],
      });
    protect('true');
    expect(account.refusal('DeleteLoadBalancer', { LoadBalancerArn })).toEqual({
      code: 'OperationNotPermitted',
      message: `Load balancer '${LoadBalancerArn}' cannot be deleted because deletion protection is enabled`,
      status: 400,
    });
    protect('false');
    const world = JSON.stringify(account.sim.world());
    account.sim.load(JSON.parse(world.replace('"heldBy":[]', '"heldBy":["vpce-svc-1"]')));
    expect(account.refusal('DeleteLoadBalancer', { LoadBalancerArn })).toEqual({
      code: 'ResourceInUse',
      message: `Load balancer '${LoadBalancerArn}' cannot be deleted because it is currently associated with another service`,
      status: 400,
    });
    account.sim.load(JSON.parse(world));
    account.elb('DeleteLoadBalancer', { LoadBalancerArn });
  });

  it('is completed in a loaded world', async () => {
    const account = newAccount();
    const { LoadBalancerArn } = account.balancer();
    const group = account.targetGroup();
    account.listener(account.elb('DescribeLoadBalancers').LoadBalancers[0], group);
    const other = newAccount({ seed: 8 });
    other.sim.load(JSON.parse(JSON.stringify(account.sim.world())));
    expect(other.elb('DescribeTargetGroups')).toEqual(account.elb('DescribeTargetGroups'));
    await other.advance(5 * MINUTES);
    expect(other.elb('DescribeLoadBalancers').LoadBalancers[0]).toMatchObject({
      LoadBalancerArn,
      State: { Code: 'active' },
    });
  });
});

answers('creation and deletion of a load balancer', newAccount)`
  is the same balancer when it is created again, and another one is refused
    balancer
    balancer -> {LoadBalancerArn: $LoadBalancerArn}
    CreateLoadBalancer {Name: orders, Subnets: $subnetIds}
      !400 DuplicateLoadBalancerName: A load balancer with the same name 'orders' exists, but with different settings
  deletes its listeners and rules, and frees its target groups
    balancer = balancer
    group = targetGroup
    listener [$balancer, $group]
    DeleteTargetGroup {TargetGroupArn: $group.TargetGroupArn} !ResourceInUse
    DeleteLoadBalancer {LoadBalancerArn: $balancer.LoadBalancerArn}
    DeleteTargetGroup {TargetGroupArn: $group.TargetGroupArn}
    DescribeTargetGroups -> {TargetGroups: []}
    DeleteLoadBalancer {LoadBalancerArn: $balancer.LoadBalancerArn} == {}
`;

describe('what a load balancer cannot be', () => {
  const cases: [why: string, code: string, message: RegExp, input: (account: Account) => Record<string, unknown>][] = [
    ['a name too long', 'ValidationError', /cannot be longer than '32'/, () => ({ Name: 'x'.repeat(33) })],
    ['a name with a dot', 'ValidationError', /can only contain/, () => ({ Name: 'a.b' })],
    ['a name that ends in a hyphen', 'ValidationError', /cannot end with a hyphen/, () => ({ Name: 'a-' })],
    ['a reserved name', 'ValidationError', /cannot begin with 'internal-'/, () => ({ Name: 'internal-a' })],
    ['no subnet', 'ValidationError', /At least two subnets in two different/, () => ({ Subnets: [] })],
    [
      'one zone',
      'ValidationError',
      /At least two subnets in two different/,
      (a) => ({ Subnets: a.subnetIds.slice(1, 2) }),
    ],
    [
      'a subnet twice',
      'InvalidConfigurationRequest',
      /multiple subnets in the same Availability Zone/,
      (a) => ({ Subnets: [a.subnetIds[0], a.subnetIds[0]] }),
    ],
    [
      'an unknown subnet',
      'SubnetNotFound',
      /'subnet-1' does not exist/,
      (a) => ({ Subnets: [a.subnetIds[0], 'subnet-1'] }),
    ],
    [
      'subnets of two VPCs',
      'InvalidConfigurationRequest',
      /same VPC/,
      (a) => ({ Subnets: [a.subnetIds[2], a.otherVpc().subnetIds[0]] }),
    ],
    [
      'a VPC without internet gateway',
      'InvalidSubnet',
      /has no internet gateway/,
      (a) => ({ Subnets: a.otherVpc().subnetIds, Scheme: undefined }),
    ],
    [
      'an unknown security group',
      'InvalidSecurityGroup',
      /'sg-1' does not exist/,
      () => ({ SecurityGroups: ['sg-1'] }),
    ],
    [
      "another VPC's security group",
      'InvalidConfigurationRequest',
      /does not belong to VPC/,
      (a) => ({ SecurityGroups: [a.group('x', a.otherVpc().vpcId)] }),
    ],
    ['an unknown type', 'ValidationError', /enum value set/, () => ({ Type: 'classic' })],
    ['subnets without IPv6', 'ValidationError', /IPv6 CIDR block/, () => ({ IpAddressType: 'dualstack' })],
    [
      'an ALB address type on an NLB',
      'InvalidConfigurationRequest',
      /not supported on load balancers with type 'network'/,
      () => ({ Type: 'network', IpAddressType: 'dualstack-without-public-ipv4' }),
    ],
    [
      'a fixed address on an ALB',
      'InvalidConfigurationRequest',
      /only specify private IPv4 addresses/,
      (a) => ({
        Subnets: undefined,
        SubnetMappings: a.subnetIds.map((SubnetId) => ({ SubnetId, PrivateIPv4Address: '172.31.0.9' })),
      }),
    ],
    [
      'subnets both ways',
      'ValidationError',
      /but not both/,
      (a) => ({ SubnetMappings: [{ SubnetId: a.subnetIds[0] }] }),
    ],
    ['a scheme for a gateway', 'ValidationError', /scheme/, () => ({ Type: 'gateway' })],
    ['a tag twice', 'DuplicateTagKeys', /more than once: a/, () => ({ Tags: [{ Key: 'a' }, { Key: 'a' }] })],
  ];
  it.each(cases)('%s: %s', (_why, code, message, input) => {
    const account = newAccount();
    const wanted = { Name: 'orders', Subnets: account.subnetIds, Scheme: 'internal', ...input(account) };
    const refusal = account.refusal('CreateLoadBalancer', wanted);
    expect(refusal).toMatchObject({ code });
    expect(refusal?.message).toMatch(message);
    expect(account.interfaces()).toEqual([]);
  });

  it('in a subnet with fewer than eight free addresses', () => {
    const account = newAccount();
    const vpcId: string = account.ec2('CreateVpc', { CidrBlock: '10.7.0.0/24' }).Vpc.VpcId;
    const subnets = ['a', 'b'].map((zone, index) => {
      const CidrBlock = `10.7.0.${index * 16}/28`; // eleven addresses
      return account.ec2('CreateSubnet', { VpcId: vpcId, CidrBlock, AvailabilityZone: `eu-west-1${zone}` }).Subnet
        .SubnetId;
    });
    for (let count = 0; count < 4; count += 1) account.ec2('CreateNetworkInterface', { SubnetId: subnets[0] });
    expect(account.refusal('CreateLoadBalancer', { Name: 'orders', Subnets: subnets, Scheme: 'internal' })).toEqual({
      code: 'InvalidSubnet',
      message: `Not enough IP space available in ${subnets[0]}. ELB requires at least 8 free IP addresses in each subnet.`,
      status: 400,
    });
  });
});

answers('what a load balancer cannot be', () => newAccount({ quotas: { 'application-load-balancers': 1 } }))`
  more than the quota
    balancer one
    CreateLoadBalancer {Name: two, Subnets: $subnetIds, Scheme: internal} !TooManyLoadBalancers
    balancer [two, {Type: network}] # another kind, another quota
`;

describe('attributes of load balancers', () => {
  it.each([
    [
      'application',
      23,
      {
        'idle_timeout.timeout_seconds': '60',
        'load_balancing.cross_zone.enabled': 'true',
        'ipv6.deny_all_igw_traffic': 'true',
      },
    ],
    [
      'network',
      9,
      { 'load_balancing.cross_zone.enabled': 'false', 'dns_record.client_routing_policy': 'any_availability_zone' },
    ],
    ['gateway', 2, { 'deletion_protection.enabled': 'false', 'load_balancing.cross_zone.enabled': 'false' }],
  ])('%s: the documented ones, with their defaults', (Type, count, some) => {
    const account = newAccount();
    const { LoadBalancerArn } = account.balancer('orders', {
      Type,
      Scheme: Type === 'gateway' ? undefined : 'internal',
    });
    const { Attributes } = account.elb('DescribeLoadBalancerAttributes', { LoadBalancerArn });
    expect(asObject(Attributes)).toMatchObject(some);
    expect(Attributes).toHaveLength(count);
  });

  it.each([
    ['application', 'idle_timeout.timeout_seconds', '4001', 'ValidationError', /between '1-4000'/],
    ['application', 'idle_timeout.timeout_seconds', 'soon', 'ValidationError', /between '1-4000'/],
    ['application', 'routing.http2.enabled', 'yes', 'ValidationError', /must be 'true' or 'false'/],
    [
      'application',
      'routing.http.desync_mitigation_mode',
      'lax',
      'ValidationError',
      /one of \[monitor, defensive, strictest\]/,
    ],
    ['application', 'no.such', 'true', 'ValidationError', /attribute key 'no.such' is not recognized/],
    ['application', 'toString', 'true', 'ValidationError', /not recognized/],
    [
      'application',
      'dns_record.client_routing_policy',
      'any_availability_zone',
      'InvalidConfigurationRequest',
      /not supported on load balancers with type 'application'/,
    ],
    ['application', 'load_balancing.cross_zone.enabled', 'false', 'InvalidConfigurationRequest', /cannot be changed/],
    [
      'application',
      'access_logs.s3.enabled',
      'true',
      'InvalidConfigurationRequest',
      /'access_logs.s3.bucket' must set/,
    ],
    [
      'network',
      'idle_timeout.timeout_seconds',
      '60',
      'InvalidConfigurationRequest',
      /not supported on load balancers with type 'network'/,
    ],
    ['network', 'secondary_ips.auto_assigned.per_subnet', '8', 'ValidationError', /between '0-7'/],
  ])('%s: %s = %s is refused', (Type, Key, Value, code, message) => {
    const account = newAccount();
    const { LoadBalancerArn } = account.balancer('orders', { Type });
    const refusal = account.refusal('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes: [{ Key, Value }] });
    expect(refusal).toMatchObject({ code });
    expect(refusal?.message).toMatch(message);
  });

  it('change together or not at all', () => {
    const account = newAccount();
    const { LoadBalancerArn } = account.balancer();
    const Attributes = [
      { Key: 'idle_timeout.timeout_seconds', Value: '90' },
      { Key: 'routing.http2.enabled', Value: 'perhaps' },
    ];
    expect(account.refusal('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes })).toBeDefined();
    const read = () => asObject(account.elb('DescribeLoadBalancerAttributes', { LoadBalancerArn }).Attributes);
    expect(read()['idle_timeout.timeout_seconds']).toBe('60');
    account.elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes: Attributes.slice(0, 1) });
    expect(read()['idle_timeout.timeout_seconds']).toBe('90');
    const twice = [Attributes[0], Attributes[0]];
    expect(account.refusal('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes: twice })?.message).toMatch(
      /specified more than once/,
    );
  });
});

describe('settings of a load balancer', () => {
  it('security groups: its interfaces have them', () => {
    const account = newAccount();
    const { LoadBalancerArn, SecurityGroups } = account.balancer();
    expect(SecurityGroups).toHaveLength(1); // the VPC's default group
    const group = account.group();
    expect(account.elb('SetSecurityGroups', { LoadBalancerArn, SecurityGroups: [group] }).SecurityGroupIds).toEqual([
      group,
    ]);
    expect(account.interfaces().map((row) => row['Groups'].map((each: any) => each.GroupId))).toEqual([
      [group],
      [group],
      [group],
    ]);
    expect(account.refusalOf('ec2', 'DeleteSecurityGroup', { GroupId: group })).toMatchObject({
      code: 'DependencyViolation',
    });
  });

  it('not on a network load balancer that was created without any', () => {
    const account = newAccount();
    const bare = account.balancer('bare', { Type: 'network' });
    const group = account.group();
    const set = (balancer: any) => ({ LoadBalancerArn: balancer.LoadBalancerArn, SecurityGroups: [group] });
    expect(account.refusal('SetSecurityGroups', set(bare))).toEqual({
      code: 'InvalidConfigurationRequest',
      message:
        'You cannot set security groups on a Network Load Balancer which was created without any security groups.',
      status: 400,
    });
    expect(account.interfaces().every((row) => row['Groups'].length === 0)).toBe(true);
    const grouped = account.balancer('grouped', { Type: 'network', SecurityGroups: [group] });
    expect(grouped['EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic']).toBe('on');
    account.elb('SetSecurityGroups', { ...set(grouped), EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off' });
    const { LoadBalancers } = account.elb('DescribeLoadBalancers', { Names: ['grouped'] });
    expect(LoadBalancers[0].EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic).toBe('off');
  });

  it('subnets: it is added to new ones and keeps the others', async () => {
    const account = newAccount();
    const [a, b, c] = account.subnetIds;
    const { LoadBalancerArn } = account.balancer('orders', { Subnets: [a, b] });
    const zones = account.elb('SetSubnets', { LoadBalancerArn, Subnets: [b, c] }).AvailabilityZones;
    expect(zones.map((zone: any) => zone.SubnetId)).toEqual([b, c]);
    expect(
      account
        .interfaces()
        .map((row) => row['SubnetId'])
        .sort(),
    ).toEqual([a, b, c].sort());
    await account.advance(MINUTES);
    expect(
      account
        .interfaces()
        .map((row) => row['SubnetId'])
        .sort(),
    ).toEqual([b, c].sort());
    expect(account.refusal('SetSubnets', { LoadBalancerArn, Subnets: [a] })).toMatchObject({ code: 'ValidationError' });
    expect(account.refusal('SetSubnets', { LoadBalancerArn, Subnets: account.otherVpc().subnetIds })?.message).toMatch(
      /same VPC/,
    );
  });
});

answers('settings of a load balancer', newAccount)`
  the IP address type, where the subnets have IPv6
    balancer
    SetIpAddressType {LoadBalancerArn: $LoadBalancerArn, IpAddressType: ipv4} == {IpAddressType: ipv4}
    SetIpAddressType {LoadBalancerArn: $LoadBalancerArn, IpAddressType: dualstack} !ValidationError /IPv6 CIDR/
  the prefix for IPv6 source NAT is kept where a change of subnets does not name it
    balancer [orders, {Type: network}]
    SetSubnets {LoadBalancerArn: $LoadBalancerArn, Subnets: $subnetIds, EnablePrefixForIpv6SourceNat: off}
      -> {EnablePrefixForIpv6SourceNat: off}
    SetSubnets {LoadBalancerArn: $LoadBalancerArn, Subnets: $subnetIds} -> {EnablePrefixForIpv6SourceNat: off}
  no capacity is reserved
    balancer
    DescribeCapacityReservation {LoadBalancerArn: $LoadBalancerArn} == {CapacityReservationState: []}
`;
