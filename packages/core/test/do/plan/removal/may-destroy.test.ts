import { describe, expect, it } from 'vitest';
import type { Owner } from '../../../../src/do/model/owner.js';
import { mayDestroy } from '../../../../src/do/plan/removal/undeclared-links.js';
import { smallSpec } from '../../../fake-run.js';
import { FOREIGN, gatewayOf, COPY, OTHER_SPEC, OWN, routeOf } from './owned.js';

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

  it('is, of what carries a mark that may be a copy, only what this spec declares', () => {
    expect(may.link({ ...COPY, integration: 'eu' })).toBe(true);
    expect(may.link(COPY)).toBe(false);
    expect(may.target({ ...COPY, name: 'orders' })).toBe(true);
    expect(may.target({ ...COPY, name: 'bills' })).toBe(false);
    const orders = SPEC.integrations['orders']!;
    const two = { orders: { ...orders, targets: { ...orders.targets, other: orders.targets['orders']! } } };
    expect(
      mayDestroy(smallSpec({ spec: 'orders-1', integrations: two }), undefined).target({ ...COPY, name: 'orders' }),
    ).toBe(true);
    expect(may.target(COPY)).toBe(false);
    expect(may.route(COPY, route(), gateway)).toBe(true);
    expect(may.route(COPY, route('GET /other'), gateway)).toBe(false);
    expect(may.route(COPY, route(), gatewayOf({ id: 'api-2' }))).toBe(false);
    expect(may.route(COPY, route())).toBe(false);
    expect(may.route(COPY, undefined, gateway)).toBe(false);
    for (const integration of ['bills', 'constructor'])
      expect(answers({ ...COPY, integration, name: 'orders' })).toEqual([false, false, false]);
    expect(may.target({ ...COPY, name: 'constructor' })).toBe(false);
    expect(may.route(COPY, route('constructor'), gateway)).toBe(false);
  });

  it('is all of these with `prune`', () => {
    expect(answers({ ...COPY, integration: 'gone' }, true)).toEqual([true, true, true]);
    expect(answers({ ...COPY, integration: 'gone' }, false)).toEqual([false, false, false]);
  });

  it('is a link by a name that it had in the spec before', () => {
    const renamed = smallSpec({ spec: 'orders-1', moved: [{ kind: 'link', from: 'old', to: 'eu', path: 'moved[0]' }] });
    expect(mayDestroy(renamed, undefined).link({ ...COPY, integration: 'old' })).toBe(true);
    expect(may.link({ ...COPY, integration: 'old' })).toBe(false);
  });
});
