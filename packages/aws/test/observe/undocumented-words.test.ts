import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { createContext, type RegionSnapshot, type Snapshot } from '@postern/core/internal/library';
import { check } from '@postern/core/internal/check';
import { simulate } from '@postern/simulator';
import { beforeAll, expect, it } from 'vitest';
import { aws, type AwsClients } from '../../src/index.js';
import { buildChecksWorld, type ChecksWorld } from '../world/checks-world.js';
import { REGION } from '../world/simulated.js';

const WORD = 'made-word';

let world: ChecksWorld;
let readWith: (operation?: string, change?: (answer: any) => void) => Promise<RegionSnapshot>;

beforeAll(async () => {
  const simulation = simulate({ seed: 7, clock: 'auto' });
  world = await buildChecksWorld(simulation, REGION);
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const clients = simulation.clients(REGION);
  readWith = (operation = '', change = () => undefined) =>
    aws({ region: REGION, clients: changed(clients, operation, change) }).observe({ all: true, checks: true }, ctx);
});

/** The same clients, but for the answers of one operation. */
function changed(clients: AwsClients, operation: string, change: (answer: any) => void): AwsClients {
  const method = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
  const wrap = (client: object): object =>
    new Proxy(client, {
      get: (target: any, name) =>
        name === method && typeof target[name] === 'function'
          ? async (input: unknown) => {
              const answer = structuredClone(await target[name](input));
              change(answer);
              return answer;
            }
          : Reflect.get(target, name),
    });
  return Object.fromEntries(Object.entries(clients).map(([name, client]) => [name, wrap(client)]));
}

function failuresOf(region: RegionSnapshot): readonly string[] {
  const snapshot: Snapshot = { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [region] };
  const integration = (listener: string, route: string) => ({
    link: 'eu',
    gateway: { httpApi: world.apiId },
    routes: { [route]: 'main' },
    targets: { main: { listener } },
  });
  const spec = parseSpec(
    JSON.stringify({
      version: 1,
      project: 'shop',
      links: { eu: { provider: 'aws', region: REGION, subnets: world.subnetIds, securityGroups: [world.linkGroup] } },
      integrations: {
        orders: integration(world.httpsListener, 'GET /orders'),
        raw: integration(world.tcpListener, 'GET /raw'),
      },
    }),
  );
  return check(snapshot, spec, { clouds: CLOUDS })
    .findings.filter(({ verdict }) => verdict === 'fail')
    .map(({ check: id, code, subject }) => JSON.stringify([id, code, subject]));
}

it.each<[string, string, (answer: any) => void, (region: RegionSnapshot) => unknown, unknown]>([
  [
    'type of a load balancer',
    'DescribeLoadBalancers',
    ({ LoadBalancers }) => LoadBalancers.forEach((one: any) => (one.Type = WORD)),
    ({ loadBalancers }) => loadBalancers,
    [],
  ],
  [
    'type of targets',
    'DescribeTargetGroups',
    ({ TargetGroups }) => TargetGroups.forEach((one: any) => (one.TargetType = WORD)),
    ({ targetGroups }) => targetGroups,
    [],
  ],
  [
    'action of a network ACL',
    'DescribeNetworkAcls',
    ({ NetworkAcls }) => NetworkAcls.forEach(({ Entries }: any) => (Entries[0].RuleAction = WORD)),
    ({ networkAcls }) => networkAcls,
    [],
  ],
])('a %s that is not documented is a gap, and fails nothing', async (_, operation, change, listOf, wanted) => {
  const before = await readWith();
  expect(listOf(before)).not.toEqual(wanted);
  const region = await readWith(operation, change);
  expect(listOf(region)).toEqual(wanted);
  const gaps = region.gaps.filter((gap) => gap.code === 'UNSUPPORTED' && gap.what.includes(`"${WORD}"`));
  expect(new Set(gaps.map((gap) => gap.id))).toEqual(new Set((listOf(before) as { id: string }[]).map(({ id }) => id)));
  const known = failuresOf(before);
  expect(failuresOf(region).filter((one) => !known.includes(one))).toEqual([]);
});

it.each<[string, string, (answer: any) => void, (region: RegionSnapshot) => readonly unknown[] | undefined]>([
  [
    'origin of a route',
    'DescribeRouteTables',
    ({ RouteTables }) => RouteTables.forEach(({ Routes }: any) => Routes.forEach((one: any) => (one.Origin = WORD))),
    ({ routeTables }) => routeTables?.flatMap(({ routes = [] }) => routes.map(({ state }) => state)),
  ],
  [
    'association of a transit gateway',
    'DescribeTransitGatewayAttachments',
    ({ TransitGatewayAttachments }) =>
      TransitGatewayAttachments.forEach((one: any) => (one.Association = { ...one.Association, State: WORD })),
    ({ transitGateways }) => transitGateways?.flatMap(({ attachments = [] }) => attachments.map(({ state }) => state)),
  ],
  [
    'attachment of a virtual private gateway',
    'DescribeVpnGateways',
    ({ VpnGateways }) =>
      VpnGateways.forEach(({ VpcAttachments }: any) => VpcAttachments.forEach((one: any) => (one.State = WORD))),
    ({ virtualGateways }) => virtualGateways?.map(({ state }) => state),
  ],
])('an %s that is not documented makes its state unknown', async (_, operation, change, statesOf) => {
  const before = await readWith();
  expect(statesOf(before)).not.toContain('unknown');
  const region = await readWith(operation, change);
  expect(new Set(statesOf(region))).toEqual(new Set(['unknown']));
  const known = failuresOf(before);
  expect(failuresOf(region).filter((one) => !known.includes(one))).toEqual([]);
});

it.each([
  ['deny', { statusCode: '401' }],
  ['authenticate', { statusCode: '302' }],
  ['allow', { letsThrough: true }],
  [WORD, {}],
])('a login with %s for callers without one has its own answer', async (OnUnauthenticatedRequest, wanted) => {
  const region = await readWith('DescribeListeners', ({ Listeners }) => {
    for (const one of Listeners)
      one.DefaultActions = [
        { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: { OnUnauthenticatedRequest } },
      ];
  });
  const own = region.listeners.find(({ id }) => id === world.httpsListener);
  expect(own?.actions).toEqual([{ kind: 'authenticate', ...wanted }]);
});
