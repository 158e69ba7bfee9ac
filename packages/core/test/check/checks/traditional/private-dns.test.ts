import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

const targetPrivateDns = named('target/private-dns');

describe('target/private-dns', () => {
  const domain = (addresses: string[]) =>
    edit({ privateDomains: [{ name: 'orders.shop.internal', addresses, linkIds: ['apigateway-hz-1'] }] });
  checkTable(targetPrivateDns, {
    inside: [alibaba(domain(['10.0.20.5'])), 'pass INSIDE_BLOCKS'],
    'no names': [alibaba(), 'nothing'],
    outside: [
      alibaba(domain(['10.0.20.5', '10.9.0.1'])),
      'error OUTSIDE_BLOCKS',
      {
        subject: 'link eu, orders.shop.internal',
        says: '10.9.0.1',
        evidence: ['orders.shop.internal', '10.0.20.0/24'],
        remedy: ['10.9.0.1/32', 'postern apply'],
      },
    ],
    'names could not be read': [
      alibaba(withhold('privateDomains', 'apigateway:ListPrivateDNS')),
      'unknown NAMES_NOT_READ',
      { evidence: 'apigateway:ListPrivateDNS' },
    ],
    'the accessible blocks could not be read': [
      alibaba(domain(['10.0.20.5']), withhold('allowlists', 'apigateway:DescribeInstances')),
      'unknown BLOCKS_NOT_READ',
    ],
  });
});
