import { describe, expect, it } from 'vitest';
import { forwarding } from '../forwarding.js';
import { allow, connectedWorld, FAR, verdict, type Verdict, type World } from './world.js';

const OTHER = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0aaaaaaaaaaaaaaaa';

/** A network load balancer with these targets on port 80, balanced across zones. */
async function balancer({ elb, sim }: World, Name: string, VpcId: string, Subnets: string[], more: object = {}) {
  const { LoadBalancerArn, TargetGroupArn, ListenerArn } = forwarding(elb, {
    Type: 'network',
    names: [Name, Name],
    VpcId,
    Subnets,
    isCrossZone: true,
    ...more,
  });
  await sim.advance(600_000);
  const register = async (...ids: string[]) => {
    elb('RegisterTargets', { TargetGroupArn, Targets: ids.map((Id) => ({ Id })) });
    await sim.advance(600_000);
  };
  return { LoadBalancerArn, ListenerArn, register };
}

/** A link, a load balancer, and an endpoint in its VPC for a service in the other VPC; `more` of the service, of its load balancer. */
async function scene(
  service: object | string = { AcceptanceRequired: false },
  nlb: (world: World) => object = () => ({}),
) {
  const world = await connectedWorld();
  const { ec2, sim, subnets, vpcId, farVpcId, far, group } = world;
  const behind = await balancer(world, 'behind', farVpcId, [far.a, far.b], nlb(world));
  await behind.register(FAR);
  const configuration = { NetworkLoadBalancerArns: [behind.LoadBalancerArn] };
  const svc =
    typeof service === 'string'
      ? { ServiceName: service, ServiceId: '' }
      : ec2('CreateVpcEndpointServiceConfiguration', { ...configuration, ...service }).ServiceConfiguration;
  const endpointGroup = group(vpcId, 'endpoint');
  const inbound = allow(ec2, 'in', endpointGroup, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
  const create = (more: object = {}): any =>
    ec2('CreateVpcEndpoint', {
      VpcEndpointType: 'Interface',
      VpcId: vpcId,
      ServiceName: svc.ServiceName,
      SubnetIds: [subnets.back, subnets.back2],
      SecurityGroupIds: [endpointGroup],
      ...more,
    }).VpcEndpoint;
  const { VpcEndpointId: id, NetworkInterfaceIds } = create();
  const addresses = ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds }).NetworkInterfaces.map(
    ({ PrivateIpAddress }: { PrivateIpAddress: string }) => PrivateIpAddress,
  );
  const front = await balancer(world, 'front', vpcId, [subnets.back, subnets.back2]);
  await front.register(...addresses);
  const state = (): string => ec2('DescribeVpcEndpoints', { VpcEndpointIds: [id] }).VpcEndpoints[0].State;
  const answer = (verb: string) =>
    ec2(`${verb}VpcEndpointConnections`, { ServiceId: svc.ServiceId, VpcEndpointIds: [id] });
  const reaches = (): Verdict => verdict(world, front.ListenerArn, 'its own');
  await sim.advance(600_000);
  return { ...world, svc, id, create, state, answer, reaches, behind, endpointGroup, inbound, addresses };
}

type Scene = Awaited<ReturnType<typeof scene>>;

describe('calls through an interface endpoint', () => {
  it.each<[string, Verdict, (one: Scene) => unknown, (object | string)?]>([
    ['reach a load balancer of another VPC that nothing else connects', 'yes', () => {}],
    ['reach a service of another account, which is taken to answer', 'yes', accepted, OTHER],
    ['wait for the other account', 'no: target', () => {}, OTHER],
    ['wait for the owner of the service', 'no: target', () => {}, {}],
    ['end when the owner rejects them', 'no: target', (one) => one.answer('Reject')],
    ['need the groups of the endpoint', 'no: security-group-in', closed],
    [
      'need the groups of the server, which see the node',
      'no: security-group-in',
      (one) => revoke(one, one.groups.far, one.rules.far),
    ],
    [
      'need a listener on the port',
      'no: listener',
      (one) => one.elb('DeleteListener', { ListenerArn: one.behind.ListenerArn }),
    ],
  ])('%s: %s', async (_title, expected, change, service) => {
    const one = await scene(service);
    await change(one);
    expect(one.reaches()).toBe(expected);
  });

  it.each<[string, Verdict]>([
    ['10.0.0.0/16', 'yes'],
    ['10.9.0.0/16', 'no: security-group-in'],
  ])('are seen from their own VPC by the groups of the load balancer: %s, %s', async (CidrIp, expected) => {
    const one = await scene(undefined, ({ ec2, group, farVpcId }) => {
      const own = group(farVpcId, 'nlb');
      allow(ec2, 'in', own, { IpRanges: [{ CidrIp }] });
      return { SecurityGroups: [own] };
    });
    expect(one.reaches()).toBe(expected);
  });

  it('go to the addresses that its subnets are given, and not to those that they had', async () => {
    const { ec2, sim, id, subnets, addresses, create, reaches } = await scene();
    const at = (Ipv4: string, SubnetId: string = subnets.back) => ({ SubnetConfigurations: [{ SubnetId, Ipv4 }] });
    const modify = async (change: object) => {
      ec2('ModifyVpcEndpoint', { VpcEndpointId: id, ...change });
      await sim.advance(600_000);
      return reaches();
    };
    expect(await modify(at(addresses[0]))).toBe('yes');
    expect(await modify(at('10.0.3.77'))).toBe('no: target');
    expect(await modify(at(addresses[0]))).toBe('yes');
    expect(() => create(at(addresses[0]))).toThrow('already in use');
    await expect(modify(at('10.0.1.9', subnets.a))).rejects.toThrow('not a subnet of the VPC endpoint');
  });

  it('get no answer in a zone without a node, or perhaps one across zones', async () => {
    const one = await scene();
    const { elb, ec2, svc, behind, farVpcId, far } = one;
    const other = await balancer(one, 'other', farVpcId, [far.a]);
    await other.register(FAR);
    const change = {
      AddNetworkLoadBalancerArns: [other.LoadBalancerArn],
      RemoveNetworkLoadBalancerArns: [behind.LoadBalancerArn],
    };
    ec2('ModifyVpcEndpointServiceConfiguration', { ServiceId: svc.ServiceId, ...change });
    expect(one.reaches()).toBe('undecided: zone');
    const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'false' }];
    elb('ModifyLoadBalancerAttributes', { LoadBalancerArn: other.LoadBalancerArn, Attributes });
    expect(one.reaches()).toBe('no: zone');
  });
});

describe('an endpoint service', () => {
  it('accepts and rejects endpoints, and stays while it has any', async () => {
    const one = await scene({});
    const { ec2, elb, sim, svc, behind } = one;
    const remove = (): any =>
      ec2('DeleteVpcEndpointServiceConfigurations', { ServiceIds: [svc.ServiceId] }).Unsuccessful;
    expect(one.state()).toBe('pendingAcceptance');
    one.answer('Accept');
    expect(one.state()).toBe('pending');
    await sim.advance(60_000);
    expect([one.state(), one.reaches()]).toEqual(['available', 'yes']);
    expect(remove()).toMatchObject([{ Error: { Code: 'ExistingVpcEndpointConnections' } }]);
    expect(() => elb('DeleteLoadBalancer', { LoadBalancerArn: behind.LoadBalancerArn })).toThrow('another service');
    one.answer('Reject');
    expect(remove()).toEqual([]);
    elb('DeleteLoadBalancer', { LoadBalancerArn: behind.LoadBalancerArn });
    expect(ec2('DescribeVpcEndpointServiceConfigurations').ServiceConfigurations).toEqual([]);
  });

  it('shows its zones by name and by ID, and its private name', async () => {
    const { svc } = await scene({ PrivateDnsName: 'orders.example.com', AcceptanceRequired: false });
    expect(svc).toMatchObject({
      AvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
      AvailabilityZoneIds: [expect.stringMatching(/^euw1-az\d$/), expect.stringMatching(/^euw1-az\d$/)],
      PrivateDnsNameConfiguration: { State: 'pendingVerification', Type: 'TXT' },
    });
  });

  it.each<[string, string, (one: Scene) => unknown]>([
    [
      'one load balancer for two services',
      'already associated',
      ({ ec2, behind }) =>
        ec2('CreateVpcEndpointServiceConfiguration', { NetworkLoadBalancerArns: [behind.LoadBalancerArn] }),
    ],
    [
      'a load balancer that does not exist',
      'does not exist',
      ({ ec2 }) => ec2('CreateVpcEndpointServiceConfiguration', { NetworkLoadBalancerArns: ['arn:none'] }),
    ],
    ['no load balancer', 'at least one', ({ ec2 }) => ec2('CreateVpcEndpointServiceConfiguration', {})],
    [
      'an endpoint in a zone without a node',
      'does not support the availability zone',
      ({ create, subnet, vpcId }) => create({ SubnetIds: [subnet(vpcId, '10.0.7.0/24', 'c')] }),
    ],
    [
      'a private name that it does not have',
      'does not provide a private DNS name',
      ({ create }) => create({ PrivateDnsEnabled: true }),
    ],
  ])('refuses %s: %s', async (_title, message, change) => {
    const one = await scene();
    expect(() => change(one)).toThrow(message);
  });
});

async function accepted({ sim, id }: Scene): Promise<void> {
  sim.plant('eu-west-1', { kind: 'endpoint-answer', vpcEndpointId: id, answer: 'accept' });
  await sim.advance(60_000);
}

function closed(one: Scene): void {
  revoke(one, one.endpointGroup, one.inbound);
}

function revoke({ ec2 }: Scene, GroupId: string, SecurityGroupRuleIds: string[]): void {
  ec2('RevokeSecurityGroupIngress', { GroupId, SecurityGroupRuleIds });
}
