import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { refer } from './reference.js';
import { aws } from '../world.js';

const targetRegion = named('target/region');

describe('target/region', () => {
  checkTable(targetRegion, [
    { why: 'its own', world: aws(), verdict: 'pass' },
    {
      why: 'another region',
      world: aws(refer({ listener: LISTENER.replace('eu-west-1', 'us-east-1') })),
      verdict: 'fail',
      severity: 'error',
      says: ['us-east-1'],
      remedy: ['eu-west-1'],
    },
  ]);
});
