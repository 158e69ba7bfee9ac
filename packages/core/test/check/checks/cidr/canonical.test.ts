import { describe } from 'vitest';
import { canonical } from '../../../../src/check/checks/cidr/canonical.js';
import { listed, allowed } from './blocks.js';
import { checkTable } from '../run-check.js';
import { alibaba, aws } from '../world.js';

describe('cidr/canonical', () => {
  checkTable(canonical, [
    { why: 'canonical', world: alibaba(), verdict: 'pass' },
    {
      why: 'host bits in a spec that was not parsed',
      world: aws(listed('10.0.0.1/16')),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu, 10.0.0.1/16',
      evidence: ['10.0.0.1/16'],
      remedy: ['Write 10.0.0.0/16.'],
    },
    {
      why: 'leading zeros on the cloud',
      world: alibaba(allowed('010.0.0.0/8')),
      verdict: 'fail',
      code: 'BLOCK_NOT_CANONICAL',
      severity: 'warning',
    },
    {
      why: 'what the backend admits',
      world: aws(({ targetSpec }) => Object.assign(targetSpec, { admits: ['10.0.1.7/24'] })),
      verdict: 'fail',
      severity: 'error',
      evidence: ['integrations.orders.targets.orders.admits'],
      remedy: ['10.0.1.0/24'],
    },
    { why: 'nothing to read', world: aws(), verdict: 'nothing' },
  ]);
});
