import { describe } from 'vitest';
import { subnetQuota } from '../../../../src/check/checks/link/subnet-quota.js';
import { declared } from './limits.js';
import { checkTable } from '../run-check.js';
import { type World, awsWorld } from '../world.js';

describe('link/subnet-quota', () => {
  const many = (count: number) => (world: World) => {
    const ids = Array.from({ length: count }, (_, n) => `subnet-${n}`);
    for (const id of ids) world.copy('subnets', 'subnet-a', { id });
    declared(ids)(world);
  };
  checkTable(subnetQuota, [
    { why: 'two', world: () => awsWorld(), verdict: 'pass' },
    { why: 'ten', world: () => awsWorld(many(10)), verdict: 'pass' },
    {
      why: 'eleven, and whether the quota was raised is not known',
      world: () => awsWorld(many(11)),
      verdict: 'unknown',
      remedy: ['links.eu.subnets'],
    },
    {
      why: 'eleven of ten',
      world: () =>
        awsWorld((world) => {
          many(11)(world);
          world.region.quotas = { 'subnets-per-vpc-link': 10 };
        }),
      verdict: 'fail',
      severity: 'error',
      evidence: ['L-668C9B28'],
      remedy: ['L-668C9B28'],
    },
  ]);
});
