import { describe } from 'vitest';
import { balancerActive } from '../../../../src/check/checks/target/balancer-active.js';
import { BALANCER, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { awsWorld, alibabaWorld } from '../world.js';

describe('target/balancer-active', () => {
  const state = (changes: object) => awsWorld(({ the }) => Object.assign(the('loadBalancers', BALANCER), changes));
  checkTable(balancerActive, [
    { why: 'active', world: () => awsWorld(), verdict: 'pass', evidence: [BALANCER] },
    { why: 'active', world: () => alibabaWorld(), verdict: 'pass', evidence: ['lb-1'] },
    {
      why: 'failed',
      world: () => state({ state: 'failed', active: false }),
      verdict: 'fail',
      severity: 'error',
      evidence: [BALANCER],
      remedy: ['Bring'],
    },
    {
      why: 'a state that is not documented',
      world: () => state({ state: 'odd', active: undefined }),
      verdict: 'unknown',
    },
    {
      why: 'the load balancer of the authorization does not exist',
      world: () => alibabaWorld(({ remove }) => remove('loadBalancers', 'lb-1')),
      verdict: 'fail',
      subject: 'target stock',
      evidence: ['lb-1'],
    },
    {
      why: 'could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('loadBalancers', 'slb:DescribeLoadBalancerAttribute')),
      verdict: 'unknown',
      subject: 'target stock',
      evidence: ['slb:DescribeLoadBalancerAttribute'],
    },
    {
      why: 'of AWS, could not be read',
      world: () =>
        awsWorld(({ withhold, targetSpec }) => {
          targetSpec.ref = { listener: LISTENER };
          withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers', BALANCER);
        }),
      verdict: 'unknown',
      evidence: ['elasticloadbalancing:DescribeLoadBalancers'],
    },
  ]);
});
