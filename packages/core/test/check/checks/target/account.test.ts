import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { refer } from './reference.js';
import { aws, alibaba } from '../world.js';

const targetAccount = named('target/account');

describe('target/account', () => {
  const elsewhere = refer({ listener: LISTENER.replace('111122223333', '444455556666') });
  checkTable(targetAccount, [
    { why: 'its own', world: aws(), verdict: 'pass', evidence: [LISTENER] },
    {
      why: 'another account',
      world: aws(elsewhere),
      verdict: 'fail',
      severity: 'error',
      says: ['444455556666'],
      remedy: ['account 111122223333'],
    },
    {
      why: 'the region of the link, and so its account, could not be read',
      world: aws((world) => {
        elsewhere(world);
        world.region.unread = { code: 'PERMISSION_DENIED', message: 'denied' };
        world.withhold('links', 'apigateway:GET');
      }),
      verdict: 'unknown',
    },
    { why: 'no ARNs on Alibaba Cloud', world: alibaba(), verdict: 'nothing' },
  ]);
});
