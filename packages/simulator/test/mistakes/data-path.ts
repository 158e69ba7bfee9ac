import type { simulate, SimulateOptions, Simulation } from '../../src/index.js';
import { conventional, MINUTE, shop as groupShop } from '../traffic/alibaba/shop.js';
import { openShop, REGION, shop } from '../traffic/aws/http-api/shop.js';
import { openShop as openRestShop } from '../traffic/aws/rest-api/rest-shop.js';
import type { Mistake } from '../mutated.js';
import { runInstance } from '../aws/run-instance.js';
import { mistakesIn } from '../mistakes-in.js';

/** `simulate`, of the source or with a mistake planted in it. */
export type Simulate = typeof simulate;

/** A situation, what is seen of its calls, and the mistakes that show there. */
export interface Scenario<Module> {
  readonly title: string;
  readonly run: (module: Module) => Promise<unknown>;
  readonly wanted: unknown;
  readonly mistakes: readonly (Mistake & { readonly what: string })[];
}

type Row = Readonly<Record<string, any>>;

/** The state of a simulation, in one of this `simulate`. */
export function taken(from: Simulation, make: Simulate, options: SimulateOptions = {}) {
  const sim = make({ seed: 7, throttle: false, dataPathDelay: 0, ...options });
  sim.load(from.world());
  const gateway = (operation: string, input: Row): any =>
    sim.call({ service: 'apigatewayv2', operation, region: REGION }, input);
  return { sim, gateway };
}

export const file = (name: string): string => `simulator/src/${name}`;

const weights: Scenario<Simulate> = {
  title: 'a listener that forwards to two groups, 9 to 1',
  run: async (make) => {
    const world = await shop();
    const { elb, ec2, sim: first } = world;
    const [subnet] = ec2('DescribeSubnets').Subnets;
    const { PrivateIpAddress: other } = runInstance(ec2, { SubnetId: subnet.SubnetId });
    const group = { Name: 'other', Protocol: 'HTTP', Port: 8080, VpcId: subnet.VpcId, TargetType: 'ip' };
    const [{ TargetGroupArn }] = elb('CreateTargetGroup', group).TargetGroups;
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: other }] });
    const TargetGroups = [
      { TargetGroupArn: world.targetGroupArn, Weight: 9 },
      { TargetGroupArn, Weight: 1 },
    ];
    elb('ModifyListener', {
      ListenerArn: world.listenerArn,
      DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
    });
    world.route('$default', world.integration());
    world.stage();
    await first.advance(10 * MINUTE);
    const { sim } = taken(first, make);
    const load = sim.traffic.load({ gateway: world.host, paths: ['/'], perSecond: 50, seconds: 20 });
    await sim.advance(30_000);
    const calls = sim.traffic.counters().by.filter(({ target }) => target.startsWith(`${other}:`));
    const share = calls.reduce((sum, row) => sum + row.calls, 0) / load.status().calls;
    return { lost: load.status().lost, isTenth: share > 0.06 && share < 0.14 };
  },
  wanted: { lost: 0, isTenth: true },
  mistakes: [
    ...mistakesIn(file('simulation/traffic/one-way.ts'), [
      ['weights of target groups are ignored', 'choose(several.map(weightOf))', 'choose(several.map(() => 1))'],
    ]),
    ...mistakesIn(file('simulation/traffic/outcomes.ts'), [
      ['all calls take the first way that was found', 'let left = random() * total;', 'let left = 0 * total;'],
    ]),
  ],
};

const health: Scenario<Simulate> = {
  title: 'one of two targets breaks its connections',
  run: async (make) => {
    const world = await openShop();
    const { elb, ec2, targetGroupArn: TargetGroupArn, sim: first } = world;
    const [{ SubnetId }] = ec2('DescribeSubnets').Subnets;
    const { PrivateIpAddress: broken } = runInstance(ec2, { SubnetId });
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: broken }] });
    await first.advance(10 * MINUTE);
    const { sim } = taken(first, make);
    sim.backends.add({ address: broken, port: 8080, behavior: { reset: true } });
    const load = (): ReturnType<typeof sim.traffic.load> =>
      sim.traffic.load({ gateway: world.host, paths: ['/orders'], perSecond: 5, seconds: 30 });
    const before = load();
    await sim.advance(5 * MINUTE);
    const after = load();
    await sim.advance(MINUTE);
    return { before: before.status().lost > 30, after: after.status().lost };
  },
  wanted: { before: true, after: 0 },
  mistakes: [
    ...mistakesIn(file('aws/connects/target-group.ts'), [
      [
        'unhealthy targets are called',
        'healthy.length > 0\n      ? unshifted(balancer, group, healthy)\n      : answering(near, (one) => one.isCutOff && !all.some(isTaking) && !isReplaced(region, one.target))',
        'near',
      ],
    ]),
    ...mistakesIn(file('simulation/traffic/outcomes.ts'), [
      [
        'a load balancer hides that its target broke the connection',
        'return !NOT_LOST.has(outcome);',
        "return !NOT_LOST.has(outcome) && outcome !== 'reset';",
      ],
    ]),
  ],
};

const deleted: Scenario<Simulate> = {
  title: 'the link of the deployment is deleted while a call is in flight',
  run: async (make) => {
    const world = await shop();
    const { sim: first, ApiId, gateway: call, server, linkId } = world;
    const other = world.link('other');
    await first.advance(10 * MINUTE);
    const IntegrationId = world.integration();
    world.route('$default', IntegrationId);
    const { DeploymentId } = call('CreateDeployment', { ApiId });
    world.stage('$default', { AutoDeploy: false, DeploymentId });
    call('UpdateIntegration', { ApiId, IntegrationId, ConnectionId: other });
    const { sim, gateway } = taken(first, make);
    sim.backends.add({ address: server, port: 8080, behavior: { delayMs: 4_000 } });
    const inFlight = sim.traffic.call({ host: world.host, path: '/' });
    gateway('DeleteVpcLink', { VpcLinkId: linkId });
    await sim.advance(10 * MINUTE);
    const later = sim.traffic.call({ host: world.host, path: '/' });
    await sim.advance(MINUTE);
    return [(await inFlight).outcome, (await later).outcome];
  },
  wanted: ['reset', 'link-missing'],
  mistakes: [
    ...mistakesIn(file('aws/traffic/delivery.ts'), [
      ['a deleted link still carries calls in flight', 'linkStops(region, call.linkId)?.because;', 'undefined;'],
    ]),
    ...mistakesIn(file('aws/traffic/link-state.ts'), [
      [
        'a deleted link is not reported as missing',
        "if (status === 'AVAILABLE') return undefined;",
        "if (status === 'AVAILABLE' || status === undefined) return undefined;",
      ],
    ]),
  ],
};

const published: Scenario<Simulate> = {
  title: 'a route changes its link while calls are made',
  run: async (make) => {
    const world = await openShop();
    const next = world.link('next');
    await world.sim.advance(10 * MINUTE);
    const { sim, gateway } = taken(world.sim, make, { dataPathDelay: 3_000 });
    const { ApiId, integrationId: IntegrationId, host } = world;
    const linkOf = async (): Promise<string> => {
      const { trace } = await sim.traffic.call({ host, path: '/orders' });
      return trace.link === next ? 'next' : 'old';
    };
    gateway('UpdateIntegration', { ApiId, IntegrationId, ConnectionId: next });
    const links = [await linkOf()];
    await sim.advance(2_999);
    links.push(await linkOf());
    await sim.advance(1);
    return [...links, await linkOf()];
  },
  wanted: ['old', 'old', 'next'],
  mistakes: mistakesIn(file('simulation/traffic/published.ts'), [
    ['a change reaches the data path at once', 'now + this.ground.dataPathDelayMs()', 'now'],
    [
      'a change never reaches the data path',
      'editions.findLastIndex(({ from }) => from <= now)',
      'editions.findLastIndex(({ from }) => from < 0)',
    ],
  ]),
};

const throttled: Scenario<Simulate> = {
  title: 'a stage that allows two calls at once and one a second',
  run: async (make) => {
    const world = await shop();
    world.route('$default', world.integration());
    world.stage('$default', { DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } });
    const { sim } = taken(world.sim, make, { throttle: true });
    const outcomes = async (calls: number): Promise<readonly string[]> => {
      const answers = [];
      for (let made = 0; made < calls; made += 1) answers.push(sim.traffic.call({ host: world.host, path: '/' }));
      return (await Promise.all(answers)).map(({ outcome }) => outcome);
    };
    const first = await outcomes(3);
    await sim.advance(1_000);
    return [...first, ...(await outcomes(2))];
  },
  wanted: ['delivered', 'delivered', 'throttled', 'delivered', 'throttled'],
  mistakes: mistakesIn(file('simulation/dispatch/dispatcher.ts'), [
    ['a token bucket never refills', '(Math.max(0, now - bucket.at) * perSecond) / 1000', '0 * perSecond'],
    ['a token bucket never empties', 'bucket.tokens -= 1;', ''],
  ]),
};

const request: Scenario<Simulate> = {
  title: 'what backends receive of HTTP and REST APIs',
  run: async (make) => {
    const http = await openShop();
    const rest = await openRestShop({ uri: 'http://orders.internal/v2/{proxy}' });
    const echo = async (from: Simulation, host: string, path: string): Promise<Row> => {
      const answer = await taken(from, make).sim.traffic.call({ host, path });
      return JSON.parse(answer.body) as Row;
    };
    const { headers } = await echo(http.sim, http.host, '/orders');
    const { path } = await echo(rest.sim, rest.host, '/prod/a/b');
    return { isHost: headers.host === http.host, path };
  },
  wanted: { isHost: true, path: '/v2/a/b' },
  mistakes: [
    ...mistakesIn(file('aws/http-apis/served/send.ts'), [
      ['the host of the API is not passed', "headers['host'] = call.host;", "headers['host'] = 'localhost';"],
    ]),
    ...mistakesIn(file('aws/rest-apis/control/execution/endpoint-request.ts'), [
      [
        'the path of a greedy route is not filled in',
        'path.get(part.name) ?? part.placeholder',
        "path.get('') ?? part.placeholder",
      ],
    ]),
  ],
};

const moved: Scenario<Simulate> = {
  title: 'a group moves, and its callers follow',
  run: async (make) => {
    const world = await groupShop();
    const { id: old } = await conventional(world);
    const { cloud, groupId: GroupId, linkId } = world;
    cloud.cloudapi('ModifyApiGroupInstance', { GroupId, TargetInstanceId: old });
    await world.sim.advance(20 * MINUTE);
    const { groups } = world;
    const rule = { SecurityGroupId: groups.server, IpProtocol: 'tcp', PortRange: '80/80', SourceCidrIp: '0.0.0.0/0' };
    cloud.ecs('AuthorizeSecurityGroup', rule);
    const { sim } = taken(world.sim, make, { clock: 'auto' });
    const load = sim.traffic.load({ gateway: world.host, paths: ['/orders/1'], perSecond: 2, seconds: 20 * 60 });
    const input = { GroupId, TargetInstanceId: linkId };
    sim.callAlibaba({ product: 'CloudAPI', action: 'ModifyApiGroupInstance', region: 'cn-hangzhou' }, input);
    const carried = async (minutes: number): Promise<readonly string[]> => {
      sim.traffic.resetCounters();
      await sim.advance(minutes * MINUTE);
      const links = new Set(sim.traffic.counters().by.map(({ link }) => (link === old ? 'old' : 'new')));
      return [...links].toSorted();
    };
    await sim.advance(4 * MINUTE);
    const during = await carried(3);
    await sim.advance(9 * MINUTE);
    const after = await carried(3);
    await sim.advance(2 * MINUTE);
    return { during, after, lost: load.status().lost };
  },
  wanted: { during: ['new', 'old'], after: ['new'], lost: 0 },
  mistakes: mistakesIn(file('alibaba/traditional/served/entrance.ts'), [
    [
      'DNS changes at once for all callers',
      'return choose(shares) === 0 ? previous.instanceId : instanceId;',
      'return instanceId;',
    ],
    [
      'DNS changes for all callers after ten minutes',
      'const newShare = Math.max(0, (sinceMs - FIRST_DNS_MS) / (DNS_MS - FIRST_DNS_MS));',
      'const newShare = sinceMs < DNS_MS ? 0 : 1;',
    ],
  ]),
};

export const DATA_PATH: readonly Scenario<Simulate>[] = [
  weights,
  health,
  deleted,
  published,
  throttled,
  request,
  moved,
];
