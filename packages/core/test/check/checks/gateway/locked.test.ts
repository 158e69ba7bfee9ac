import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld } from '../world.js';

const gatewayLocked = named('gateway/locked');

describe('gateway/locked', () => {
  checkTable(gatewayLocked, [
    { why: 'not locked', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'an overdue bill',
      world: () => alibabaWorld(({ the }) => Object.assign(the('gateways', 'group-1'), { locked: 'an overdue bill' })),
      verdict: 'fail',
      code: 'LOCKED',
      severity: 'error',
      subject: 'gateway group-1',
      evidence: ['group-1'],
      remedy: ['an overdue bill'],
    },
    {
      why: 'the group could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('gateways', 'apigateway:DescribeApiGroup', 'group-1')),
      verdict: 'unknown',
      code: 'GATEWAY_NOT_READ',
      evidence: ['apigateway:DescribeApiGroup'],
    },
    { why: 'AWS locks no API', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});
