import { describe } from 'vitest';
import { AWS_FAULTS } from '../aws-faults.js';
import { BALANCER, GROUP, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import type { World } from '../world.js';
import { the, row, nothing, allPorts, peered, onPremises, transit } from './aws-rows.js';

/** No target passes the health check, and all answer it. */
const allAnswer = ({ the: named }: World): void => {
  const unhealthy = { health: 'unhealthy', reason: 'Target.ResponseCodeMismatch' };
  named('targetGroups', GROUP).targets?.forEach((one) => Object.assign(one, unhealthy));
};

describe('ends of the path on AWS', () => {
  checkTable(the('path/return'), [
    row('pass', 'answers return', nothing),
    row(
      'fail',
      'some of the ports are denied',
      (w) =>
        w.the('networkAcls', 'acl-1').entries?.push({
          direction: 'out',
          order: 50,
          action: 'deny',
          protocol: 'tcp',
          fromPort: 5_000,
          toPort: 6_000,
          cidrBlock: '10.0.1.0/24',
        }),
      {
        says: ['denies outbound tcp 5000-6000'],
        remedy: ['before 50: outbound allow tcp 1024-65535 to 10.0.1.0/24'],
      },
    ),
    row(
      'fail',
      'only the port that is called is open',
      (w) => {
        w.the('targetGroups', GROUP).crossZone = false;
        w.the('networkAcls', 'acl-1').entries = [
          {
            direction: 'out',
            order: 100,
            action: 'allow',
            protocol: 'tcp',
            fromPort: 443,
            toPort: 443,
            cidrBlock: '0.0.0.0/0',
          },
          {
            direction: 'out',
            order: 110,
            action: 'allow',
            protocol: 'tcp',
            fromPort: 8080,
            toPort: 65_535,
            cidrBlock: '0.0.0.0/0',
          },
          { direction: 'in', order: 100, action: 'allow', protocol: 'all', ...allPorts, cidrBlock: '0.0.0.0/0' },
        ];
      },
      { says: ['tcp 1024-8079'] },
    ),
    row(
      'fail',
      'the peer has no route back',
      (w) => {
        peered(w);
        w.the('routeTables', 'rtb-2').routes?.pop();
      },
      { evidence: ['rtb-2'], remedy: ['to rtb-2'] },
    ),
    row('unknown', 'routers outside the cloud', onPremises, {
      says: ['behind vgw-1'],
      remedy: ['assume.returnPaths'],
    }),
    row(
      'pass',
      'routers outside the cloud, with a return path in the spec',
      (w) => {
        onPremises(w);
        w.spec.assume = { returnPaths: ['10.8.0.0/16'] };
      },
      { evidence: ['assume.returnPaths[0]'] },
    ),
    row('unknown', 'the spec has a return path for other blocks', (w) => {
      onPremises(w);
      w.spec.assume = { returnPaths: ['10.9.0.0/16'] };
    }),
  ]);

  checkTable(the('path/load-balancer'), [
    row('pass', 'it forwards calls', nothing, { evidence: [LISTENER, GROUP] }),
    row('fail', 'it is not active', (w) =>
      Object.assign(w.the('loadBalancers', BALANCER), { active: false, state: 'failed' }),
    ),
    row(
      'fail',
      'no target is healthy',
      (w) =>
        w
          .the('targetGroups', GROUP)
          .targets?.forEach((one) => Object.assign(one, { health: 'unhealthy', reason: 'Target.Timeout' })),
      { says: ['Target.Timeout', '; orders-alb forwards calls to the unhealthy targets'] },
    ),
    row('pass', 'no target is healthy, and all answer', allAnswer),
    row(
      'fail',
      'no target is healthy, all answer, and their group does not allow calls',
      (w) => {
        allAnswer(w);
        w.the('securityGroups', 'sg-app').rules = [];
      },
      { says: ['sg-app'] },
    ),
    row(
      'fail',
      'no target in the zone is healthy, and those of the other zone answer',
      (w) => {
        allAnswer(w);
        Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { reason: 'Target.Timeout' });
        Object.assign(w.the('targetGroups', GROUP), { crossZone: false });
      },
      { says: ['no target of orders is healthy'] },
    ),
    row('pass', 'no target in the zone is healthy, and all in it answer', (w) => {
      allAnswer(w);
      Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { health: 'healthy' });
      Object.assign(w.the('targetGroups', GROUP), { crossZone: false });
    }),
    row('unknown', 'the health of the target in the zone has an unknown value', (w) => {
      Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { health: 'unknown' });
      Object.assign(w.the('targetGroups', GROUP), { crossZone: false });
    }),
    row('pass', 'one is healthy', (w) =>
      Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { health: 'unhealthy' }),
    ),
    row(
      'unknown',
      'no target in the zone is healthy',
      (w) => {
        Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { health: 'unhealthy' });
        Object.assign(w.the('targetGroups', GROUP), { crossZone: false });
      },
      { says: ['euw1-az1', 'not documented whether links still call it'], remedy: ['cross-zone'] },
    ),
    row('unknown', 'whether cross-zone load balancing is on is not known', (w) => {
      Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { health: 'unhealthy' });
      delete w.the('targetGroups', GROUP).crossZone;
      delete w.the('loadBalancers', BALANCER).crossZone;
    }),
    row('fail', 'one of its two targets does not allow it: a part of the calls reaches no target', oneIsClosed, {
      says: ['load balancer to i-2', '1 of 2 targets that receive calls is not reachable'],
    }),
    row('pass', 'a target that a zonal shift moves calls away from does not allow it', (w) => {
      oneIsClosed(w);
      Object.assign(w.the('targetGroups', GROUP).targets?.[1] ?? {}, { shifted: true });
    }),
    row('fail', 'the other target does not allow it', (w) => {
      oneIsClosed(w);
      Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { shifted: true });
    }),
    row('pass', 'a target that is not healthy does not allow it', (w) => {
      oneIsClosed(w);
      Object.assign(w.the('targetGroups', GROUP).targets?.[1] ?? {}, { health: 'unhealthy' });
    }),
    row(
      'fail',
      'no target is healthy: their group does not allow health checks',
      (w) => {
        w.the('securityGroups', 'sg-app').rules = [];
        for (const one of w.the('targetGroups', GROUP).targets ?? []) {
          Object.assign(one, { health: 'unhealthy', reason: 'Target.Timeout' });
        }
      },
      {
        says: [
          'no target of orders is healthy',
          'health checks do not reach them: no rule of sg-app allows inbound tcp 8080',
        ],
        remedy: ['Add an inbound rule to sg-app: tcp 8080 from sg-lb'],
      },
    ),
    row(
      'fail',
      'no target is healthy: health checks use another port',
      (w) => {
        w.the('targetGroups', GROUP).healthCheck = { enabled: true, protocol: 'HTTP', port: 9000 };
        for (const one of w.the('targetGroups', GROUP).targets ?? []) Object.assign(one, { health: 'unhealthy' });
      },
      { remedy: ['Add an outbound rule to sg-lb: tcp 9000 to sg-app'] },
    ),
    row(
      'fail',
      'one of two groups has no targets, and receives most of the calls',
      (w) => {
        w.copy('targetGroups', GROUP, { id: 'tg-green', name: 'green', targets: [] });
        forward(w, [10, 90]);
      },
      { says: ['green has no targets, and receives 90 % of the calls'], remedy: ['its weight to 0'] },
    ),
    row('fail', 'the group that receives all calls has no targets', (w) => {
      w.copy('targetGroups', GROUP, { id: 'tg-green', name: 'green', targets: [] });
      forward(w, [0, 100]);
    }),
    row(
      'fail',
      'the group has no targets, because the service that registers them wants none',
      (w) => {
        w.the('targetGroups', GROUP).targets = [];
        const targetGroups = [{ targetGroupId: GROUP, port: 8080 }];
        const service = { id: 'arn:ecs', name: 'shop', targetGroups, registries: [], desired: 0, raw: null };
        w.region.registrars = [{ kind: 'service', ...service }];
      },
      { says: ['shop registers them, and its desired count is 0'], remedy: ['Set the desired count of shop above 0'] },
    ),
    row(
      'unknown',
      'the group has no targets, and the service that registers them starts tasks',
      (w) => {
        w.the('targetGroups', GROUP).targets = [];
        const targetGroups = [{ targetGroupId: GROUP, port: 8080 }];
        const service = {
          id: 'arn:ecs',
          name: 'shop',
          targetGroups,
          registries: [],
          desired: 1,
          running: 0,
          raw: null,
        };
        w.region.registrars = [{ kind: 'service', ...service }];
      },
      { says: ['whether the tasks that shop is starting answer'], remedy: ['Wait until shop'] },
    ),
    row('pass', 'a group without targets receives no calls', (w) => {
      w.copy('targetGroups', GROUP, { id: 'tg-green', name: 'green', targets: [] });
      forward(w, [1, 0]);
    }),
    row('fail', 'no group receives calls', (w) => {
      w.copy('targetGroups', GROUP, { id: 'tg-green', name: 'green' });
      forward(w, [0, 0]);
    }),
    row(
      'unknown',
      'one of two groups has no targets, and whether it receives calls is not known',
      (w) => {
        w.copy('targetGroups', GROUP, { id: 'tg-green', name: 'green', targets: [] });
        forward(w);
      },
      { says: ['the weights', 'green has no targets'] },
    ),
    row('pass', 'one address of the load balancer behind it is closed, in a zone that it does not call', (w) =>
      twoBalancers(w, false),
    ),
    row('fail', 'one address of the load balancer behind it is closed, with cross-zone load balancing', (w) =>
      twoBalancers(w, true),
    ),
    row('unknown', 'one address of the load balancer behind it is closed, and may receive calls', (w) =>
      twoBalancers(w, undefined),
    ),
    row('pass', 'its targets are behind a transit gateway; the source is its address', (w) => behindTransit(w, false)),
    row(
      'fail',
      'its targets are behind a transit gateway; the source is the client, which AWS does not support',
      (w) => behindTransit(w, true),
      { says: ["preserves the client's address"], remedy: ['client IP preservation'] },
    ),
    row('pass', 'its targets have IPv6 addresses, and allow its IPv6 addresses', (w) => overIpv6(w, '2001:db8::/56')),
    row('fail', 'its targets have IPv6 addresses, and allow only its IPv4 ones', (w) => overIpv6(w, '10.0.0.0/16'), {
      says: ['2001:db8:'],
    }),
    row(
      'fail',
      'its targets support HTTP/2 only',
      (w) => Object.assign(w.the('targetGroups', GROUP), { protocolVersion: 'HTTP2' }),
      { says: ['464'] },
    ),
    row('fail', 'it calls a function that does not exist', (w) =>
      Object.assign(w.the('targetGroups', GROUP), { kind: 'lambda', targets: [] }),
    ),
    row('pass', 'it calls a function', (w) =>
      Object.assign(w.the('targetGroups', GROUP), {
        kind: 'lambda',
        targets: [{ id: 'arn:fn', health: 'unavailable' }],
      }),
    ),
    row('fail', 'its targets do not allow it', (w) => (w.the('securityGroups', 'sg-app').rules = []), {
      remedy: ['Add an inbound rule to sg-app: tcp 8080 from sg-lb'],
    }),
    row(
      'fail',
      'the source is the client, and its targets do not allow it',
      (w) =>
        Object.assign(w.the('targetGroups', GROUP), { preservesClientAddress: true }) &&
        Object.assign(w.the('securityGroups', 'sg-app').rules[0] ?? {}, { securityGroupId: 'sg-link' }),
    ),
    row('pass', 'the source is the client, and its targets allow the subnets of the client', (w) => {
      Object.assign(w.the('targetGroups', GROUP), { preservesClientAddress: true });
      w.the('securityGroups', 'sg-app').rules[0] = {
        direction: 'in',
        protocol: 'tcp',
        fromPort: 8080,
        toPort: 8080,
        cidrBlock: '10.0.0.0/22',
      };
    }),
    row(
      'unknown',
      'the source was not read, and its targets allow the load balancer only',
      (w) => {
        delete w.the('targetGroups', GROUP).preservesClientAddress;
        const rule = {
          direction: 'in',
          protocol: 'tcp',
          fromPort: 8080,
          toPort: 8080,
          cidrBlock: '10.0.8.0/21',
        } as const;
        w.the('securityGroups', 'sg-app').rules[0] = rule;
        w.region.gaps.push({
          what: 'attributes',
          operation: 'DescribeTargetGroupAttributes',
          code: 'PERMISSION_DENIED',
          permission: 'elasticloadbalancing:DescribeTargetGroupAttributes',
          of: 'targetGroups',
          id: GROUP,
        });
      },
      { remedy: ['elasticloadbalancing:DescribeTargetGroupAttributes'] },
    ),
    row('unknown', 'the source was not read, and its targets allow its clients only', (w) => {
      delete w.the('targetGroups', GROUP).preservesClientAddress;
      w.the('securityGroups', 'sg-app').rules[0] = {
        direction: 'in',
        protocol: 'tcp',
        fromPort: 8080,
        toPort: 8080,
        cidrBlock: '10.0.0.0/22',
      };
    }),
    row('pass', 'the source was not read, and its targets allow both', (w) => {
      delete w.the('targetGroups', GROUP).preservesClientAddress;
      const rule = {
        direction: 'in',
        protocol: 'tcp',
        fromPort: 8080,
        toPort: 8080,
        cidrBlock: '10.0.0.0/16',
      } as const;
      w.the('securityGroups', 'sg-app').rules[0] = rule;
    }),
    row('fail', 'the source was not read, and its targets allow none', (w) => {
      delete w.the('targetGroups', GROUP).preservesClientAddress;
      w.the('securityGroups', 'sg-app').rules = [];
    }),
    row(
      'unknown',
      'the health of targets could not be read',
      (w) => {
        delete w.the('targetGroups', GROUP).targets;
        w.region.gaps.push({
          what: 'health',
          operation: 'DescribeTargetHealth',
          code: 'PERMISSION_DENIED',
          permission: 'elasticloadbalancing:DescribeTargetHealth',
          of: 'targetGroups',
          id: GROUP,
        });
      },
      { remedy: ['elasticloadbalancing:DescribeTargetHealth'] },
    ),
    row(
      'unknown',
      'target groups could not be read',
      (w) => w.withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups'),
      { remedy: ['DescribeTargetGroups'] },
    ),
  ]);
});

/** The group of the second target allows nothing inbound. */
function oneIsClosed(world: World): void {
  world.copy('securityGroups', 'sg-app', { id: 'sg-shut', rules: [] });
  world.the('interfaces', 'eni-app-b').securityGroupIds = ['sg-shut'];
}

/** The listener forwards to two groups, by their weights if they are known. */
function forward(world: World, weights?: readonly [number, number]): void {
  const targetGroupIds = [GROUP, 'tg-green'];
  const read = weights?.map((weight, at) => ({ targetGroupId: targetGroupIds[at] ?? '', weight }));
  world.the('listeners', LISTENER).actions = [
    { kind: 'forward', targetGroupIds, ...(read === undefined ? {} : { weights: read }) },
  ];
}

/** An NLB in one zone, with the ALB as its target; one address of the ALB, in the other zone, is closed. */
function twoBalancers(world: World, crossZone: boolean | undefined): void {
  const [, twoInARow] = AWS_FAULTS.find(([name]) => name === 'an NLB before the ALB') ?? [];
  twoInARow?.(world);
  world.remove('interfaces', 'eni-nlb-b');
  const nlb = BALANCER.replace('app/orders-alb', 'net/front');
  Object.assign(world.the('loadBalancers', nlb), { subnetIds: ['subnet-lb-a'], zones: ['euw1-az1'] });
  Object.assign(world.the('targetGroups', GROUP.replace('orders', 'front')), { crossZone });
  if (crossZone === undefined) delete world.the('loadBalancers', nlb).crossZone;
  const rule = { direction: 'in', protocol: 'tcp', fromPort: 443, toPort: 443, securityGroupId: 'sg-lb' } as const;
  world.the('securityGroups', 'sg-lb').rules.push(rule);
  world.copy('securityGroups', 'sg-app', { id: 'sg-shut', rules: [] });
  world.the('interfaces', 'eni-lb-b').securityGroupIds = ['sg-shut'];
}

/** Its targets are in another network, behind a transit gateway, and allow all private addresses. */
function behindTransit(world: World, preservesClientAddress: boolean): void {
  const { ref } = world.targetSpec;
  transit(world);
  world.targetSpec.ref = ref;
  const targets = [{ id: '10.1.1.9', port: 8080, zone: 'all', health: 'healthy' as const }];
  Object.assign(world.the('targetGroups', GROUP), { kind: 'address', preservesClientAddress, targets });
  const rule = { protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock: '10.0.0.0/8' } as const;
  world.the('securityGroups', 'sg-lb').rules.push({ direction: 'out', ...rule });
  world.the('securityGroups', 'sg-far').rules.push({ direction: 'in', ...rule });
}

/** The target is called at an IPv6 address, by a load balancer with addresses of both families. */
function overIpv6(world: World, cidrBlock: string): void {
  world.the('networks', 'vpc-1').ipv6CidrBlocks = ['2001:db8::/56'];
  const local = { cidrBlock: '2001:db8::/56', nextHop: { kind: 'local' }, state: 'active', origin: 'local' } as const;
  world.the('routeTables', 'rtb-1').routes?.push(local);
  for (const direction of ['in', 'out'] as const) {
    const entry = { direction, order: 200, action: 'allow', protocol: 'all', ...allPorts, cidrBlock: '::/0' } as const;
    world.the('networkAcls', 'acl-1').entries?.push(entry);
  }
  for (const [at, zone] of ['a', 'b'].entries()) {
    world.the('subnets', `subnet-lb-${zone}`).ipv6CidrBlocks = [`2001:db8:0:${at}::/64`];
    world.the('interfaces', `eni-lb-${zone}`).addresses.push(`2001:db8:0:${at}::5`);
  }
  world.the('interfaces', 'eni-app-a').addresses.push('2001:db8::20');
  const targets = [{ id: '2001:db8::20', port: 8080, zone: 'all', health: 'healthy' as const }];
  Object.assign(world.the('targetGroups', GROUP), { kind: 'address', targets });
  world.the('securityGroups', 'sg-app').rules[0] = {
    direction: 'in',
    protocol: 'tcp',
    fromPort: 8080,
    toPort: 8080,
    cidrBlock,
  };
}
