import { describe } from 'vitest';
import { AWS_FAULTS } from '../aws-faults.js';
import { BALANCER, GROUP, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { type World, aws, withhold, copy, denied } from '../world.js';
import { the, peered, onPremises, transit, allPorts } from './aws-rows.js';
import { edit } from '../edits.js';

/** A rule of the backends' group. */
const inbound = (cidrBlock: string) =>
  ({ direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock }) as const;

/** No target passes the health check, and all answer it. */
const allAnswer = edit({
  'targetGroups.orders.targets.*': { health: 'unhealthy', reason: 'Target.ResponseCodeMismatch' },
});

/** A service that registers the targets of the group. */
const service = (counts: { readonly desired: number; readonly running?: number }) =>
  ({
    kind: 'service',
    id: 'arn:ecs',
    name: 'shop',
    targetGroups: [{ targetGroupId: GROUP, port: 8080 }],
    registries: [],
    ...counts,
    raw: null,
  }) as const;

describe('ends of the path on AWS', () => {
  checkTable(the('path/return'), {
    'answers return': [aws(), 'pass PASSED'],
    'some of the ports are denied': [
      aws({
        'networkAcls.acl-1.entries.+': {
          direction: 'out',
          order: 50,
          action: 'deny',
          protocol: 'tcp',
          fromPort: 5_000,
          toPort: 6_000,
          cidrBlock: '10.0.1.0/24',
        },
      }),
      'error ACL_DENIES',
      { says: 'denies outbound tcp 5000-6000', remedy: 'before 50: outbound allow tcp 1024-65535 to 10.0.1.0/24' },
    ],
    'only the port that is called is open': [
      aws({
        'targetGroups.orders.crossZone': false,
        'networkAcls.acl-1.entries': [
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
        ],
      }),
      'error ACL_DENIES',
      'tcp 1024-8079',
    ],
    'the peer has no route back': [
      aws((w) => {
        peered(w);
        w.the('routeTables', 'rtb-2').routes?.pop();
      }),
      'error NO_ROUTE',
      { evidence: 'rtb-2', remedy: 'to rtb-2' },
    ],
    'routers outside the cloud': [
      aws(onPremises),
      'unknown NOT_READ',
      { says: 'behind vgw-1', remedy: 'assume.returnPaths' },
    ],
    'routers outside the cloud, with a return path in the spec': [
      aws(onPremises, { 'spec.assume': { returnPaths: ['10.8.0.0/16'] } }),
      'pass PASSED',
      { evidence: 'assume.returnPaths[0]' },
    ],
    'the spec has a return path for other blocks': [
      aws(onPremises, { 'spec.assume': { returnPaths: ['10.9.0.0/16'] } }),
      'unknown NOT_READ',
    ],
  });

  checkTable(the('path/load-balancer'), {
    'it forwards calls': [aws(), 'pass PASSED', { evidence: [LISTENER, GROUP] }],
    'it is not active': [
      aws({ 'loadBalancers.orders-alb': { active: false, state: 'failed' } }),
      'error BALANCER_NOT_ACTIVE',
    ],
    'no target is healthy': [
      aws({ 'targetGroups.orders.targets.*': { health: 'unhealthy', reason: 'Target.Timeout' } }),
      'error NO_HEALTHY_TARGET',
      ['Target.Timeout', '; orders-alb forwards calls to the unhealthy targets'],
    ],
    'no target is healthy, and all answer': [aws(allAnswer), 'pass PASSED'],
    'no target is healthy, all answer, and their group does not allow calls': [
      aws(allAnswer, { 'securityGroups.sg-app.rules': [] }),
      'error NO_RULE',
      'sg-app',
    ],
    'no target in the zone is healthy, and those of the other zone answer': [
      aws(allAnswer, {
        'targetGroups.orders.targets.0.reason': 'Target.Timeout',
        'targetGroups.orders.crossZone': false,
      }),
      'error NO_HEALTHY_TARGET',
      'no target of orders is healthy',
    ],
    'no target in the zone is healthy, and all in it answer': [
      aws(allAnswer, { 'targetGroups.orders.targets.0.health': 'healthy', 'targetGroups.orders.crossZone': false }),
      'pass PASSED',
    ],
    'the health of the target in the zone has an unknown value': [
      aws({ 'targetGroups.orders.targets.0.health': 'unknown', 'targetGroups.orders.crossZone': false }),
      'unknown NOT_READ',
    ],
    'one is healthy': [aws({ 'targetGroups.orders.targets.0.health': 'unhealthy' }), 'pass PASSED'],
    'no target in the zone is healthy': [
      aws({ 'targetGroups.orders.targets.0.health': 'unhealthy', 'targetGroups.orders.crossZone': false }),
      'unknown ZONE_WITHOUT_TARGET',
      { says: ['euw1-az1', 'not documented whether links still call it'], remedy: 'cross-zone' },
    ],
    'whether cross-zone load balancing is on is not known': [
      aws({
        'targetGroups.orders.targets.0.health': 'unhealthy',
        'targetGroups.orders.crossZone': undefined,
        'loadBalancers.orders-alb.crossZone': undefined,
      }),
      'unknown NOT_READ',
    ],
    'one of its two targets does not allow it: a part of the calls reaches no target': [
      aws(oneIsClosed),
      'error NO_RULE',
      ['load balancer to i-2', '1 of 2 targets that receive calls is not reachable'],
    ],
    'a target that a zonal shift moves calls away from does not allow it': [
      aws(oneIsClosed, { 'targetGroups.orders.targets.1.shifted': true }),
      'pass PASSED',
    ],
    'the other target does not allow it': [
      aws(oneIsClosed, { 'targetGroups.orders.targets.0.shifted': true }),
      'error NO_RULE',
    ],
    'a target that is not healthy does not allow it': [
      aws(oneIsClosed, { 'targetGroups.orders.targets.1.health': 'unhealthy' }),
      'warning TARGETS_OUT_OF_REACH',
      { says: 'i-2 of orders is unhealthy, and the other targets receive all calls', remedy: 'to sg-shut' },
    ],
    'a target that is not healthy, and answers with another status code': [
      aws(oneIsClosed, {
        'targetGroups.orders.targets.1': { health: 'unhealthy', reason: 'Target.ResponseCodeMismatch' },
      }),
      'pass PASSED',
    ],
    'no target is healthy: their group does not allow health checks': [
      aws({
        'securityGroups.sg-app.rules': [],
        'targetGroups.orders.targets.*': { health: 'unhealthy', reason: 'Target.Timeout' },
      }),
      'error NO_HEALTHY_TARGET',
      {
        says: [
          'no target of orders is healthy',
          'health checks do not reach them: no rule of sg-app allows inbound tcp 8080',
        ],
        remedy: 'Add an inbound rule to sg-app: tcp 8080 from sg-lb',
      },
    ],
    'no target is healthy: health checks use another port': [
      aws({
        'targetGroups.orders.healthCheck': { enabled: true, protocol: 'HTTP', port: 9000 },
        'targetGroups.orders.targets.*.health': 'unhealthy',
      }),
      'pass PASSED',
      { evidence: GROUP },
    ],
    'no target is healthy: health checks use another port, and a group stops calls': [
      aws({
        'targetGroups.orders.healthCheck': { enabled: true, protocol: 'HTTP', port: 9000 },
        'targetGroups.orders.targets.*.health': 'unhealthy',
        'securityGroups.sg-app.rules': [],
      }),
      'error NO_HEALTHY_TARGET',
      { remedy: 'Add an outbound rule to sg-lb: tcp 9000 to sg-app' },
    ],
    ...Object.fromEntries(
      (['service', 'scaling-group'] as const).map((kind) => [
        `no target is healthy: health checks use another port, and a ${kind} replaces the targets`,
        [
          aws({
            'targetGroups.orders.healthCheck': { enabled: true, protocol: 'HTTP', port: 9000 },
            'targetGroups.orders.targets.*.health': 'unhealthy',
            registrars: [
              {
                kind,
                id: 'arn:one',
                targetGroups: [{ targetGroupId: GROUP }],
                registries: [],
                followsTargetHealth: kind === 'service' ? undefined : true,
                raw: null,
              },
            ],
          }),
          'error NO_HEALTHY_TARGET',
          { remedy: 'Add an outbound rule to sg-lb: tcp 9000 to sg-app' },
        ],
      ]),
    ),
    'one of two groups has no targets, and receives most of the calls': [
      aws((w) => {
        w.copy('targetGroups', GROUP, { id: 'tg-green', name: 'green', targets: [] });
        forward(w, [10, 90]);
      }),
      'error GROUP_EMPTY',
      { says: 'green has no targets, and receives 90 % of the calls', remedy: 'its weight to 0' },
    ],
    'the group that receives all calls has no targets': [
      aws((w) => {
        w.copy('targetGroups', GROUP, { id: 'tg-green', name: 'green', targets: [] });
        forward(w, [0, 100]);
      }),
      'error GROUP_EMPTY',
    ],
    'the group has no targets, because the service that registers them wants none': [
      aws({ 'targetGroups.orders.targets': [], registrars: [service({ desired: 0 })] }),
      'error GROUP_EMPTY',
      { says: 'shop registers them, and its desired count is 0', remedy: 'Set the desired count of shop above 0' },
    ],
    'the group has no targets, and the service that registers them starts tasks': [
      aws({ 'targetGroups.orders.targets': [], registrars: [service({ desired: 1, running: 0 })] }),
      'unknown NOT_READ',
      { says: 'whether the tasks that shop is starting answer', remedy: 'Wait until shop' },
    ],
    'a group without targets receives no calls': [
      aws((w) => {
        w.copy('targetGroups', GROUP, { id: 'tg-green', name: 'green', targets: [] });
        forward(w, [1, 0]);
      }),
      'pass PASSED',
    ],
    'no group receives calls': [
      aws((w) => {
        w.copy('targetGroups', GROUP, { id: 'tg-green', name: 'green' });
        forward(w, [0, 0]);
      }),
      'error WEIGHTS_ZERO',
    ],
    'one of two groups has no targets, and whether it receives calls is not known': [
      aws(copy('targetGroups', GROUP, { id: 'tg-green', name: 'green', targets: [] }), forward),
      'unknown NOT_READ',
      ['the weights', 'green has no targets'],
    ],
    'one address of the load balancer behind it is closed, in a zone that it does not call': [
      aws((w) => twoBalancers(w, false)),
      'pass PASSED',
    ],
    'one address of the load balancer behind it is closed, with cross-zone load balancing': [
      aws((w) => twoBalancers(w, true)),
      'error NO_RULE',
    ],
    'one address of the load balancer behind it is closed, and may receive calls': [
      aws((w) => twoBalancers(w, undefined)),
      'unknown NOT_READ',
    ],
    'its targets are behind a transit gateway; the source is its address': [
      aws((w) => behindTransit(w, false)),
      'pass PASSED',
    ],
    'its targets are behind a transit gateway; the source is the client, which AWS does not support': [
      aws((w) => behindTransit(w, true)),
      'error CLIENT_ADDRESS_TOO_FAR',
      { says: "preserves the client's address", remedy: 'client IP preservation' },
    ],
    'its targets have IPv6 addresses, and allow its IPv6 addresses': [
      aws((w) => overIpv6(w, '2001:db8::/56')),
      'pass PASSED',
    ],
    'its targets have IPv6 addresses, and allow only its IPv4 ones': [
      aws((w) => overIpv6(w, '10.0.0.0/16')),
      'error NO_RULE',
      '2001:db8:',
    ],
    'its targets support HTTP/2 only': [
      aws({ 'targetGroups.orders.protocolVersion': 'HTTP2' }),
      'error HTTP1_REFUSED',
      '464',
    ],
    'it calls a function that does not exist': [
      aws({ 'targetGroups.orders': { kind: 'lambda', targets: [] } }),
      'error GROUP_EMPTY',
    ],
    'it calls a function': [
      aws({
        'targetGroups.orders': {
          kind: 'lambda',
          targets: [{ id: 'arn:fn', health: 'unavailable' }],
        },
      }),
      'pass PASSED',
    ],
    'its targets do not allow it': [
      aws({ 'securityGroups.sg-app.rules': [] }),
      'error NO_RULE',
      { remedy: 'Add an inbound rule to sg-app: tcp 8080 from sg-lb' },
    ],
    'the source is the client, and its targets do not allow it': [
      aws(
        (w) =>
          Object.assign(w.the('targetGroups', GROUP), { preservesClientAddress: true }) &&
          Object.assign(w.the('securityGroups', 'sg-app').rules[0] ?? {}, { securityGroupId: 'sg-link' }),
      ),
      'error NO_RULE',
    ],
    'the source is the client, and its targets allow the subnets of the client': [
      aws((w) => {
        Object.assign(w.the('targetGroups', GROUP), { preservesClientAddress: true });
        w.the('securityGroups', 'sg-app').rules[0] = inbound('10.0.0.0/22');
      }),
      'pass PASSED',
    ],
    'the source was not read, and its targets allow the load balancer only': [
      aws((w) => {
        delete w.the('targetGroups', GROUP).preservesClientAddress;
        w.the('securityGroups', 'sg-app').rules[0] = inbound('10.0.8.0/21');
        w.region.gaps.push({
          what: 'attributes',
          operation: 'DescribeTargetGroupAttributes',
          code: 'PERMISSION_DENIED',
          permission: 'elasticloadbalancing:DescribeTargetGroupAttributes',
          of: 'targetGroups',
          id: GROUP,
        });
      }),
      'unknown NOT_READ',
      { remedy: 'elasticloadbalancing:DescribeTargetGroupAttributes' },
    ],
    'the source was not read, and its targets allow its clients only': [
      aws((w) => {
        delete w.the('targetGroups', GROUP).preservesClientAddress;
        w.the('securityGroups', 'sg-app').rules[0] = inbound('10.0.0.0/22');
      }),
      'unknown NOT_READ',
    ],
    'the source was not read, and its targets allow both': [
      aws((w) => {
        delete w.the('targetGroups', GROUP).preservesClientAddress;
        w.the('securityGroups', 'sg-app').rules[0] = inbound('10.0.0.0/16');
      }),
      'pass PASSED',
    ],
    'the source was not read, and its targets allow none': [
      aws({ 'targetGroups.orders.preservesClientAddress': undefined, 'securityGroups.sg-app.rules': [] }),
      'error NO_RULE',
    ],
    'the health of targets could not be read': [
      aws({
        'targetGroups.orders.targets': undefined,
        'gaps.+': denied(
          'targetGroups',
          'health',
          'elasticloadbalancing:DescribeTargetHealth',
          'DescribeTargetHealth',
          GROUP,
        ),
      }),
      'unknown NOT_READ',
      { remedy: 'elasticloadbalancing:DescribeTargetHealth' },
    ],
    'target groups could not be read': [
      aws(withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups')),
      'unknown NOT_READ',
      { remedy: 'DescribeTargetGroups' },
    ],
  });
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
