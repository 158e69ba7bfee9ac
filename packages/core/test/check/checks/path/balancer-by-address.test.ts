import { describe } from 'vitest';
import { BALANCER, GROUP } from '../aws-region.js';
import { AWS_FAULTS } from '../aws-faults.js';
import { checkTable } from '../run-check.js';
import { type World, aws } from '../world.js';
import { the } from './aws-rows.js';

const FRONT = GROUP.replace('orders', 'front');
const NLB = BALANCER.replace('app/orders-alb', 'net/front');

/** A network load balancer whose targets are the addresses of the application load balancer. */
function byAddress(w: World): void {
  AWS_FAULTS.find(([name]) => name === 'an NLB before the ALB')?.[1](w);
  Object.assign(w.the('targetGroups', FRONT), {
    kind: 'address',
    protocol: 'TCP',
    targets: [
      { id: '10.0.11.5', port: 443, zone: 'euw1-az1', health: 'healthy' },
      { id: '10.0.12.5', port: 443, zone: 'euw1-az2', health: 'healthy' },
    ],
  });
  allowOwnGroup(w);
}

/** The inner load balancer allows inbound from its own group, which the outer one also has. */
function allowOwnGroup({ the: named }: World): void {
  named('securityGroups', 'sg-lb').rules.push({
    direction: 'in',
    protocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    securityGroupId: 'sg-lb',
  });
}

describe('a load balancer whose targets are the addresses of another', () => {
  checkTable(the('path/load-balancer'), {
    'the inner one and its targets are reached': [aws(byAddress), 'pass PASSED'],
    'the inner one has no listener on the port': [
      aws(byAddress, { 'listeners.orders-alb.port': 444 }),
      'error NO_LISTENER',
    ],
    'the inner one answers by itself': [
      aws(byAddress, { 'listeners.orders-alb.actions': [{ kind: 'fixed-response', statusCode: '503' }] }),
      'error LISTENER_ANSWERS',
    ],
    'no target of the inner one is healthy': [
      aws(byAddress, {
        'targetGroups.orders.targets': [
          { id: 'i-1', port: 8080, zone: 'euw1-az1', health: 'unhealthy', reason: 'Target.Timeout' },
        ],
      }),
      'error NO_HEALTHY_TARGET',
    ],
    'targets of the inner one do not allow it': [
      aws(byAddress, { 'securityGroups.sg-app.rules': [] }),
      'error NO_RULE',
    ],
    'the health of the targets of the inner one was not read': [
      aws(byAddress, { 'targetGroups.orders.targets': undefined }),
      'unknown NOT_READ',
    ],
    'the inner one was not read': [aws(byAddress, { 'loadBalancers.orders-alb': undefined }), 'unknown NOT_READ'],
    'they forward to each other': [
      aws(byAddress, { 'listeners.orders-alb.actions': [{ kind: 'forward', targetGroupIds: [FRONT] }] }),
      'unknown NOT_READ',
    ],
  });
});

describe('the client address is preserved', () => {
  const kept = (attachedTo: string) => (w: World) => {
    byAddress(w);
    Object.assign(w.the('targetGroups', FRONT), { preservesClientAddress: true });
    for (const zone of ['a', 'b']) Object.assign(w.the('interfaces', `eni-lb-${zone}`), { attachedTo });
  };
  checkTable(the('path/load-balancer'), {
    'for another network load balancer': [
      aws(kept(NLB.replace('front', 'inner'))),
      'error CLIENT_ADDRESS_LOST',
      { says: ['network load balancer', 'preserves the client'], remedy: 'preserve_client_ip.enabled' },
    ],
    'for a VPC endpoint': [aws(kept('VPC Endpoint Interface vpce-1')), 'error CLIENT_ADDRESS_LOST', 'a VPC endpoint'],
  });
});
