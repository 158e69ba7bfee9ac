import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import { BALANCER, GROUP } from '../../check/checks/aws-region.js';
import { type World, withhold } from '../../check/checks/world.js';
import { AWS_MOVE, awsMigrationWorld, standIn } from './aws-world.js';
import { edit } from '../../check/checks/edits.js';

const judge = (change?: (world: World) => void) =>
  validateMigration(awsMigrationWorld(change).snapshot, AWS_MOVE, { clouds: CLOUDS }).findings.filter(
    ({ check }) => check === 'migrate/zones',
  );
const said = (change?: (world: World) => void) =>
  judge(change).map(({ verdict, severity, subject }) =>
    [verdict, severity, subject].filter((text) => text !== undefined).join(' '),
  );

/** The load balancer has no cross-zone load balancing, and a healthy target in the given zones. */
function zonal(world: World, ...zones: readonly string[]): void {
  world.the('loadBalancers', BALANCER).crossZone = false;
  const group = world.the('targetGroups', GROUP);
  group.crossZone = undefined;
  for (const target of group.targets ?? []) if (!zones.includes(target.zone ?? '')) target.health = 'unhealthy';
}

describe('migrate/zones', () => {
  it('passes where the new link has subnets in all zones of the backends and of the old link', () => {
    const [finding] = judge();
    expect(finding).toMatchObject({ verdict: 'pass', subject: 'link vlink-2' });
    expect(finding?.message).toContain('vlink-2 has subnets in euw1-az1, euw1-az2');
  });

  it('warns of a zone in which a backend answers and the old link has a subnet, and names a suitable subnet', () => {
    const [finding, ...others] = judge((world) => standIn(world, ['subnet-b', 'subnet-c']));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      verdict: 'fail',
      severity: 'warning',
      integration: 'orders-api',
      subject: 'link vlink-2, euw1-az1',
      message:
        'vlink-2 has no subnet in euw1-az1, where orders-alb:443 answers and vlink-1 has a subnet: calls reach it across zones, from euw1-az2 and euw1-az3 only',
      remedy:
        'Create a link that also has a subnet in euw1-az1, such as subnet-a (euw1-az1), and move to that link: the subnets of a link never change.',
    });
    expect(finding?.evidence.map(({ id }) => id)).toEqual(['subnet-b', 'subnet-c', 'subnet-a', BALANCER]);
  });

  it('reports which calls targets receive without cross-zone load balancing', () => {
    const [finding] = judge((world) => {
      standIn(world, ['subnet-b']);
      zonal(world, 'euw1-az1', 'euw1-az2');
    });
    expect(finding?.message).toMatch(
      /from euw1-az2 only; targets of orders-alb:443 there receive only calls that arrive there$/,
    );
  });

  it.each<[string, (world: World) => void, string[]]>([
    [
      'a zone of the load balancer only, without healthy targets and cross-zone load balancing, is not counted',
      (world) => {
        standIn(world, ['subnet-b']);
        world.the('links', 'vlink-1').subnetIds = ['subnet-b'];
        zonal(world, 'euw1-az2');
      },
      ['pass link vlink-2'],
    ],
    [
      'with cross-zone load balancing the same zone is counted',
      (world) => {
        standIn(world, ['subnet-b']);
        world.the('links', 'vlink-1').subnetIds = ['subnet-b'];
      },
      ['fail warning link vlink-2, euw1-az1'],
    ],
    [
      'the old link has a subnet in one more zone, in which no backend answers: a note',
      edit({ 'links.vlink-1.subnetIds': ['subnet-a', 'subnet-b', 'subnet-c'] }),
      ['fail note link vlink-2, euw1-az3'],
    ],
    [
      'the same with one remaining zone: a warning',
      (world) => {
        standIn(world, ['subnet-a']);
        world.the('links', 'vlink-1').subnetIds = ['subnet-a', 'subnet-c'];
        const balancer = world.the('loadBalancers', BALANCER);
        balancer.zones = ['euw1-az1'];
      },
      ['fail warning link vlink-2, euw1-az3'],
    ],
    [
      'a zone that does not serve links: a note',
      (world) => {
        standIn(world, ['subnet-b', 'subnet-c']);
        world.the('zones', 'euw1-az1').servesLinks = false;
      },
      ['fail note link vlink-2, euw1-az1'],
    ],
    [
      'each zone is reported once, however many backends answer there',
      (world) => {
        standIn(world, ['subnet-c']);
        const route = world.the('gateways', 'api-1').routes[0];
        const listener = world.copy('listeners', world.region.listeners[0]?.id ?? '', { id: 'listener-2', port: 8443 });
        world.copy('targets', world.region.targets[0]?.id ?? '', { id: listener.id, port: 8443 });
        if (route !== undefined) {
          world
            .the('gateways', 'api-1')
            .routes.push({ ...structuredClone(route), id: 'route-2', key: 'ANY /more', targetId: listener.id });
        }
      },
      ['fail warning link vlink-2, euw1-az1', 'fail warning link vlink-2, euw1-az2'],
    ],
    [
      'a load balancer whose zones are not reported has the zones of its subnets',
      (world) => {
        standIn(world, ['subnet-a']);
        world.the('loadBalancers', BALANCER).zones = undefined;
      },
      ['fail warning link vlink-2, euw1-az2'],
    ],
    [
      'a backend in another network is reported by another check',
      (world) => {
        for (const one of [world.region.targets[0], world.the('loadBalancers', BALANCER)])
          if (one !== undefined) one.networkId = 'vpc-2';
        standIn(world, ['subnet-c']);
        world.the('links', 'vlink-1').subnetIds = ['subnet-c'];
      },
      ['pass link vlink-2'],
    ],
  ])('%s', (_, change, expected) => {
    expect(said(change)).toEqual(expected);
  });

  it.each<[string, (world: World) => void, string, string]>([
    [
      'the load balancers',
      withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers'),
      'backend orders-alb:443',
      'elasticloadbalancing:DescribeLoadBalancers',
    ],
    ['the subnets of the new link', withhold('subnets', 'ec2:DescribeSubnets'), 'link vlink-2', 'ec2:DescribeSubnets'],
    [
      'a subnet of the old link',
      (world) => {
        world.the('links', 'vlink-1').subnetIds = ['subnet-a', 'subnet-z'];
        world.withhold('subnets', 'ec2:DescribeSubnets', 'subnet-z');
      },
      'link vlink-1',
      'ec2:DescribeSubnets',
    ],
  ])('is undecided where %s could not be read', (_, change, subject, permission) => {
    const [finding, ...others] = judge(change);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ verdict: 'unknown', severity: 'warning', subject });
    expect(finding?.evidence.at(-1)).toMatchObject({ kind: 'missing fact', id: permission });
    expect(finding?.remedy).toContain(permission);
  });

  describe('of a discovery service', () => {
    const ID = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1';
    const service = (world: World, addresses: readonly [string, boolean?][]) => {
      world.region.services = [
        {
          id: ID,
          name: 'stock',
          networkId: 'vpc-1',
          healthCheck: 'custom',
          instances: addresses.map(([address, healthy], at) => ({ id: `i-${at}`, address, port: 80, healthy })),
          raw: null,
        },
      ];
      world.region.targets = [
        { kind: 'service', id: ID, name: 'stock', networkId: 'vpc-1', subnetIds: [], raw: null } as never,
      ];
      const [route] = world.the('gateways', 'api-1').routes;
      if (route !== undefined) route.targetId = ID;
      world.the('links', 'vlink-1').subnetIds = ['subnet-a'];
      standIn(world, ['subnet-a']);
    };
    it.each<[string, [string, boolean?][], string[]]>([
      ['its instances are in the zone of the link', [['10.0.11.20']], ['pass link vlink-2']],
      ['one is in another zone', [['10.0.11.20'], ['10.0.12.20']], ['fail warning link vlink-2, euw1-az2']],
      ['an unhealthy one receives no calls', [['10.0.11.20'], ['10.0.12.20', false]], ['pass link vlink-2']],
      ['one in a data center is in no zone', [['10.0.11.20'], ['192.168.0.1']], ['pass link vlink-2']],
    ])('%s', (_, addresses, expected) => {
      expect(said((world) => service(world, addresses))).toEqual(expected);
    });
    it('its instances were not read', () => {
      expect(
        said((world) => {
          service(world, []);
          for (const one of world.region.services ?? []) one.instances = undefined;
        }),
      ).toEqual(['unknown warning backend stock']);
    });
  });
});
