import type { TargetHealthReasonEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { forwarding } from '../forwarding.js';
import {
  allow,
  closeEgress,
  connectedWorld,
  FAR,
  networkAcl,
  peer,
  REGION,
  SERVER,
  verdict,
  type Verdict,
  type World,
} from './world.js';

const ACCOUNT = '111122223333';

/** A load balancer in the server's zone and the other one, with a listener on port 80 that forwards to the server. */
async function balanced(world: World, Type: 'application' | 'network', more: object = {}) {
  const { elb, subnets, groups, vpcId, sim } = world;
  const { LoadBalancerArn, ListenerArn, TargetGroupArn } = forwarding(elb, {
    Type,
    VpcId: vpcId,
    Subnets: [subnets.back, subnets.back2],
    ...(Type === 'application' && { SecurityGroups: [groups.server] }),
    Targets: [SERVER],
    ...more,
  });
  const Protocol = Type === 'application' ? 'HTTP' : 'TCP';
  const group = (Name: string): string =>
    elb('CreateTargetGroup', { Name, Protocol, Port: 80, VpcId: vpcId, TargetType: 'ip' }).TargetGroups[0]
      .TargetGroupArn;
  await sim.advance(600_000);
  return { LoadBalancerArn, ListenerArn, TargetGroupArn, group };
}

/** A second server, in the other zone. */
async function second({ server, subnets, groups, elb, sim }: World, TargetGroupArn: string, group = groups.server) {
  server(subnets.back2, group, '10.0.4.10');
  elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: '10.0.4.10' }] });
  await sim.advance(600_000);
}

const unhealthy = ({ plant }: World, targetGroupArn: string, targetId: string, reason?: TargetHealthReasonEnum) =>
  plant({ kind: 'target-health', targetGroupArn, targetId, state: 'unhealthy', reason });

type Row = [
  what: string,
  expected: Verdict,
  type: 'application' | 'network',
  change?: (world: World, made: Awaited<ReturnType<typeof balanced>>) => unknown,
  more?: (world: World) => object,
];

describe('load balancers', () => {
  it.each<Row>([
    ['an application load balancer', 'yes', 'application'],
    ['a network one balances within zones, and has a server in only one of the two', 'undecided: zone', 'network'],
    [
      'a network load balancer across zones',
      'yes',
      'network',
      (world, { LoadBalancerArn }) => {
        const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
        world.elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes });
      },
    ],
    [
      'a target group with its own cross-zone setting',
      'yes',
      'network',
      (world, { TargetGroupArn }) => {
        const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
        world.elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
      },
    ],
    ['a server in each zone', 'yes', 'network', (world, { TargetGroupArn }) => second(world, TargetGroupArn)],
    [
      'a server in each zone, one of them unhealthy',
      'undecided: zone',
      'network',
      async (world, { TargetGroupArn }) => {
        await second(world, TargetGroupArn);
        unhealthy(world, TargetGroupArn, '10.0.4.10');
      },
    ],
    ...([true, false] as const).map((shifted): Row => [
      `a server that is not reached, in a zone ${shifted ? 'that a zonal shift moves calls away from' : 'without a zonal shift'}`,
      shifted ? 'yes' : 'no: security-group-in',
      'application',
      async (world, { TargetGroupArn }) => {
        await second(world, TargetGroupArn, world.group(world.vpcId, 'closed'));
        world.plant({
          kind: 'target-health',
          targetGroupArn: TargetGroupArn,
          targetId: '10.0.4.10',
          state: 'healthy',
          shifted,
        });
      },
    ]),
    [
      'a listener that verifies a token',
      'undecided: listener',
      'application',
      async (world, { TargetGroupArn, ListenerArn }) => {
        const JwtValidationConfig = { JwksEndpoint: 'https://id.example.com/keys', Issuer: 'https://id.example.com' };
        const DefaultActions = [
          { Type: 'jwt-validation', Order: 1, JwtValidationConfig },
          { Type: 'forward', Order: 2, TargetGroupArn },
        ];
        const certificate = { DomainName: 'orders.example.com', ValidationMethod: 'DNS' };
        const { CertificateArn } = world.call('acm', 'RequestCertificate', certificate);
        await world.sim.advance(600_000);
        const Certificates = [{ CertificateArn }];
        world.elb('ModifyListener', { ListenerArn, Protocol: 'HTTPS', Certificates, DefaultActions });
      },
    ],
    [
      'no healthy target',
      'no: target-health',
      'application',
      (world, { TargetGroupArn }) => unhealthy(world, TargetGroupArn, SERVER),
    ],
    [
      'no healthy target, and all return another status code than expected',
      'yes',
      'application',
      (world, { TargetGroupArn }) => unhealthy(world, TargetGroupArn, SERVER, 'Target.ResponseCodeMismatch'),
    ],
    [
      'no healthy target, and one does not answer',
      'no: target-health',
      'application',
      async (world, { TargetGroupArn }) => {
        await second(world, TargetGroupArn);
        unhealthy(world, TargetGroupArn, SERVER, 'Target.ResponseCodeMismatch');
        unhealthy(world, TargetGroupArn, '10.0.4.10', 'Target.Timeout');
      },
    ],
    [
      'no registered target',
      'no: target-health',
      'application',
      (world, { TargetGroupArn }) => {
        world.elb('DeregisterTargets', { TargetGroupArn, Targets: [{ Id: SERVER }] });
      },
    ],
    [
      'a redirect',
      'no: listener',
      'application',
      (world, { ListenerArn }) => {
        const RedirectConfig = { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' };
        world.elb('ModifyListener', { ListenerArn, DefaultActions: [{ Type: 'redirect', RedirectConfig }] });
      },
    ],
    [
      'a fixed response with a rule that forwards',
      'yes',
      'application',
      (world, { TargetGroupArn, ListenerArn }) => {
        world.elb('CreateRule', {
          ListenerArn,
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
          Actions: [{ Type: 'forward', TargetGroupArn }],
        });
        const FixedResponseConfig = { StatusCode: '404' };
        world.elb('ModifyListener', { ListenerArn, DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig }] });
      },
    ],
    [
      'a target group without weight does not count',
      'no: target-health',
      'application',
      (world, { TargetGroupArn, ListenerArn, group }) => {
        const TargetGroups = [
          { TargetGroupArn, Weight: 0 },
          { TargetGroupArn: group('carts'), Weight: 1 },
        ];
        const DefaultActions = [{ Type: 'forward', ForwardConfig: { TargetGroups } }];
        world.elb('ModifyListener', { ListenerArn, DefaultActions });
      },
    ],
    [
      'the load balancer’s group',
      'no: security-group-in',
      'application',
      (world) => {
        world.ec2('RevokeSecurityGroupIngress', {
          GroupId: world.groups.server,
          SecurityGroupRuleIds: world.rules.server,
        });
      },
    ],
    [
      'a network load balancer with a security group',
      'no: security-group-in',
      'network',
      () => 0,
      (world) => ({ SecurityGroups: [world.group(world.vpcId, 'closed')] }),
    ],
    [
      'the network ACL of one of its subnets',
      'no: network-acl-in',
      'application',
      (world) => networkAcl(world, world.subnets.back2, []),
    ],
    [
      'a listener that was deleted',
      'no: listener',
      'application',
      ({ elb }, { ListenerArn }) => elb('DeleteListener', { ListenerArn }),
    ],
  ])('%s: %s', async (_what, expected, type, change, more) => {
    const world = await connectedWorld();
    const made = await balanced(world, type, more?.(world));
    await change?.(world, made);
    expect(verdict(world, { targetId: made.ListenerArn }, 'its own')).toBe(expected);
  });

  it('are called at each of their addresses, from each zone', async () => {
    const world = await connectedWorld();
    const { LoadBalancerArn, ListenerArn: targetId } = await balanced(world, 'application');
    const { sources } = world.connects({ targetId });
    expect(sources).toHaveLength(4);
    expect(new Set(sources.map(({ to }) => to)).size).toBe(2);
    expect(new Set(sources.map(({ zoneId }) => zoneId)).size).toBe(2);
    const [address = ''] = sources.map(({ to }) => to);
    expect(verdict(world, address, 80)).toBe('yes');
    expect(verdict(world, address, 81)).toBe('no: security-group-in');
    expect(verdict(world, { targetId: LoadBalancerArn }, 80)).toBe('yes');
    expect(verdict(world, { targetId: LoadBalancerArn }, 'its own')).toBe('no: target');
  });

  it('do not connect on ports without a listener', async () => {
    const world = await connectedWorld();
    const { LoadBalancerArn } = await balanced(world, 'network');
    expect(verdict(world, { targetId: LoadBalancerArn }, 443)).toBe('no: listener');
  });

  it('connect once they are active', async () => {
    const world = await connectedWorld();
    const { subnets, elb } = world;
    const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
      Name: 'young',
      Type: 'network',
      Scheme: 'internal',
      Subnets: [subnets.back],
    }).LoadBalancers;
    expect(verdict(world, { targetId: LoadBalancerArn }, 80)).toBe('no: listener');
    expect(world.connects({ targetId: LoadBalancerArn }, 80).because).toBe('Load balancer young is provisioning.');
  });
});

describe('targets behind load balancers', () => {
  /** A server at 10.0.4.20 whose group allows port 8080 from given sources only; a load balancer across zones in front. */
  async function behind(
    Type: 'application' | 'network',
    from: (world: World, balancerGroup: string) => object,
    more: {
      readonly keep?: boolean;
      readonly instance?: boolean;
      /** The instance has a closed interface in addition to its primary one, which was created earlier. */
      readonly second?: boolean;
      readonly groups?: boolean;
      readonly apart?: boolean;
    } = {},
  ) {
    const world = await connectedWorld();
    const { ec2, elb, vpcId, subnets, sim } = world;
    const balancerGroup = world.group(vpcId, 'balancer');
    allow(ec2, 'in', balancerGroup, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
    const targetGroup = world.group(vpcId, 'target');
    allow(ec2, 'in', targetGroup, { FromPort: 8080, ToPort: 8080, ...from(world, balancerGroup) });
    const second =
      more.second === true ? world.server(subnets.back2, world.group(vpcId, 'closed'), '10.0.4.19') : undefined;
    const networkInterfaceId = world.server(subnets.back2, targetGroup, '10.0.4.20');
    const id = more.instance === true ? world.plant({ kind: 'instance', networkInterfaceId }) : '10.0.4.20';
    if (second !== undefined) world.plant({ kind: 'instance', networkInterfaceId: second, instanceId: id });
    const made = forwarding(elb, {
      Type,
      names: ['front', 'orders'],
      VpcId: vpcId,
      Subnets: [subnets.back, more.apart === true ? world.subnet(vpcId, '10.0.5.0/24', 'b') : subnets.back2],
      ...(more.groups !== false && { SecurityGroups: [balancerGroup] }),
      TargetType: more.instance === true ? 'instance' : 'ip',
      Port: 8080,
      Targets: [id],
    });
    const { LoadBalancerArn, TargetGroupArn, ListenerArn: targetId } = made;
    const Attributes = [
      { Key: 'load_balancing.cross_zone.enabled', Value: 'true' },
      ...(more.keep === undefined ? [] : [{ Key: 'preserve_client_ip.enabled', Value: String(more.keep) }]),
    ];
    elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
    await sim.advance(600_000);
    return { world, targetId, LoadBalancerArn, balancerGroup, TargetGroupArn };
  }
  const block = (CidrIp: string) => () => ({ IpRanges: [{ CidrIp }] });
  const balancers = (_world: World, GroupId: string) => ({ UserIdGroupPairs: [{ GroupId }] });
  const links = ({ groups }: World) => ({ UserIdGroupPairs: [{ GroupId: groups.link }] });

  it.each<[string, Verdict, Parameters<typeof behind>]>([
    ['an application load balancer’s group', 'yes', ['application', balancers]],
    ['the link’s group does not count behind it', 'no: security-group-in', ['application', links]],
    ['its subnets', 'yes', ['application', block('10.0.0.0/16')]],
    ['the link’s subnets are not the source', 'no: security-group-in', ['application', block('10.0.0.0/22')]],
    ['a network one hides the link from IP targets', 'no: security-group-in', ['network', block('10.0.1.0/24')]],
    [
      '… unless it preserves the address: one zone',
      'no: security-group-in',
      ['network', block('10.0.1.0/24'), { keep: true }],
    ],
    ['… both zones', 'yes', ['network', block('10.0.0.0/22'), { keep: true, groups: false }]],
    [
      'instance targets get the link’s address',
      'no: security-group-in',
      ['network', block('10.0.4.0/22'), { instance: true }],
    ],
    ['instances that allow it', 'yes', ['network', block('10.0.0.0/22'), { instance: true }]],
    ['instances that allow the load balancer’s group', 'yes', ['network', balancers, { instance: true }]],
    ['… by their primary interface', 'yes', ['application', balancers, { instance: true, second: true }]],
    ['instances that allow the link’s group', 'no: security-group-in', ['network', links, { instance: true }]],
    [
      'instances behind a load balancer without groups',
      'no: security-group-in',
      ['network', balancers, { instance: true, groups: false }],
    ],
  ])('%s: %s', async (_what, expected, [type, from, more]) => {
    const { world, targetId } = await behind(type, from, more);
    expect(verdict(world, { targetId }, 'its own')).toBe(expected);
  });

  it('are called through the outbound rules and network ACLs of the load balancer', async () => {
    const { world, targetId, balancerGroup } = await behind('application', block('10.0.0.0/16'));
    closeEgress(world, balancerGroup);
    expect(verdict(world, { targetId }, 'its own')).toBe('no: security-group-out');
    allow(world.ec2, 'out', balancerGroup, { FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: '10.0.4.0/24' }] });
    expect(verdict(world, { targetId }, 'its own')).toBe('yes');
    // the load balancer's own listener is on port 80, its target on port 8080
    networkAcl(world, world.subnets.back2, ['in 100 allow 6 80-80 0.0.0.0/0', 'out 100 allow -1 - 0.0.0.0/0']);
    const { because } = world.connects({ targetId });
    expect(because).toMatch(
      /^To target 10\.0\.4\.20: Rule 32767 of acl-\w+ denies what goes from 10\.0\.3\.\d+ on port 8080\.$/,
    );
  });

  it('get the link’s address at their network ACL where it is preserved', async () => {
    const { world, targetId } = await behind('network', block('10.0.0.0/16'), {
      keep: true,
      groups: false,
      apart: true,
    });
    const ends = (...rules: readonly string[]) => networkAcl(world, world.subnets.back2, rules);
    ends(
      'in 100 allow 6 8080-8080 10.0.3.0/24',
      'in 110 allow 6 8080-8080 10.0.5.0/24',
      'out 100 allow -1 - 0.0.0.0/0',
    );
    expect(verdict(world, { targetId }, 'its own')).toBe('no: network-acl-in');
    const toBalancers = ['out 100 allow 6 1024-65535 10.0.3.0/24', 'out 110 allow 6 1024-65535 10.0.5.0/24'];
    ends('in 100 allow 6 8080-8080 10.0.0.0/22', ...toBalancers);
    expect(verdict(world, { targetId }, 'its own')).toBe('no: network-acl-return');
    ends('in 100 allow 6 8080-8080 10.0.0.0/22', 'out 100 allow 6 1024-65535 10.0.0.0/22');
    expect(verdict(world, { targetId }, 'its own')).toBe('yes');
  });

  /** The listener of a Network Load Balancer that forwards to an application load balancer. */
  const outer = async ({ elb, vpcId, subnets, sim }: World, TargetType: 'ip' | 'alb', Targets: readonly object[]) => {
    const { ListenerArn } = forwarding(elb, {
      Type: 'network',
      names: ['outer', 'inner'],
      VpcId: vpcId,
      Subnets: [subnets.back, subnets.back2],
      TargetType,
      Targets,
    });
    await sim.advance(600_000);
    return ListenerArn;
  };

  it('may be an application load balancer', async () => {
    const made = await behind('application', balancers);
    const { world, targetId: inner, LoadBalancerArn: Id, balancerGroup } = made;
    expect(inner).toContain(':listener/app/');
    const targetId = await outer(world, 'alb', [{ Id }]);
    expect(verdict(world, { targetId }, 'its own')).toBe('yes');
    // the inner one gets the link's address, which is preserved
    world.ec2('RevokeSecurityGroupIngress', {
      GroupId: balancerGroup,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
    });
    allow(world.ec2, 'in', balancerGroup, { IpRanges: [{ CidrIp: '10.0.3.0/24' }, { CidrIp: '10.0.4.0/24' }] });
    expect(verdict(world, { targetId }, 'its own')).toBe('no: security-group-in');
    allow(world.ec2, 'in', balancerGroup, { IpRanges: [{ CidrIp: '10.0.1.0/24' }, { CidrIp: '10.0.2.0/24' }] });
    expect(verdict(world, { targetId }, 'its own')).toBe('yes');
    // and forwards calls by its own listener
    unhealthy(world, made.TargetGroupArn, '10.0.4.20');
    expect(verdict(world, { targetId }, 'its own')).toBe('no: target-health');
  });

  it('may be the addresses of an application load balancer, with or without an answer', async () => {
    const made = await behind('application', balancers);
    const { world, LoadBalancerArn: inner } = made;
    const Filters = [{ Name: 'description', Values: [`ELB ${inner.split(':loadbalancer/')[1]}`] }];
    const { NetworkInterfaces } = world.ec2('DescribeNetworkInterfaces', { Filters });
    const addresses = NetworkInterfaces.map(({ PrivateIpAddress: Id }: { readonly PrivateIpAddress: string }) => ({
      Id,
    }));
    const targetId = await outer(world, 'ip', addresses);
    expect(verdict(world, { targetId }, 'its own')).toBe('yes');
    unhealthy(world, made.TargetGroupArn, '10.0.4.20');
    expect(verdict(world, { targetId }, 'its own')).toBe('no: target-health');
  });

  it('may be in another VPC, if the load balancer’s routes reach it', async () => {
    const { world, targetId, TargetGroupArn } = await behind('application', balancers);
    const { elb, sim } = world;
    elb('DeregisterTargets', { TargetGroupArn, Targets: [{ Id: '10.0.4.20' }] });
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: FAR, Port: 80, AvailabilityZone: 'all' }] });
    await sim.advance(600_000);
    expect(verdict(world, { targetId }, 'its own')).toBe('no: route');
    peer(world);
    expect(verdict(world, { targetId }, 'its own')).toBe('yes');
  });
});

describe('services of Cloud Map', () => {
  const service = async (world: World, instances: Readonly<Record<string, Record<string, string>>>) => {
    const map = (operation: string, input: object) => world.call('servicediscovery', operation, input);
    map('CreateHttpNamespace', { Name: 'shop' });
    await world.sim.advance(60_000);
    const [{ Id: NamespaceId }] = map('ListNamespaces', {}).Namespaces;
    const { Id: ServiceId, Arn } = map('CreateService', {
      Name: 'orders',
      NamespaceId,
      HealthCheckCustomConfig: {},
    }).Service;
    for (const [InstanceId, Attributes] of Object.entries(instances)) {
      map('RegisterInstance', { ServiceId, InstanceId, Attributes });
    }
    await world.sim.advance(60_000);
    const ill = (InstanceId: string) =>
      map('UpdateInstanceCustomHealthStatus', { ServiceId, InstanceId, Status: 'UNHEALTHY' });
    return { targetId: Arn as string, ill };
  };
  const at = (AWS_INSTANCE_IPV4: string, more: Record<string, string> = { AWS_INSTANCE_PORT: '80' }) => ({
    AWS_INSTANCE_IPV4,
    ...more,
  });

  it.each<[string, Verdict, Readonly<Record<string, Record<string, string>>>]>([
    ['an instance', 'yes', { a: at(SERVER) }],
    ['none', 'no: target', {}],
    ['no port', 'no: target', { a: at(SERVER, {}) }],
    ['another port', 'no: security-group-in', { a: at(SERVER, { AWS_INSTANCE_PORT: '8080' }) }],
    ['an address without an interface', 'no: target', { a: at(SERVER), b: at('10.0.3.99') }],
  ])('%s: %s', async (_what, expected, instances) => {
    const world = await connectedWorld();
    const { targetId } = await service(world, instances);
    expect(verdict(world, { targetId }, 'its own')).toBe(expected);
  });

  it('count without the unhealthy ones', async () => {
    const world = await connectedWorld();
    const { targetId, ill } = await service(world, { a: at(SERVER), b: at('10.0.3.99') });
    ill('b');
    expect(verdict(world, { targetId }, 'its own')).toBe('yes');
    ill('a');
    expect(verdict(world, { targetId }, 'its own')).toBe('no: target-health');
  });

  it('are filtered by the query of the integration', async () => {
    const world = await connectedWorld();
    const { targetId } = await service(world, {
      a: at(SERVER, { AWS_INSTANCE_PORT: '80', version: '2' }),
      b: at('10.0.3.99', { AWS_INSTANCE_PORT: '80', version: '1' }),
    });
    expect(verdict(world, { targetId: `${targetId}?version=2` }, 'its own')).toBe('yes');
    expect(verdict(world, { targetId: `${targetId}?version=3` }, 'its own')).toBe('no: target');
  });

  it('must exist', async () => {
    const world = await connectedWorld();
    const targetId = `arn:aws:servicediscovery:${REGION}:${ACCOUNT}:service/srv-nothing`;
    expect(verdict(world, { targetId }, 'its own')).toBe('no: target');
  });
});
