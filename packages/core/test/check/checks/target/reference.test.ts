import { describe } from 'vitest';
import { targetAccount } from '../../../../src/check/checks/target/account.js';
import { targetRegion } from '../../../../src/check/checks/target/region.js';
import { LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { refer } from './reference.js';
import { awsWorld, alibabaWorld } from '../world.js';

describe('target/account and target/region', () => {
  const far = (part: string, other: string) => awsWorld(refer({ listener: LISTENER.replace(part, other) }));
  checkTable(targetAccount, [
    { why: 'its own', world: () => awsWorld(), verdict: 'pass', evidence: [LISTENER] },
    {
      why: 'another account',
      world: () => far('111122223333', '444455556666'),
      verdict: 'fail',
      severity: 'error',
      says: ['444455556666'],
      remedy: ['account 111122223333'],
    },
    { why: 'no ARNs on Alibaba Cloud', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
  checkTable(targetRegion, [
    { why: 'its own', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'another region',
      world: () => far('eu-west-1', 'us-east-1'),
      verdict: 'fail',
      severity: 'error',
      says: ['us-east-1'],
      remedy: ['eu-west-1'],
    },
  ]);
});
