import { expect, it } from 'vitest';
import type { HttpCall } from '../../../src/internal/simulation.js';
import { decidingRule, seenCall } from '../../../src/aws/connects/listener-rules.js';
import { priorityOf } from '../../../src/aws/load-balancing/find.js';
import type { RuleCondition, RuleRow } from '../../../src/aws/load-balancing/state.js';

const rule = (priority: number, ...conditions: RuleCondition[]): RuleRow => ({
  listenerArn: 'listener',
  fields: { RuleArn: `rule/${priority}`, Priority: String(priority), Conditions: conditions, Actions: [] },
  tags: {},
});
const path = (...Values: string[]): RuleCondition => ({ Field: 'path-pattern', PathPatternConfig: { Values } });
const header = (HttpHeaderName: string, ...Values: string[]): RuleCondition => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName, Values },
});
const query = (Key: string | undefined, Value: string): RuleCondition => ({
  Field: 'query-string',
  QueryStringConfig: { Values: [{ Key, Value }] },
});

it.each<[string, RuleRow[], HttpCall | undefined, number | undefined]>([
  ['none', [], { path: '/orders' }, undefined],
  ['GET / by default', [rule(1, path('/?')), rule(2, path('/'))], undefined, 2],
  ['the lowest priority', [rule(9, path('*')), rule(3, path('/o*'))], { path: '/orders' }, 3],
  ['the next if one does not match', [rule(9, path('*')), rule(3, path('/o'))], { path: '/orders' }, 9],
  ['paths without their query', [rule(1, path('/orders'))], { path: '/orders?a=/x' }, 1],
  ['upper case in paths', [rule(1, path('/Orders'))], { path: '/orders' }, undefined],
  ['stars in the middle', [rule(1, path('/a*b*c'))], { path: '/a/b/b/c' }, 1],
  ['pieces do not overlap', [rule(1, path('/ab*b'))], { path: '/ab' }, undefined],
  ['a question mark in a piece', [rule(1, path('*/o??ers/*'))], { path: '/v1/orders/' }, 1],
  ['an expression', [rule(1, { Field: 'path-pattern', RegexValues: ['/o\\d+'] })], { path: '/o12' }, 1],
  ['an invalid expression', [rule(1, { Field: 'path-pattern', RegexValues: ['('] })], { path: '(' }, undefined],
  [
    'the method',
    [rule(1, { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['PUT'] } })],
    {},
    undefined,
  ],
  [
    'upper case in hosts is ignored',
    [rule(1, { Field: 'host-header', Values: ['*.SHOP.internal'] })],
    { host: 'a.shop.internal' },
    1,
  ],
  ['its own name', [rule(1, { Field: 'host-header', Values: ['shop-1.elb'] })], {}, 1],
  ['its callers', [rule(1, { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.1.0/24'] } })], {}, 1],
  ['others', [rule(1, { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.2.0/24'] } })], {}, undefined],
  ['a header', [rule(1, header('X-Team', 'b*'))], { headers: { 'x-team': 'Blue' } }, 1],
  ['another header', [rule(1, header('X-Team', 'b*'))], { headers: { 'x-tea': 'blue' } }, undefined],
  ['a query', [rule(1, query('page', '?'))], { path: '/?page=2' }, 1],
  ['any key', [rule(1, query(undefined, '2'))], { path: '/?page=2' }, 1],
  ['another key', [rule(1, query('size', '*'))], { path: '/?page=2' }, undefined],
  ['all conditions', [rule(1, path('/a'), header('X', '*'))], { path: '/a' }, undefined],
])('the rule that decides: %s', (_why, rules, call, priority) => {
  const found = decidingRule(rules, seenCall(call, '10.0.1.7', 'shop-1.elb'));
  expect(found && priorityOf(found)).toBe(priority);
});
