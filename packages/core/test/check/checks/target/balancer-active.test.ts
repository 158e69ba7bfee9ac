import { balancerActive } from '../../../../src/check/checks/target/balancer-active.js';
import { BALANCER, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { awsWorld, aws, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';

const state = (changes: object) => awsWorld(edit({ 'loadBalancers.orders-alb': changes }));
checkTable(balancerActive, {
  active: [aws(), 'pass ACTIVE', { evidence: BALANCER }],
  'active, Alibaba Cloud': [alibaba(), 'pass ACTIVE', { evidence: 'lb-1' }],
  failed: [() => state({ state: 'failed', active: false }), 'error NOT_ACTIVE', { evidence: BALANCER }],
  'a state that is not documented': [() => state({ state: 'odd', active: undefined }), 'unknown STATE_NOT_READ'],
  'the load balancer of the authorization does not exist': [
    alibaba({ 'loadBalancers.lb-1': undefined }),
    'error BALANCER_ABSENT',
    { subject: 'target stock', evidence: 'lb-1' },
  ],
  'could not be read': [
    alibaba(withhold('loadBalancers', 'slb:DescribeLoadBalancerAttribute')),
    'unknown BALANCER_NOT_READ',
    { subject: 'target stock', evidence: 'slb:DescribeLoadBalancerAttribute' },
  ],
  'of AWS, could not be read': [
    aws(
      { 'targetSpec.ref': { listener: LISTENER } },
      withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers', BALANCER),
    ),
    'unknown BALANCER_NOT_READ',
    { evidence: 'elasticloadbalancing:DescribeLoadBalancers' },
  ],
});
