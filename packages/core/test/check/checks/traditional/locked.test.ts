import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, withhold } from '../world.js';

const gatewayLocked = named('gateway/locked');

describe('gateway/locked', () => {
  checkTable(gatewayLocked, {
    'not locked': [alibaba(), 'pass NOT_LOCKED'],
    'an overdue bill': [
      alibaba({ 'gateways.group-1.locked': 'an overdue bill' }),
      'error LOCKED',
      { subject: 'gateway group-1', evidence: 'group-1', remedy: 'an overdue bill' },
    ],
    'the group could not be read': [
      alibaba(withhold('gateways', 'apigateway:DescribeApiGroup', 'group-1')),
      'unknown GATEWAY_NOT_READ',
      { evidence: 'apigateway:DescribeApiGroup' },
    ],
    'AWS locks no API': [aws(), 'nothing'],
  });
});
