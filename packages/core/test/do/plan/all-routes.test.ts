import { describe, expect, it } from 'vitest';
import { FakeCloud } from '../../fake-cloud.js';
import { doneOf, runSpec, smallSpec } from '../../fake-run.js';

describe('D16e: a spec without routes', () => {
  it('is refused by apply where routes of the project are live, and changes nothing', async () => {
    const cloud = new FakeCloud();
    cloud.gateway('api-1');
    cloud.listener('orders', 443);
    const spec = smallSpec({ spec: 'shop-7f3k2q' });
    await runSpec(cloud, spec);
    const changes = () => cloud.calls.filter((call) => !/find|observe|statuses|identity/.test(call)).length;
    const before = changes();
    const empty = { ...spec, integrations: {} };
    await expect(runSpec(cloud, empty, { all: true })).rejects.toMatchObject({
      code: 'DELETES_ALL_ROUTES',
      details: { routes: ['ANY /orders'] },
    });
    expect(changes()).toBe(before);
    // A spec with one route is applied.
    const one = { ...spec.integrations['orders']!, routes: { 'GET /new': 'orders' } };
    expect(doneOf(await runSpec(cloud, { ...spec, integrations: { orders: one } }))).toMatchObject({ failed: 0 });
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['GET /new']);
  });
});
