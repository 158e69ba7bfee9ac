import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/check/checks/explain.js';
import type { ListenerRule } from '../../../../src/do/model/load-balancer.js';
import { GROUP, LISTENER } from '../../checks/aws-region.js';
import { checkTable, outcomesOf } from '../../checks/run-check.js';
import { awsWorld, type World } from '../../checks/world.js';
import { row, the } from '../../checks/path/aws-rows.js';

const UNHEALTHY = GROUP.replace('/orders/', '/old/');
const rule = (
  priority: number,
  path: string,
  action: ListenerRule['actions'][number],
  ...more: ListenerRule['conditions']
): ListenerRule => ({
  id: `rule-${priority}`,
  priority,
  conditions: [{ kind: 'path', values: [path] }, ...more],
  actions: [action],
});
const redirect = { kind: 'redirect', statusCode: '301' } as const;
const well = { kind: 'forward', targetGroupIds: [GROUP] } as const;
const unhealthy = { kind: 'forward', targetGroupIds: [UNHEALTHY] } as const;

/** A listener with rules, routes, and a second group without a healthy target. */
const ruled =
  (routes: readonly string[], rules: readonly ListenerRule[] | undefined, byDefault: object = well) =>
  (world: World): void => {
    const targets = [{ id: 'i-9', port: 8080, health: 'unhealthy' as const, reason: 'Target.Timeout' }];
    world.copy('targetGroups', GROUP, { id: UNHEALTHY, name: 'old', targets });
    Object.assign(world.the('listeners', LISTENER), { rules, actions: [byDefault] });
    Object.assign(world.integration, { routes: Object.fromEntries(routes.map((key) => [key, 'orders'])) });
  };

describe('path/load-balancer, where a listener has rules', () => {
  checkTable(the('path/load-balancer'), [
    row('fail', 'a rule answers itself', ruled(['GET /orders'], [rule(1, '/orders*', redirect)]), {
      says: ['GET /orders', 'rule 1 (path /orders*)', 'redirect 301'],
      evidence: ['rule-1'],
      remedy: ['forward'],
    }),
    row('fail', 'a rule answers one route', ruled(['GET /stock', 'GET /orders'], [rule(1, '/orders*', redirect)]), {
      says: ['GET /orders'],
    }),
    row('fail', 'the default answers itself', ruled(['GET /orders'], [], redirect), {
      says: ['answers the calls itself (redirect 301)'],
    }),
    row('fail', 'another path is forwarded', ruled(['GET /orders'], [rule(1, '/stock', well)], redirect)),
    row(
      'pass',
      'another path is answered',
      ruled(['GET /orders'], [rule(1, '/stock*', redirect), rule(2, '/s', unhealthy)]),
    ),
    row('pass', 'a rule forwards', ruled(['GET /orders'], [rule(1, '/orders*', well)], redirect)),
    row('fail', 'a rule forwards to no healthy target', ruled(['GET /orders'], [rule(1, '/orders*', unhealthy)]), {
      evidence: ['rule-1', UNHEALTHY],
    }),
    row('unknown', 'a rule may answer some calls', ruled(['GET /orders/{id}'], [rule(1, '/orders/9*', redirect)]), {
      says: ['cannot determine whether rule 1', 'GET /orders/{id}'],
    }),
    row('unknown', 'some calls may reach no target', ruled(['GET /orders/{id}'], [rule(1, '/orders/9*', unhealthy)]), {
      says: ['no target of old is healthy'],
    }),
    row('pass', 'some calls go to other healthy targets', ruled(['GET /orders/{id}'], [rule(1, '/orders/9*', well)])),
    row('fail', 'whichever rule matches', ruled(['GET /orders/{id}'], [rule(1, '/orders/9*', redirect)], unhealthy)),
    row('unknown', 'the rules were not read', ruled(['GET /orders'], undefined), { remedy: ['DescribeRules'] }),
    row(
      'fail',
      'a rule answers the callers of one zone itself',
      ruled(['GET /orders'], [rule(1, '*', redirect, { kind: 'source', values: ['10.0.1.0/24'] })]),
    ),
    row(
      'pass',
      'a rule answers other callers itself',
      ruled(['GET /orders'], [rule(1, '*', redirect, { kind: 'source', values: ['10.7.0.0/16'] })]),
    ),
  ]);

  it('returns the same with passes and without', () => {
    const worlds = [
      [rule(1, '/orders*', redirect)],
      [rule(1, '/stock*', redirect)],
      [rule(1, '*', redirect, { kind: 'source', values: ['10.0.2.0/24'] })],
      [rule(1, '*', well, { kind: 'source', values: ['10.0.2.0/24'] }), rule(2, '*', unhealthy)],
    ];
    const verdicts = (passes: boolean) =>
      worlds.map((rules) =>
        outcomesOf(the('path/load-balancer'), awsWorld(ruled(['GET /orders'], rules)), passes).map(
          ({ verdict }) => verdict,
        ),
      );
    expect(verdicts(false)).toEqual(verdicts(true));
    expect(verdicts(true)).toEqual([['fail'], ['pass'], ['fail'], ['fail']]);
  });
});

describe('explain', () => {
  it('separates only routes for which different rules match', () => {
    const rules = [rule(1, '/orders', redirect)];
    const { snapshot, spec } = awsWorld(ruled(['GET /orders', 'GET /orders/all'], rules));
    const said = explain(snapshot, spec, { integration: 'orders' });
    expect(said.map(({ route, verdict }) => [route, verdict])).toEqual([
      ['GET /orders', 'fail'],
      ['GET /orders/all', 'pass'],
    ]);
    const last = said[0]?.paths[0]?.hops.at(-1);
    expect(last).toMatchObject({ hop: 'listener rule', id: 'rule-1', text: 'rule 1 (path /orders) → redirect 301' });
    expect(said[1]?.paths[0]?.hops.some(({ hop }) => hop === 'listener rule')).toBe(false);
  });
});
