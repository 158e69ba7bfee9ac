import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { link } from '../link/instance.js';
import { checkTable } from '../run-check.js';
import { type World, alibaba, withhold } from '../world.js';

const linkExpiry = named('link/expiry');

const DAY = 86_400_000;

describe('link/expiry', () => {
  const paid =
    (expiresAt: string | undefined, chargeType = 'PrePaid') =>
    (world: World) => {
      Object.assign(link(world), { native: { chargeType, ...(expiresAt === undefined ? {} : { expiresAt }) } });
    };
  const at = (days: number): string => String(Date.parse('2026-06-01T00:00:00Z') + days * DAY);
  checkTable(linkExpiry, {
    'pay-as-you-go': [alibaba(paid(at(-1), 'PayAsYouGo')), 'nothing'],
    'a year ahead': [alibaba(paid(at(365))), 'pass PAID', { evidence: '2027-06-01' }],
    'as a date': [alibaba(paid('2026-09-01T00:00:00Z', 'PREPAY')), 'pass PAID'],
    'thirty days before the end': [alibaba(paid(at(30))), 'pass PAID'],
    'less than thirty days before the end': [
      alibaba(paid(at(29))),
      'warning ENDS',
      { says: 'in 29 days', remedy: 'Renew apigateway-hz-1' },
    ],
    expired: [alibaba(paid(at(-3))), 'error ENDS', { says: 'ended on 2026-05-29', evidence: '2026-05-29' }],
    'renewals have ended': [
      alibaba(paid(at(3)), {
        retirement: [{ at: '2026-05-01T00:00:00+08:00', what: 'renewals end', ends: 'renewal' }],
      }),
      'warning ENDS',
      { remedy: 'links.eu.id' },
    ],
    'no date': [alibaba(paid(undefined)), 'unknown END_NOT_READ'],
    'not a valid date': [alibaba(paid('9'.repeat(40))), 'unknown END_NOT_READ'],
    'instances could not be read': [
      alibaba(withhold('links', 'apigateway:DescribeInstances')),
      'unknown LINK_NOT_READ',
      { evidence: 'apigateway:DescribeInstances' },
    ],
  });
});
