import { describe } from 'vitest';
import { balancerActive } from '../../../../src/check/checks/target/balancer-active.js';
import { BALANCER, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { awsWorld, aws, alibaba } from '../world.js';

describe('target/balancer-active', () => {
  const state = (changes: object) => awsWorld(({ the }) => Object.assign(the('loadBalancers', BALANCER), changes));
  checkTable(balancerActive, [
    { why: 'active', world: aws(), verdict: 'pass', evidence: [BALANCER] },
    { why: 'active', world: alibaba(), verdict: 'pass', evidence: ['lb-1'] },
    {
      why: 'failed',
      world: () => state({ state: 'failed', active: false }),
      verdict: 'fail',
      code: 'NOT_ACTIVE',
      severity: 'error',
      evidence: [BALANCER],
    },
    {
      why: 'a state that is not documented',
      world: () => state({ state: 'odd', active: undefined }),
      verdict: 'unknown',
      code: 'STATE_NOT_READ',
    },
    {
      why: 'the load balancer of the authorization does not exist',
      world: alibaba(({ remove }) => remove('loadBalancers', 'lb-1')),
      verdict: 'fail',
      code: 'BALANCER_ABSENT',
      subject: 'target stock',
      evidence: ['lb-1'],
    },
    {
      why: 'could not be read',
      world: alibaba(({ withhold }) => withhold('loadBalancers', 'slb:DescribeLoadBalancerAttribute')),
      verdict: 'unknown',
      code: 'BALANCER_NOT_READ',
      subject: 'target stock',
      evidence: ['slb:DescribeLoadBalancerAttribute'],
    },
    {
      why: 'of AWS, could not be read',
      world: aws(({ withhold, targetSpec }) => {
        targetSpec.ref = { listener: LISTENER };
        withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers', BALANCER);
      }),
      verdict: 'unknown',
      code: 'BALANCER_NOT_READ',
      evidence: ['elasticloadbalancing:DescribeLoadBalancers'],
    },
  ]);
});
