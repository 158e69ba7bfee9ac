import { describe, it, expect } from 'vitest';
import type { SecurityGroupRule } from '../../../src/do/model/network.js';
import { groupOf } from './removal/owned.js';
import { referencesTo } from '../../../src/do/plan/references.js';

describe('rules of other groups that name a group', () => {
  const rule = (fields: Partial<SecurityGroupRule>): SecurityGroupRule =>
    ({
      direction: 'in',
      protocol: 'tcp',
      fromPort: 80,
      toPort: 80,
      securityGroupId: 'sg-own',
      raw: null,
      ...fields,
    }) as SecurityGroupRule;

  it('are named with their ports', () => {
    const rules = [
      rule({ id: 'sgr-1' }),
      rule({ direction: 'out', fromPort: 80, toPort: 90 }),
      rule({ protocol: '-1' }),
      rule({ protocol: 'all' }),
      rule({ securityGroupId: 'sg-9' }),
    ];
    const own = groupOf(undefined, { rules: [rule({ id: 'self' })] });
    expect(referencesTo('sg-own', [own, groupOf(undefined, { id: 'sg-2', rules })])).toEqual([
      'inbound rule sgr-1 of sg-2 (tcp 80)',
      'outbound rule of sg-2 (tcp 80-90)',
      'inbound rule of sg-2 (all traffic)',
      'inbound rule of sg-2 (all traffic)',
    ]);
  });
});
