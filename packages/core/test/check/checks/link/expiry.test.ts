import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { link } from './instance.js';
import { checkTable } from '../run-check.js';
import { type World, alibabaWorld } from '../world.js';

const linkExpiry = named('link/expiry');

const DAY = 86_400_000;

describe('link/expiry', () => {
  const paid =
    (expiresAt: string | undefined, chargeType = 'PrePaid') =>
    (world: World) => {
      Object.assign(link(world), { native: { chargeType, ...(expiresAt === undefined ? {} : { expiresAt }) } });
    };
  const at = (days: number): string => String(Date.parse('2026-06-01T00:00:00Z') + days * DAY);
  checkTable(linkExpiry, [
    { why: 'pay-as-you-go', world: () => alibabaWorld(paid(at(-1), 'PayAsYouGo')), verdict: 'nothing' },
    { why: 'a year ahead', world: () => alibabaWorld(paid(at(365))), verdict: 'pass', evidence: ['2027-06-01'] },
    { why: 'as a date', world: () => alibabaWorld(paid('2026-09-01T00:00:00Z', 'PREPAY')), verdict: 'pass' },
    { why: 'thirty days before the end', world: () => alibabaWorld(paid(at(30))), verdict: 'pass' },
    {
      why: 'less than thirty days before the end',
      world: () => alibabaWorld(paid(at(29))),
      verdict: 'fail',
      code: 'ENDS',
      severity: 'warning',
      says: ['in 29 days'],
      remedy: ['Renew apigateway-hz-1'],
    },
    {
      why: 'expired',
      world: () => alibabaWorld(paid(at(-3))),
      verdict: 'fail',
      code: 'ENDS',
      severity: 'error',
      says: ['ended on 2026-05-29'],
      evidence: ['2026-05-29'],
    },
    {
      why: 'renewals have ended',
      world: () =>
        alibabaWorld((world) => {
          paid(at(3))(world);
          world.region.retirement = [{ at: '2026-05-01T00:00:00+08:00', what: 'renewals end', ends: 'renewal' }];
        }),
      verdict: 'fail',
      code: 'ENDS',
      remedy: ['links.eu.id'],
    },
    { why: 'no date', world: () => alibabaWorld(paid(undefined)), verdict: 'unknown', code: 'END_NOT_READ' },
    {
      why: 'not a valid date',
      world: () => alibabaWorld(paid('9'.repeat(40))),
      verdict: 'unknown',
      code: 'END_NOT_READ',
    },
    {
      why: 'instances could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('links', 'apigateway:DescribeInstances')),
      verdict: 'unknown',
      code: 'LINK_NOT_READ',
      evidence: ['apigateway:DescribeInstances'],
    },
  ]);
});
