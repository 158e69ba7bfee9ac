import { describe } from 'vitest';
import { BALANCER, GROUP, LISTENER } from '../aws-region.js';
import { AWS_FAULTS } from '../aws-faults.js';
import { checkTable } from '../run-check.js';
import type { World } from '../world.js';
import { row, the } from './aws-rows.js';

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
  checkTable(the('path/load-balancer'), [
    row('pass', 'the inner one and its targets are reached', byAddress),
    row('fail', 'the inner one has no listener on the port', (w) => {
      byAddress(w);
      w.the('listeners', LISTENER).port = 444;
    }),
    row('fail', 'the inner one answers by itself', (w) => {
      byAddress(w);
      Object.assign(w.the('listeners', LISTENER), { actions: [{ kind: 'fixed-response', statusCode: '503' }] });
    }),
    row('fail', 'no target of the inner one is healthy', (w) => {
      byAddress(w);
      Object.assign(w.the('targetGroups', GROUP), {
        targets: [{ id: 'i-1', port: 8080, zone: 'euw1-az1', health: 'unhealthy', reason: 'Target.Timeout' }],
      });
    }),
    row('fail', 'targets of the inner one do not allow it', (w) => {
      byAddress(w);
      w.the('securityGroups', 'sg-app').rules = [];
    }),
    row('unknown', 'the health of the targets of the inner one was not read', (w) => {
      byAddress(w);
      Object.assign(w.the('targetGroups', GROUP), { targets: undefined });
    }),
    row('unknown', 'the inner one was not read', (w) => {
      byAddress(w);
      w.remove('loadBalancers', BALANCER);
    }),
    row('unknown', 'they forward to each other', (w) => {
      byAddress(w);
      Object.assign(w.the('listeners', LISTENER), { actions: [{ kind: 'forward', targetGroupIds: [FRONT] }] });
    }),
  ]);
});

describe('the client address is preserved', () => {
  const kept = (attachedTo: string) => (w: World) => {
    byAddress(w);
    Object.assign(w.the('targetGroups', FRONT), { preservesClientAddress: true });
    for (const zone of ['a', 'b']) Object.assign(w.the('interfaces', `eni-lb-${zone}`), { attachedTo });
  };
  checkTable(the('path/load-balancer'), [
    row('fail', 'for another network load balancer', kept(NLB.replace('front', 'inner')), {
      says: ['network load balancer', 'preserves the client'],
      remedy: ['preserve_client_ip.enabled'],
    }),
    row('fail', 'for a VPC endpoint', kept('VPC Endpoint Interface vpce-1'), { says: ['a VPC endpoint'] }),
  ]);
});
