import { describe, expect, it } from 'vitest';
import { targetLabel } from '../../src/text/target-label.js';

const ARN =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders-alb/50dc6c495c0c9188/f2f7dc8efc522ab2';
const SERVICE = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-abc';

describe('contact M13: the readable name of a target', () => {
  it.each([
    [{ id: ARN, name: 'orders-alb', port: 80 }, 'orders-alb:80'],
    [{ id: ARN }, 'orders-alb (listener f2f7dc8efc522ab2)'],
    [{ id: SERVICE, name: 'billing' }, 'billing (srv-abc)'],
    [{ id: SERVICE }, 'srv-abc'],
    [{ id: 'authorization-1', name: 'x', port: 80 }, 'authorization-1'],
  ])('%j is %s', (target, label) => {
    expect(targetLabel(target)).toBe(label);
  });
});
