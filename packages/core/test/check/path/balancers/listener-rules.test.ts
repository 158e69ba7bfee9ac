import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/check/checks/explain.js';
import type { ListenerRule } from '../../../../src/do/model/load-balancer.js';
import { GROUP, LISTENER } from '../../checks/aws-region.js';
import { checkTable, outcomesOf } from '../../checks/run-check.js';
import { awsWorld, type World, aws } from '../../checks/world.js';
import { the } from '../../checks/path/aws-rows.js';
import { CLOUDS } from '../../../clouds.js';

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
  checkTable(the('path/load-balancer'), {
    'a rule answers itself': [
      aws(ruled(['GET /orders'], [rule(1, '/orders*', redirect)])),
      'error RULE_ANSWERS',
      { says: ['GET /orders', 'rule 1 (path /orders*)', 'redirect 301'], evidence: 'rule-1', remedy: 'forward' },
    ],
    'a rule answers one route': [
      aws(ruled(['GET /stock', 'GET /orders'], [rule(1, '/orders*', redirect)])),
      'error RULE_ANSWERS',
      'GET /orders',
    ],
    'the default answers itself': [
      aws(ruled(['GET /orders'], [], redirect)),
      'error LISTENER_ANSWERS',
      'answers the calls itself (redirect 301)',
    ],
    'another path is forwarded': [
      aws(ruled(['GET /orders'], [rule(1, '/stock', well)], redirect)),
      'error LISTENER_ANSWERS',
    ],
    'another path is answered': [
      aws(ruled(['GET /orders'], [rule(1, '/stock*', redirect), rule(2, '/s', unhealthy)])),
      'pass PASSED',
    ],
    'a rule forwards': [aws(ruled(['GET /orders'], [rule(1, '/orders*', well)], redirect)), 'pass PASSED'],
    'a rule forwards to no healthy target': [
      aws(ruled(['GET /orders'], [rule(1, '/orders*', unhealthy)])),
      'error NO_HEALTHY_TARGET',
      { evidence: ['rule-1', UNHEALTHY] },
    ],
    'a rule may answer some calls': [
      aws(ruled(['GET /orders/{id}'], [rule(1, '/orders/9*', redirect)])),
      'unknown RULE_MAY_STOP',
      ['cannot determine whether rule 1', 'GET /orders/{id}'],
    ],
    'some calls may reach no target': [
      aws(ruled(['GET /orders/{id}'], [rule(1, '/orders/9*', unhealthy)])),
      'unknown RULE_MAY_STOP',
      'no target of old is healthy',
    ],
    'callers choose a rule, and the others reach no target': [
      aws(ruled(['GET /orders'], [rule(1, '*', well, { kind: 'query', name: 'beta' })], unhealthy)),
      'error NO_HEALTHY_TARGET',
      { evidence: UNHEALTHY },
    ],
    'callers choose a method, and the others reach no target': [
      aws(ruled(['ANY /orders'], [rule(1, '*', well, { kind: 'method', values: ['GET'] }), rule(2, '*', unhealthy)])),
      'error NO_HEALTHY_TARGET',
      { evidence: 'rule-2' },
    ],
    'callers choose a rule, and the others are refused': [
      aws(ruled(['GET /orders'], [rule(1, '*', well, { kind: 'header', name: 'x-key' })], redirect)),
      'unknown RULE_MAY_STOP',
      { remedy: 'Add a rule before it' },
    ],
    'callers may choose a rule that reaches no target': [
      aws(ruled(['GET /orders'], [rule(1, '*', unhealthy, { kind: 'query', name: 'beta' })])),
      'unknown RULE_MAY_STOP',
      { remedy: 'health check' },
    ],
    'some calls go to other healthy targets': [
      aws(ruled(['GET /orders/{id}'], [rule(1, '/orders/9*', well)])),
      'pass PASSED',
    ],
    'whichever rule matches': [
      aws(ruled(['GET /orders/{id}'], [rule(1, '/orders/9*', redirect)], unhealthy)),
      'error RULE_ANSWERS',
    ],
    'the rules were not read': [
      aws(ruled(['GET /orders'], undefined)),
      'unknown NOT_READ',
      { remedy: 'DescribeRules' },
    ],
    'a rule answers the callers of one zone itself': [
      aws(ruled(['GET /orders'], [rule(1, '*', redirect, { kind: 'source', values: ['10.0.1.0/24'] })])),
      'error RULE_ANSWERS',
    ],
    'a rule forwards the callers of one zone': [
      aws(ruled(['GET /orders'], [rule(1, '*', well, { kind: 'source', values: ['10.0.1.0/24'] })], redirect)),
      'error LISTENER_ANSWERS',
      { says: 'from 10.0.1.0/24 only, not from 10.0.2.0/24', remedy: 'Add 10.0.2.0/24' },
    ],
    'a rule answers other callers itself': [
      aws(ruled(['GET /orders'], [rule(1, '*', redirect, { kind: 'source', values: ['10.7.0.0/16'] })])),
      'pass PASSED',
    ],
  });

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

it('explain: separates only routes for which different rules match', () => {
  const rules = [rule(1, '/orders', redirect)];
  const { snapshot, spec } = awsWorld(ruled(['GET /orders', 'GET /orders/all'], rules));
  const said = explain(snapshot, spec, { clouds: CLOUDS, integration: 'orders' });
  expect(said.map(({ route, verdict }) => [route, verdict])).toEqual([
    ['GET /orders', 'fail'],
    ['GET /orders/all', 'pass'],
  ]);
  const last = said[0]?.paths[0]?.hops.at(-1);
  expect(last).toMatchObject({ hop: 'listener rule', id: 'rule-1', text: 'rule 1 (path /orders) → redirect 301' });
  expect(said[1]?.paths[0]?.hops.some(({ hop }) => hop === 'listener rule')).toBe(false);
});
