import { describe, it, expect } from 'vitest';
import { named } from '../all-checks.js';
import { remedyOf, appGroup, advanced } from '../egress/callers.js';
import { checkTable } from '../run-check.js';
import { useConventional } from './backends.js';
import { alibaba } from '../world.js';

const targetSameGroup = named('target/same-group');

describe('the group that the vendor requires', () => {
  it('cannot be added beside a group of the other type', () => {
    const text = remedyOf(targetSameGroup, appGroup([]), advanced('sg-link'));
    expect(text).toContain('accepts groups of only one type');
    expect(text).not.toContain('Add i-1');
    expect(remedyOf(targetSameGroup, appGroup([]))).toContain('Add i-1 to sg-link');
  });
});

describe('target/same-group', () => {
  checkTable(targetSameGroup, [
    { why: 'the same group', world: alibaba(), verdict: 'pass' },
    {
      why: 'another group: required independently of the rules',
      world: alibaba(({ the, copy }) => {
        copy('securityGroups', 'sg-link', { id: 'sg-app' });
        the('instances', 'i-1').securityGroupIds = ['sg-app'];
      }),
      verdict: 'fail',
      severity: 'warning',
      subject: 'target orders',
      evidence: ['i-1', 'apigateway-hz-1'],
      remedy: ['Add i-1 to sg-link'],
    },
    {
      why: 'a group in each zone: all of them are required',
      world: alibaba(({ the }) => the('links', 'apigateway-hz-1').securityGroupIds.push('sg-k')),
      verdict: 'fail',
      says: ['sg-k'],
    },
    { why: 'a conventional instance has no groups', world: alibaba(useConventional), verdict: 'nothing' },
  ]);
});
