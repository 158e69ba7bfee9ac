import type { RegionSnapshot, Snapshot } from '@postern/core/internal/library';
import type { MoveRequest } from '@postern/core/internal/moves';
import { expect, it } from 'vitest';
import { requestsOf } from '../../src/worker/plan-moves.js';

const link = (id: string, name: string) => ({ kind: 'any', id, name });
const route = (key: string, linkId: string) => ({ id: key, key, linkId });
const group = (id: string, name: string, linkId: string) => ({ kind: 'api-group', id, name, linkId, routes: [] });

const REGION = {
  provider: 'alibaba',
  account: '1111222233334444',
  region: 'cn-hangzhou',
  links: [link('i-1', 'old'), link('i-2', 'new'), link('i-3', 'twin'), link('i-4', 'twin')],
  gateways: [
    group('g1', 'shop_a', 'i-1'),
    group('g2', 'shop_b', 'i-2'),
    group('g3', 'pay', 'i-1'),
    group('g4', 'pay', 'i-1'),
    { kind: 'http-api', id: 'a1', name: 'api', routes: [route('ANY /moved', 'i-2'), route('ANY /left', 'i-1')] },
    { kind: 'rest-api', id: 'r1', name: 'rest', routes: [route('GET /', 'i-2')] },
  ],
  gaps: [],
};
const snapshot = (more: object = {}) =>
  ({ regions: [{ ...REGION, ...more } as unknown as RegionSnapshot] }) as unknown as Snapshot;

it.each<[string, MoveRequest, readonly [object, boolean][]]>([
  ['a group by its ID', { group: 'g1', to: 'new' }, [[{ group: 'g1', to: 'i-2' }, false]]],
  ['a group by its name, which has moved', { group: 'shop_b', to: 'new' }, [[{ group: 'g2', to: 'i-2' }, true]]],
  [
    'groups by a pattern',
    { group: 'shop_*', to: 'new' },
    [
      [{ group: 'g1', to: 'i-2' }, false],
      [{ group: 'g2', to: 'i-2' }, true],
    ],
  ],
  ['all groups of an instance', { from: 'old', to: 'new' }, [[{ from: 'i-1', to: 'i-2' }, false]]],
  ['an instance without groups', { from: 'i-3', to: 'new' }, [[{ from: 'i-3', to: 'i-2' }, true]]],
  [
    'an instance that does not exist, which the plan refuses',
    { from: 'x', to: 'new' },
    [[{ from: 'x', to: 'i-2' }, false]],
  ],
  [
    'routes of which some are left',
    { api: 'a1', from: 'old', to: 'new' },
    [[{ api: 'a1', from: 'i-1', to: 'i-2' }, false]],
  ],
  [
    'a route that has moved',
    { api: 'a1', route: 'ANY /moved', from: 'old', to: 'new' },
    [[{ api: 'a1', route: 'ANY /moved', from: 'i-1', to: 'i-2' }, true]],
  ],
  [
    'a stage whose methods have moved',
    { restApi: 'r1', stage: 'prod', to: 'new', targetBalancer: 'alb' },
    [[{ restApi: 'r1', stage: 'prod', to: 'i-2', targetBalancer: 'alb' }, true]],
  ],
])('%s', (_title, asked, found) => {
  expect(requestsOf(asked, snapshot()).map(({ request, isDone }) => [request, isDone])).toEqual(found);
});

it.each<[string, MoveRequest, object, string]>([
  ['no group has the name', { group: 'shop', to: 'new' }, {}, 'NOT_FOUND'],
  ['two groups have the name', { group: 'pay', to: 'new' }, {}, 'AMBIGUOUS'],
  ['two links have the name', { group: 'g1', to: 'twin' }, {}, 'AMBIGUOUS'],
  [
    'groups could not be listed, and a pattern may mean more',
    { group: 'shop_*', to: 'new' },
    { gaps: [{ of: 'gateways', what: 'API groups', operation: 'DescribeApiGroups', code: 'PERMISSION_DENIED' }] },
    'PERMISSION_DENIED',
  ],
])('refuses where %s', (_title, asked, more, code) => {
  expect(() => requestsOf(asked, snapshot(more))).toThrow(expect.objectContaining({ code }));
});
