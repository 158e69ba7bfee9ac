import type { Assessment, HandoverPlan } from '@postern/alibaba/handover';
import { expect, it } from 'vitest';
import { fittingOf } from '../../src/handover/plan-handovers.js';

const item = (rule: string, name: string, verdict = 'unknown') => ({
  rule,
  verdict,
  source: { name, id: `${name}-1` },
});
const assessed = (...items: readonly object[]) => ({ items }) as unknown as Assessment;
const plan = (...names: readonly string[]) =>
  ({ stages: [{ routes: names.map((name) => ({ name })) }] }) as unknown as HandoverPlan;

it('each group of a pattern gets what fits it, and what fits no group is refused', () => {
  const fitting = fittingOf({
    group: 'shop-*',
    stage: 'RELEASE',
    waive: { 'group/own-domain': 'a', 'api/nonce:orders': 'b', 'api/nonce:stock': 'c' },
    accept: ['files'],
    calls: { basket: '/baskets/7' },
  });
  const first = assessed(item('group/own-domain', 'shop-a'), item('api/nonce', 'orders', 'blocked'));
  const second = assessed(item('group/own-domain', 'shop-b'), item('api/nonce', 'stock', 'exact'));
  expect(fitting.waivers(first).map((one) => one.item)).toEqual(['group/own-domain', 'api/nonce:orders']);
  expect(fitting.waivers(second).map((one) => one.item)).toEqual(['group/own-domain']);
  expect(fitting.proof(plan('files'))).toEqual({ accept: ['files'], calls: {} });
  expect(fitting.proof(plan('basket'))).toEqual({ accept: [], calls: { basket: '/baskets/7' } });
  expect(() => fitting.requireUsed()).toThrow('`waive: api/nonce:stock` of the hand-over of shop-* fits no group');
});
