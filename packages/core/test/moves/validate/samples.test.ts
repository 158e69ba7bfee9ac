import { CLOUDS } from '../../clouds.js';
import { expect, it } from 'vitest';
import type { Finding } from '../../../src/do/findings/finding.js';
import { MIGRATION_CHECKS } from '../../check/checks/all-checks.js';
import type { Migration } from '../../../src/moves/validate/migration.js';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import { expectSample } from '../../check/expect-sample.js';
import type { World } from '../../check/checks/world.js';
import { AWS_MOVE, addIntegrations, awsMigrationWorld, standIn } from './aws-world.js';
import { ASSUME, migrationWorld, MOVE, use } from './world.js';
import { edit } from '../../check/checks/edits.js';

type Change = (world: World) => unknown;

const settings =
  (group: object, next: object = {}, old: object = {}): Change =>
  ({ the }) => {
    Object.assign(the('gateways', 'group-1').settings ?? {}, group);
    Object.assign(the('links', 'apigateway-hz-2').settings ?? {}, next);
    Object.assign(the('links', 'apigateway-hz-1').settings ?? {}, old);
  };
const calls = (targetId: string, more: object = {}): Change =>
  edit({ 'gateways.group-1.uses': [use('api-1', 'ANY /orders', targetId, more)] });
const calling = (host: string): Change => calls('', { targetId: undefined, host, port: 8080 });

/** Changes of the world of a group, each of which makes checks of a move fail. */
const OF_A_GROUP: readonly Change[] = [
  () => undefined,
  settings({ httpsPolicy: 'HTTPS2_TLS1_0' }),
  settings({ requestsPerSecond: 500 }, { requestsPerSecond: 100 }),
  settings({ ipv6: true }),
  settings(
    { domains: [{ name: 'vpc.example.com', kind: 'network' }] },
    { networkDomain: true },
    { clientNetworkId: 'vpc-c' },
  ),
  settings({
    domains: [
      { name: 'vpc.example.com', kind: 'network' },
      { name: 'in.example.com', kind: 'intranet' },
    ],
  }),
  settings({ domains: [{ name: 'api.example.com', kind: 'custom' }] }),
  settings({}, { spec: 'api.s1.small' }, { spec: 'api.s2.large' }),
  settings({ migration: { running: true, state: 'MOVING' }, marketplace: true }),
  settings({}, { switchPending: true }),
  (world) => {
    calling('orders.internal')(world);
    world.region.privateDomains = [{ name: 'orders.internal', addresses: ['10.99.0.8'], linkIds: ['apigateway-hz-1'] }];
  },
  (world) => {
    calling('10.0.40.7')(world);
    world.the('links', 'apigateway-hz-2').kind = 'dedicated-instance';
  },
  ({ the, region }) => {
    the('links', 'apigateway-hz-1').subnetIds = ['vsw-i'];
    region.interfaces = region.interfaces.filter(({ linkId }) => linkId !== 'apigateway-hz-1');
  },
  calls('gone'),
  calls('#WHERE#'),
  calling('10.0.40.7'),
  calling('orders.internal'),
  edit({ 'targets.shop-orders.networkId': 'vpc-other' }),
  ({ the }) =>
    (the('gateways', 'group-1').uses = [
      {
        kind: 'backend',
        id: 'b-1',
        name: 'people',
        routeIds: ['api-1'],
        stage: 'RELEASE',
        registry: 'nacos.example.com:8848',
      },
    ]),
  edit({ 'links.apigateway-hz-2': { state: 'pending', nativeState: 'MODIFYING' } }),
  edit({ 'gateways.group-1.locked': 'SecurityLock' }),
];

/** The same for an HTTP API. */
const OF_AN_API: readonly (readonly [Change, object?])[] = [
  [() => undefined],
  [
    edit({
      'gateways.api-1.stages': [
        { name: '$default', autoDeploy: true },
        { name: 'live', autoDeploy: false },
      ],
    }),
  ],
  [(world) => addIntegrations(world, 299)],
  [(world) => standIn(world, ['subnet-b', 'subnet-c'])],
  [
    ({ the }) => {
      const { routes } = the('gateways', 'api-1');
      const [route] = routes;
      if (route !== undefined) routes.push({ ...structuredClone(route), id: 'route-2', key: 'GET /other' });
    },
    { route: 'ANY /orders' },
  ],
];

/** Its failure needs a second network: same-machine.test.ts has its sample. */
const ELSEWHERE = ['migrate/same-machine'];

const RANK = { fail: 0, unknown: 1, pass: 2 } as const;

it('the checks of a move have samples', async () => {
  const reports = [
    ...OF_A_GROUP.map((change) =>
      validateMigration(migrationWorld(change).snapshot, MOVE, { clouds: CLOUDS, assume: ASSUME }),
    ),
    ...OF_AN_API.map(([change, move = {}]) =>
      validateMigration(awsMigrationWorld(change).snapshot, { ...AWS_MOVE, ...move } as Migration, { clouds: CLOUDS }),
    ),
  ];
  const found = new Map<string, Finding>();
  for (const finding of reports.flatMap(({ findings }) => findings)) {
    const before = found.get(finding.check);
    if (finding.verdict !== 'pass' && (before === undefined || RANK[finding.verdict] < RANK[before.verdict]))
      found.set(finding.check, finding);
  }
  const ids = MIGRATION_CHECKS.map(({ id }) => id as string);
  for (const id of ids) {
    const finding = found.get(id);
    if (finding !== undefined) await expectSample(finding);
  }
  expect(ids.filter((id) => !found.has(id))).toEqual(ELSEWHERE);
});
