import { expect, it } from 'vitest';
import { answersTo, rulesOf } from '../../../../src/check/path/listener-rules/answers.js';
import { callsOf } from '../../../../src/check/path/listener-rules/calls.js';
import { prepare } from '../../../../src/do/world/prepare.js';
import type { Listener, ListenerRule, RuleCondition } from '../../../../src/do/model/load-balancer.js';
import { LISTENER } from '../../checks/aws-region.js';
import { awsWorld, TAKEN_AT, type World } from '../../checks/world.js';
import { edit } from '../../checks/edits.js';
import { CLOUDS } from '../../../clouds.js';

const forward = [{ kind: 'forward' as const, targetGroupIds: ['tg'] }];
const rule = (priority: number, ...conditions: RuleCondition[]): ListenerRule => ({
  id: `rule-${priority}`,
  priority,
  conditions,
  actions: forward,
});

/** The rules that may decide for each call of a spec: their priorities, 0 for the default. */
function decided(rules: readonly ListenerRule[], change: (world: World) => void = () => undefined) {
  const world = awsWorld(change);
  const { input } = prepare(world.snapshot, world.spec, { clouds: CLOUDS, now: Date.parse(TAKEN_AT), passes: true });
  const [integration] = input.integrations;
  const [target] = integration?.targets ?? [];
  if (integration === undefined || target === undefined) throw new Error('no target');
  const listener: Listener = { ...world.the('listeners', LISTENER), rules };
  const own = rulesOf(integration.link.region, { id: 'lb-1', kind: 'application' }, listener);
  if (!('length' in own)) throw new Error('no rules');
  return callsOf(integration, target).map((call) =>
    answersTo(listener, own, call, undefined).map((answer) => answer.rule?.priority ?? 0),
  );
}

const onHost = (...values: string[]): ListenerRule => rule(1, { kind: 'host', values });
/** The hosts of calls, as the spec assumes. */
const hosts = (...names: string[]) => edit({ 'spec.assume': { hosts: { orders: { orders: names } } } });
const path = (...values: string[]): RuleCondition => ({ kind: 'path', values });
const routes = (...keys: string[]) =>
  edit({ 'integration.routes': Object.fromEntries(keys.map((key) => [key, 'orders'])) });
/** Keeps the path, which stages prefix with their names. No custom domain leads to the API. */
const kept = (...names: string[]) =>
  edit({
    'targetSpec.path': 'keep',
    customDomains: [],
    'gateways.api-1.stages': names.map((name) => ({ name, autoDeploy: true })),
  });
const both =
  (...changes: ((world: World) => void)[]) =>
  (world: World): void =>
    changes.forEach((change) => change(world));

it.each<[string, readonly ListenerRule[], (world: World) => void, readonly (readonly number[])[]]>([
  ['none', [], routes('GET /orders'), [[0]]],
  ['the first by priority', [rule(9, path('*')), rule(3, path('/o*'))], routes('GET /orders'), [[3]]],
  ['each route has its own rule', [rule(1, path('/a')), rule(2, path('/b'))], routes('GET /b', 'GET /a'), [[2], [1]]],
  [
    'all conditions match',
    [rule(1, path('/a'), { kind: 'method', values: ['PUT'] })],
    routes('GET /a', 'PUT /a'),
    [[0], [1]],
  ],
  ['any method is possible', [rule(1, { kind: 'method', values: ['PUT'] })], routes('ANY /a'), [[1, 0]]],
  ['a rule without conditions', [rule(1)], routes('ANY /a'), [[1]]],
  ['any path is possible', [rule(1, path('/a')), rule(2, path('/*'))], routes('$default'), [[1, 2]]],
  ['any call is possible', [rule(1, path('/a'))], routes(), [[1, 0]]],
  ['the host is not known', [rule(1, { kind: 'host', values: ['a.b'] })], routes('GET /a'), [[1, 0]]],
  ['the spec assumes the host', [onHost('a.b')], both(routes('GET /a'), hosts('a.b')), [[1]]],
  ['the spec assumes another host', [onHost('a.b', 'c.d')], both(routes('GET /a'), hosts('b.a')), [[0]]],
  ['hosts match in any case', [onHost('*.Shop.Internal')], both(routes('GET /a'), hosts('a.shop.internal')), [[1]]],
  ['one host of two', [onHost('a.?')], both(routes('GET /a'), hosts('a.b', 'c.d')), [[1, 0]]],
  ['all of several hosts', [onHost('*.b')], both(routes('GET /a'), hosts('a.b', 'c.b')), [[1]]],
  [
    'a host by a regular expression, whatever the spec assumes',
    [rule(1, { kind: 'host' })],
    both(routes('GET /a'), hosts('a.b')),
    [[1, 0]],
  ],
  ['a host of a target without routes', [onHost('a.b')], both(routes(), hosts('c.d')), [[0]]],
  ['any host matches', [rule(1, { kind: 'host', values: ['*'] })], routes('GET /a'), [[1]]],
  ['headers are not known', [rule(1, { kind: 'header' })], routes('GET /a'), [[1, 0]]],
  ['the query is not known', [rule(1, { kind: 'query' }), rule(2, path('/b'))], routes('GET /a'), [[1, 0]]],
  ['an expression is not known', [rule(1, { kind: 'path' })], routes('GET /a'), [[1, 0]]],
  ['a header condition on another path', [rule(1, { kind: 'header' }, path('/b'))], routes('GET /a'), [[0]]],
  ['the meaning of a backslash is not documented', [rule(1, path('/a\\*'))], routes('GET /a'), [[1, 0]]],
  ['an overwritten path has no stage', [rule(1, path('/prod/*'))], routes('GET /a'), [[0]]],
  ['a kept path has the stage', [rule(1, path('/prod/*'))], both(routes('GET /a'), kept('prod')), [[1]]],
  ['a kept path has no default stage', [rule(1, path('/a'))], both(routes('GET /a'), kept('$default')), [[1]]],
  [
    'each stage has calls of its own',
    [rule(1, path('/prod/a'))],
    both(routes('GET /a'), kept('prod', 'test')),
    [[1], [0]],
  ],
  [
    'each stage, also where rules share out the calls of a greedy route',
    [rule(1, path('/a/*'))],
    both(routes('GET /a/{proxy+}'), kept('$default', 'prod')),
    [[1], [0]],
  ],
  ['the API has no stage', [rule(1, path('/a'))], both(routes('GET /a'), kept()), [[1, 0]]],
  [
    'the path of an external integration is not known',
    [rule(1, path('/x'))],
    both(routes('GET /a'), edit({ 'integration.owner': 'external' })),
    [[1, 0]],
  ],
  [
    'an external integration overwrites the path',
    [rule(1, path('/x')), rule(2, path('/orders'))],
    both(routes('ANY /orders'), edit({ 'integration.owner': 'external', 'gateways.api-1.routes.0.path': 'overwrite' })),
    [[2]],
  ],
])('which rule decides: %s', (_why, rules, change, expected) => {
  expect(decided(rules, change)).toEqual(expected);
});
