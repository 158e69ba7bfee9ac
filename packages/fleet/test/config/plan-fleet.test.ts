import { CLOUDS, withIdentity } from '../../../core/test/clouds.js';
import { expect, it } from 'vitest';
import { parseFleet, runRequest } from '../../src/config/parse-fleet.js';
import { planFleet, type SelectedSpec } from '../../src/config/plan-fleet.js';

const FLEET = `version: 1
fleet: payments
specs: [teams/*.yaml, { files: edge.yaml, accounts: [prod] }]
accounts:
  trial: { id: '111111111111', wave: first, vars: { net: trial } }
  prod: { id: '222222222222', vars: { net: prod } }
  other: { id: '333333333333', vars: { net: other } }
roles: { aws: 'arn:aws:iam::{account}:role/postern' }
regions: { aws: [eu-west-1, us-east-1] }
waves: [{ name: first }, { name: rest, canary: prod, approval: true }]
approvals: { before: [deletions], by: [ana] }
`;

function specOf(name: string, link = ''): string {
  return `version: 1
project: shop
links:
  ${name}: { provider: aws, subnets: [{ name: '\${var:net}-a' }], securityGroups: [{ name: sg }]${link} }
`;
}

function selected(file: string, text: string, at: number): SelectedSpec {
  return { file, text: withIdentity(text), selectedBy: [at] };
}

const plan = (specs: readonly SelectedSpec[]) =>
  planFleet(parseFleet(FLEET, { file: 'fleet.yaml', clouds: CLOUDS }), specs, { clouds: CLOUDS });

const ORDERS = selected('teams/orders.yaml', specOf('orders'), 0);
const EDGE = selected('edge.yaml', specOf('edge', ', region: eu-central-1'), 1);

it('is the work of each wave: a canary first, every spec in its accounts and regions', () => {
  const { waves, ...rest } = plan([EDGE, ORDERS]);
  expect(waves.map(({ name, approval, work }) => [name, approval, work.map((one) => one.name)])).toEqual([
    ['first', false, ['teams/orders.yaml@trial/eu-west-1', 'teams/orders.yaml@trial/us-east-1']],
    [
      'rest/canary',
      true,
      ['edge.yaml@prod/eu-central-1', 'teams/orders.yaml@prod/eu-west-1', 'teams/orders.yaml@prod/us-east-1'],
    ],
    ['rest', false, ['teams/orders.yaml@other/eu-west-1', 'teams/orders.yaml@other/us-east-1']],
  ]);
  expect(waves[1]?.work[2]?.spec.links['orders']).toMatchObject({
    account: '222222222222',
    region: 'us-east-1',
    subnets: [{ name: 'prod-a' }],
  });
  expect(rest).toMatchObject({ approvals: ['deletion'], approvers: ['ana'] });
  const request = runRequest({ waves, ...rest }, { run: 'payments-1', goal: 'apply', by: 'ana' });
  expect(request.waves.map(({ specs }) => specs.length)).toEqual([2, 3, 2]);
  expect(JSON.parse(JSON.stringify(request))).toMatchObject({ goal: 'apply', specs: { length: 7 } });
});

it('is what moves in each account and region, with the values of the account and what its specs assume', () => {
  const moves = `moves:
  - { api: '\${var:api}', from: old, to: new, regions: [us-east-1], drain: 1h }
  - { restApi: r1, stage: prod, to: new, targetBalancer: alb, accounts: [tri*] }
`;
  const text = FLEET.replaceAll('vars: { net: ', 'vars: { api: shop, net: ') + moves;
  const assuming = `${specOf('orders')}assume: { returnPaths: [10.0.0.0/8] }\n`;
  const of = (given: string) =>
    planFleet(
      parseFleet(given, { file: 'fleet.yaml', clouds: CLOUDS }),
      [EDGE, selected('teams/orders.yaml', assuming, 0)],
      {
        clouds: CLOUDS,
      },
    );
  const { moveWaves, ...rest } = of(text);
  expect(moveWaves.map(({ name, approval, work }) => [name, approval, work.map((one) => one.name)])).toEqual([
    ['first', false, ['moves@trial/us-east-1', 'moves@trial/eu-west-1']],
    ['rest/canary', true, ['moves@prod/us-east-1']],
    ['rest', false, ['moves@other/us-east-1']],
  ]);
  expect(moveWaves[0]?.work[0]).toMatchObject({
    spec: { assume: { returnPaths: ['10.0.0.0/8'] } },
    moves: {
      account: '111111111111',
      moves: [
        { request: { api: 'shop', from: 'old', to: 'new' }, drainMs: 3_600_000 },
        { request: { restApi: 'r1', stage: 'prod', to: 'new', targetBalancer: 'alb' } },
      ],
    },
  });
  const request = runRequest({ moveWaves, ...rest }, { run: 'payments-2', goal: 'migrate' });
  expect(request.specs.map(({ moves: own }) => own?.moves.length)).toEqual([2, 1, 1, 1]);
  expect(() => of(FLEET + moves)).toThrow('${var:api} has no value in account trial');
  expect(() => runRequest(plan([EDGE, ORDERS]), { run: 'payments-3', goal: 'migrate' })).toThrow(
    'fleet payments has nothing to migrate: it declares no moves',
  );
});

it('splits a spec of several accounts; each part has its own integrations and renamed keys', () => {
  const text = `${specOf('orders', ", account: '222222222222', region: eu-west-1")}
  pay: { provider: aws, account: '333333333333', region: eu-west-1, id: v2x }
moved: [{ from: links.a, to: links.orders }, { from: links.b, to: links.pay }]
integrations:
  orders:
    link: orders
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { main: { listener: 'arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/a/1a/2b' } }
    routes: { 'ANY /orders': main }
`;
  const { waves } = plan([selected('teams/a.yaml', text, 0), EDGE]);
  const work = waves.flatMap((wave) => wave.work.filter(({ file }) => file === 'teams/a.yaml'));
  expect(
    work.map(({ account, spec: one }) => [
      account,
      Object.keys(one.links),
      Object.keys(one.integrations),
      one.moved?.map(({ to }) => to),
    ]),
  ).toEqual([
    ['prod', ['orders'], ['orders'], ['orders']],
    ['other', ['pay'], [], ['pay']],
  ]);
});

it.each<[string, readonly SelectedSpec[], string, string, object]>([
  ['no spec matched', [EDGE], 'INVALID_FLEET', 'no file matches teams/*.yaml', { file: 'fleet.yaml', line: 3 }],
  [
    'two specs own a link',
    [EDGE, ORDERS, selected('teams/p.yaml', specOf('orders', ', region: us-east-1'), 0)],
    'SPECS_OVERLAP',
    'links.orders: teams/orders.yaml declares it, too (project shop, account trial, us-east-1)',
    { file: 'teams/p.yaml', line: 4 },
  ],
  [
    'a spec does not parse',
    [EDGE, selected('teams/p.yaml', 'version: 1\nproject: shop\nlink: {}\n', 0)],
    'INVALID_SPEC',
    'unknown key "link"',
    { file: 'teams/p.yaml', line: 3 },
  ],
  [
    'a link of an account that the fleet does not have',
    [ORDERS, selected('edge.yaml', specOf('edge', ", region: eu-west-1, account: '999999999999'"), 1)],
    'WRONG_ACCOUNT',
    'links.edge: the spec is not selected for account 999999999999 of aws',
    { file: 'edge.yaml', line: 4 },
  ],
  [
    'a spec without links',
    [EDGE, selected('teams/p.yaml', 'version: 1\nproject: p\n', 0)],
    'INVALID_FLEET',
    'no link',
    { file: 'teams/p.yaml' },
  ],
])('refuses: %s', (_, specs, code, message, place) => {
  expect(() => plan(specs)).toThrow(
    expect.objectContaining({
      code,
      message: expect.stringContaining(message) as string,
      place: expect.objectContaining(place) as object,
    }),
  );
});

it('an external link belongs to several specs', () => {
  const external = (file: string) =>
    selected(
      file,
      "version: 1\nproject: shop\nlinks: { eu: { provider: aws, region: eu-west-1, account: '222222222222', id: v2x, owner: external } }\n",
      0,
    );
  expect(plan([EDGE, external('teams/a.yaml'), external('teams/b.yaml')]).waves).toHaveLength(1);
});
