import { describe, it, expect } from 'vitest';
import { named } from '../all-checks.js';
import { remedyOf, appGroup, advanced } from '../egress/callers.js';
import { checkTable } from '../run-check.js';
import { useConventional } from '../target/backends.js';
import { alibaba, copy } from '../world.js';

const targetSameGroup = named('target/same-group');

it('the group that the vendor requires: cannot be added beside a group of the other type', () => {
  const text = remedyOf(targetSameGroup, appGroup([]), advanced('sg-link'));
  expect(text).toContain('accepts groups of only one type');
  expect(text).not.toContain('Add i-1');
  expect(remedyOf(targetSameGroup, appGroup([]))).toContain('Add i-1 to sg-link');
});

describe('target/same-group', () => {
  checkTable(targetSameGroup, {
    'the same group': [alibaba(), 'pass SAME_GROUPS'],
    'another group: required independently of the rules': [
      alibaba(copy('securityGroups', 'sg-link', { id: 'sg-app' }), { 'instances.i-1.securityGroupIds': ['sg-app'] }),
      'warning OTHER_GROUPS',
      { subject: 'target orders', evidence: ['i-1', 'apigateway-hz-1'], remedy: 'Add i-1 to sg-link' },
    ],
    'a group in each zone: all of them are required': [
      alibaba({ 'links.apigateway-hz-1.securityGroupIds.+': 'sg-k' }),
      'warning OTHER_GROUPS',
      'sg-k',
    ],
    'a conventional instance has no groups': [alibaba(useConventional), 'nothing'],
  });
});
