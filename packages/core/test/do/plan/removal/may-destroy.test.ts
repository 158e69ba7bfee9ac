import { describe, expect, it } from 'vitest';
import type { Owner } from '../../../../src/do/model/owner.js';
import { mayDestroy } from '../../../../src/do/plan/removal/give-up.js';
import { smallSpec } from '../../../fake-run.js';
import { FOREIGN, gatewayOf, NO_SPEC, OTHER_SPEC, OWN, routeOf } from './owned.js';

const SPEC = smallSpec({ spec: 'orders-1' });

describe('what `destroy` may remove', () => {
  const gateway = gatewayOf();
  const route = (key = 'ANY /orders') => routeOf(undefined, { key });
  const may = mayDestroy(SPEC, undefined);
  const answers = (mark: Owner | undefined, prune?: boolean): readonly boolean[] => {
    const { link, target, route: ofRoute } = mayDestroy(SPEC, prune);
    return [link(mark), target(mark), ofRoute(mark, route(), gateway)];
  };

  it('is all that carries the identity of the spec, declared or not', () => {
    expect(answers({ ...OWN, integration: 'gone' })).toEqual([true, true, true]);
  });

  it('is nothing of another spec, of another project, or without a mark, also with `prune`', () => {
    for (const prune of [undefined, true])
      for (const mark of [OTHER_SPEC, FOREIGN, undefined]) expect(answers(mark, prune)).toEqual([false, false, false]);
  });

  it('is, of what names no spec, only what this spec declares', () => {
    expect(may.link({ ...NO_SPEC, integration: 'eu' })).toBe(true);
    expect(may.link(NO_SPEC)).toBe(false);
    expect(may.target({ ...NO_SPEC, name: 'orders' })).toBe(true);
    expect(may.target({ ...NO_SPEC, name: 'bills' })).toBe(false);
    const orders = SPEC.integrations['orders']!;
    const two = { orders: { ...orders, targets: { ...orders.targets, other: orders.targets['orders']! } } };
    expect(mayDestroy(smallSpec({ integrations: two }), undefined).target({ ...NO_SPEC, name: 'orders' })).toBe(true);
    expect(may.target(NO_SPEC)).toBe(false);
    expect(may.route(NO_SPEC, route(), gateway)).toBe(true);
    expect(may.route(NO_SPEC, route('GET /other'), gateway)).toBe(false);
    expect(may.route(NO_SPEC, route(), gatewayOf({ id: 'api-2' }))).toBe(false);
    expect(may.route(NO_SPEC, route())).toBe(false);
    expect(may.route(NO_SPEC, undefined, gateway)).toBe(false);
    for (const integration of ['bills', 'constructor'])
      expect(answers({ ...NO_SPEC, integration, name: 'orders' })).toEqual([false, false, false]);
    expect(may.target({ ...NO_SPEC, name: 'constructor' })).toBe(false);
    expect(may.route(NO_SPEC, route('constructor'), gateway)).toBe(false);
  });

  it('is all that names no spec with `prune`', () => {
    expect(answers({ ...NO_SPEC, integration: 'gone' }, true)).toEqual([true, true, true]);
    expect(answers({ ...NO_SPEC, integration: 'gone' }, false)).toEqual([false, false, false]);
  });

  it('is a link by a name that it had in the spec before', () => {
    const renamed = smallSpec({ spec: 'orders-1', moved: [{ kind: 'link', from: 'old', to: 'eu', path: 'moved[0]' }] });
    expect(mayDestroy(renamed, undefined).link({ ...NO_SPEC, integration: 'old' })).toBe(true);
    expect(may.link({ ...NO_SPEC, integration: 'old' })).toBe(false);
  });
});
