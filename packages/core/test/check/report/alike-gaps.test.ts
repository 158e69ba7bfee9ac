import { expect, it } from 'vitest';
import { alikeGaps } from '../../../src/internal/report.js';
import type { Gap } from '../../../src/internal/library.js';

const HEALTH = { operation: 'DescribeTargetHealth', code: 'PERMISSION_DENIED', permission: 'elb:DescribeTargetHealth' };
const health = (id: string): Gap => ({ ...HEALTH, what: `health of the targets of ${id}`, of: 'targetGroups', id });

function told(...gaps: readonly Gap[]): readonly string[] {
  return alikeGaps(gaps).map(({ what }) => what);
}

it('reports gaps that differ in names only once', () => {
  expect(told(health('tg-1'))).toEqual(['health of the targets of tg-1']);
  expect(told(health('tg-1'), health('tg-2'))).toEqual(['health of the targets of tg-1, likewise tg-2']);
  expect(told(...Array.from({ length: 11 }, (_, at) => health(`tg-${at}`)))).toEqual([
    'health of the targets of tg-0, likewise tg-1, tg-2, tg-3 and 7 more',
  ]);
});
it('recognizes an ID that looks like a word, and two names in one sentence', () => {
  const api = (id: string): Gap => ({ what: `API ${id}`, operation: 'GetRoutes', code: 'THROTTLED', id });
  expect(told(api('abcdefghij'), api('bcdefghijk'))).toEqual(['API abcdefghij, likewise bcdefghijk']);
  const routes = (id: string, gateway: string): Gap => ({
    what: `routes of ${id} (${gateway})`,
    operation: 'SearchTransitGatewayRoutes',
    code: 'PERMISSION_DENIED',
  });
  expect(told(routes('rtb-1', 'tgw-1'), routes('rtb-2', 'tgw-1'), routes('rtb-3', 'tgw-2'))).toEqual([
    'routes of rtb-1 (tgw-1), likewise rtb-2, rtb-3 (tgw-2)',
  ]);
});
it.each<[string, Partial<Gap> & { region?: string }]>([
  ['another reason', { code: 'THROTTLED' }],
  ['another call', { operation: 'DescribeTargetGroupAttributes' }],
  ['another permission', { permission: undefined }],
  ['another fact', { what: 'attributes of tg-2' }],
  ['another region', { region: 'us-east-1' }],
])('keeps gaps separate that have %s', (_, change) => {
  expect(told(health('tg-1'), { ...health('tg-2'), ...change })).toHaveLength(2);
});
it('reports a gap of one call in several lists once, and keeps the order', () => {
  const groups = { what: 'security groups', operation: 'DescribeSecurityGroups', code: 'PERMISSION_DENIED' };
  expect(
    told({ ...groups, of: 'securityGroups' }, health('tg-1'), { ...groups, of: 'prefixLists' }, health('tg-2')),
  ).toEqual(['security groups', 'health of the targets of tg-1, likewise tg-2']);
});
