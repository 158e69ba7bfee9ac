import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, alibaba, aws } from '../world.js';

const targetIntranet = named('target/intranet');

describe('target/intranet', () => {
  const scheme = (to: 'internet-facing' | undefined) =>
    alibabaWorld(({ the }) => Object.assign(the('loadBalancers', 'lb-1'), { scheme: to }));
  checkTable(targetIntranet, [
    { why: 'internal', world: alibaba(), verdict: 'pass' },
    {
      why: 'internet-facing, without an address in the VPC',
      world: () => scheme('internet-facing'),
      verdict: 'fail',
      severity: 'error',
      subject: 'target stock',
      evidence: ['lb-1'],
      remedy: ['internal CLB instance of vpc-h'],
    },
    { why: 'not reported', world: () => scheme(undefined), verdict: 'unknown' },
    { why: 'AWS calls both schemes', world: aws(), verdict: 'nothing' },
  ]);
});
