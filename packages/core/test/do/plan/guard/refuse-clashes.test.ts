import { CLOUDS } from '../../../clouds.js';
import { smallSpec } from '../../../fake-run.js';
import { describe, it, expect } from 'vitest';
import type { Route } from '../../../../src/do/model/route.js';
import type { Gateway } from '../../../../src/do/model/gateway.js';
import { gatewayOf, draftOf, routeOf, OWN, problemOf } from '../removal/owned.js';
import { routeKeyOf } from '../../../../src/do/plan/references.js';
import { refuseClashes, refusePurchases } from '../../../../src/do/plan/guard/purchases.js';

describe('path variables beside others', () => {
  const clash = (
    stay: readonly Route[],
    key: string,
    { owner, kind = 'rest-api', leaves = false }: { owner?: 'external'; kind?: Gateway['kind']; leaves?: boolean } = {},
  ) => {
    const gateway = gatewayOf({ kind, routes: stay });
    const draft = draftOf();
    if (leaves) draft.leaving.set(routeKeyOf(gateway, 'r-1'), 'integration:orders');
    const integration = {
      name: 'orders',
      spec: { ...smallSpec().integrations['orders']!, routes: { [key]: 't' }, owner },
    };
    return problemOf((problems) => refuseClashes(CLOUDS, draft, gateway, [integration], problems));
  };
  const there = [routeOf(OWN, { key: 'GET /a/{id}' })];

  it('are refused where the other route stays', () => {
    expect(clash(there, 'GET /a/{name}')).toMatchObject({
      code: 'ALREADY_EXISTS',
      message: expect.stringContaining('of route GET /a/{name} is beside {id} of route GET /a/{id} on api-1'),
      place: { path: 'integrations.orders.routes.GET /a/{name}' },
      remedy: expect.stringContaining('Write {id}'),
    });
    expect(
      (
        clash([...there, routeOf(OWN, { id: 'r-2', key: 'POST /a/{id}' })], 'GET /a/{name}') as {
          details?: { also?: unknown };
        }
      ).details?.also,
    ).toBeUndefined();
  });

  it('are not where it leaves, is the same route, or is not this spec’s', () => {
    expect(clash(there, 'GET /a/{name}', { leaves: true })).toBeUndefined();
    expect(clash(there, 'GET /a/{id}')).toBeUndefined();
    expect(clash(there, 'GET /b/{name}')).toBeUndefined();
    expect(clash(there, 'GET /a/{name}', { owner: 'external' })).toBeUndefined();
  });
});

describe('a plan that buys links', () => {
  const closed = { summary: 'an instance', closed: 'not sold after 2026-08-23' };
  const buys = (...purchases: readonly object[]) => {
    const units = purchases.map((purchase, at) => ({ steps: [{ id: `create link ${at}`, purchase }] }));
    return () => refusePurchases({ units } as never);
  };

  it('is refused for what is not sold any more, wherever that is in the plan', () => {
    const refusal = { code: 'CREATION_CLOSED', message: 'create link 1: not sold after 2026-08-23' };
    expect(buys({ summary: 'an instance' }, closed)).toThrow(expect.objectContaining(refusal) as Error);
    expect(buys({ summary: 'an instance' })).toThrow(
      expect.objectContaining({ code: 'PURCHASE_NOT_ALLOWED' }) as Error,
    );
    expect(buys()).not.toThrow();
  });
});
