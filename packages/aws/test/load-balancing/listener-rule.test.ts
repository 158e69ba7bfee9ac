import { expect, it } from 'vitest';
import { toRule } from '../../src/load-balancing/listener.js';
import type { ConditionOutput } from '../../src/sdk-types.js';

const SECRET = 's3cret';
/** What the service answers for each field, in its older form and in its own. */
const CONDITIONS: readonly [string, ConditionOutput & Readonly<Record<string, unknown>>, object][] = [
  [
    'a path, in both forms',
    { Field: 'path-pattern', Values: ['/a'], PathPatternConfig: { Values: ['/a'] } },
    { kind: 'path', values: ['/a'] },
  ],
  [
    'paths in the one form',
    { Field: 'path-pattern', PathPatternConfig: { Values: ['/a', '/b'] } },
    { kind: 'path', values: ['/a', '/b'] },
  ],
  ['an expression', { Field: 'path-pattern', PathPatternConfig: { RegexValues: ['/a+'] } }, { kind: 'path' }],
  ['one in the older form', { Field: 'host-header', RegexValues: ['a+'] }, { kind: 'host' }],
  ['a host', { Field: 'host-header', HostHeaderConfig: { Values: ['*.a.b'] } }, { kind: 'host', values: ['*.a.b'] }],
  [
    'a method',
    { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } },
    { kind: 'method', values: ['GET'] },
  ],
  [
    'callers',
    { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } },
    { kind: 'source', values: ['10.0.0.0/8'] },
  ],
  [
    'the family of callers, of a network load balancer',
    { Field: 'source-ip', SourceIpConfig: { IpAddressType: 'ipv4' } },
    { kind: 'source', family: 'ipv4' },
  ],
  [
    'a header',
    { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Key', Values: [SECRET] } },
    { kind: 'header', name: 'x-key' },
  ],
  [
    'a query',
    { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'key', Value: SECRET }] } },
    { kind: 'query', name: 'key' },
  ],
  ['an undocumented field', { Field: 'moon-phase', Values: [SECRET] }, { kind: 'other' }],
  ['nothing', {}, { kind: 'other' }],
];

it.each(CONDITIONS)('has %s as its condition, and no secret of callers', (_why, condition, expected) => {
  const rule = toRule({ RuleArn: 'rule/1', Priority: '7', Conditions: [condition], Actions: [{ Type: 'forward' }] });
  expect(rule).toEqual({ id: 'rule/1', priority: 7, conditions: [expected], actions: [{ kind: 'forward' }] });
  expect(JSON.stringify(rule)).not.toContain(SECRET);
});

it('is left out where it is the default rule, whose actions are those of the listener', () => {
  expect(
    toRule({ RuleArn: 'rule/1', IsDefault: true, Priority: 'default', Conditions: [], Actions: [] }),
  ).toBeUndefined();
});

it('has an unknown condition where its conditions were not read', () => {
  expect(toRule({ RuleArn: 'rule/1', Priority: '7' })).toMatchObject({ conditions: [{ kind: 'other' }] });
  expect(toRule({ RuleArn: 'rule/1', Priority: '7', Conditions: [] })).toMatchObject({ conditions: [] });
});
