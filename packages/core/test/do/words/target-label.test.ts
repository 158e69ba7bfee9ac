import { expect, it } from 'vitest';
import { targetLabel } from '../../../src/do/words/target-label.js';

const ARN =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders-alb/50dc6c495c0c9188/f2f7dc8efc522ab2';
const BALANCER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/orders-nlb/6a1b2c3d4e5f6a7b';
const SERVICE = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-abc';

it.each([
  [{ id: ARN, name: 'orders-alb', port: 80 }, 'orders-alb:80'],
  [{ id: ARN }, 'orders-alb (listener f2f7dc8efc522ab2)'],
  [{ id: SERVICE, name: 'billing' }, 'billing (srv-abc)'],
  [{ id: SERVICE }, 'srv-abc'],
  [{ id: `${BALANCER}:8080` }, 'orders-nlb:8080'],
  [{ id: BALANCER }, 'orders-nlb'],
  [{ id: 'authorization-1', name: 'x', port: 80 }, 'authorization-1'],
])('the readable name of a target: %j is %s', (target, label) => {
  expect(targetLabel(target)).toBe(label);
});
