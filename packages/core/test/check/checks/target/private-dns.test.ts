import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { type World, alibaba } from '../world.js';

const targetPrivateDns = named('target/private-dns');

describe('target/private-dns', () => {
  const domain = (addresses: string[]) => (world: World) => {
    world.region.privateDomains = [{ name: 'orders.shop.internal', addresses, linkIds: ['apigateway-hz-1'] }];
  };
  checkTable(targetPrivateDns, [
    { why: 'inside', world: alibaba(domain(['10.0.20.5'])), verdict: 'pass' },
    { why: 'no names', world: alibaba(), verdict: 'nothing' },
    {
      why: 'outside',
      world: alibaba(domain(['10.0.20.5', '10.9.0.1'])),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu, orders.shop.internal',
      says: ['10.9.0.1'],
      evidence: ['orders.shop.internal', '10.0.20.0/24'],
      remedy: ['10.9.0.1/32', 'postern apply'],
    },
    {
      why: 'names could not be read',
      world: alibaba(({ withhold }) => withhold('privateDomains', 'apigateway:ListPrivateDNS')),
      verdict: 'unknown',
      code: 'NAMES_NOT_READ',
      evidence: ['apigateway:ListPrivateDNS'],
    },
    {
      why: 'the accessible blocks could not be read',
      world: alibaba((world) => {
        domain(['10.0.20.5'])(world);
        world.withhold('allowlists', 'apigateway:DescribeInstances');
      }),
      verdict: 'unknown',
      code: 'BLOCKS_NOT_READ',
    },
  ]);
});
