import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { awsWorld, alibabaWorld } from '../world.js';

const linkInactive = named('link/inactive');

describe('link/inactive', () => {
  checkTable(linkInactive, [
    { why: 'ready', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'sixty days without a call',
      world: () =>
        awsWorld(({ the }) => Object.assign(the('links', 'vlink-1'), { state: 'inactive', nativeState: 'INACTIVE' })),
      verdict: 'fail',
      severity: 'error',
      says: ['sixty days'],
      evidence: ['vlink-1'],
      remedy: ['Call one of its routes'],
    },
    { why: 'instances have no INACTIVE state', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});
