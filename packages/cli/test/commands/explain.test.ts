import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { atShop, manyRoutes } from '../apply/sick-shop.js';

const SPEC = manyRoutes({ links: 1, routes: 1 }).replace("'GET /0/r0'", "'ANY /orders/{proxy+}'");

describe('contact L: postern explain', () => {
  it('explains a call, by the route that serves it', async () => {
    const { postern } = await atShop(SPEC, 'healthy');
    const byKey = await postern('explain i0', 'ANY /orders/{proxy+}');
    expect(byKey).toMatchObject({ status: 0, out: expect.stringContaining('ANY /orders/{proxy+}') });
    expect((await postern('explain i0', 'GET /orders/7')).out).toBe(byKey.out);
    expect((await postern('explain GET /orders/7')).out).toBe(byKey.out);
    expect((await postern('explain', 'GET /orders/7')).out).toBe(byKey.out);
    expect((await postern('explain i0', 'GET /bills/7')).err).toContain('UNKNOWN_REFERENCE');
    expect((await postern('explain GET /bills/7')).err).toContain('the spec has no route "GET /bills/7"');
  });

  it('lists the integrations where none is named', async () => {
    const { postern } = await atShop(manyRoutes({ links: 2, routes: 1 }), 'healthy');
    const { status, out } = await postern('explain');
    expect([status, out]).toEqual([
      0,
      expect.stringMatching(/^INTEGRATION +LINK +ROUTES\ni0 +l0 +GET \/0\/r0\ni1 +l1 +GET/),
    ]);
    const { integrations } = JSON.parse((await postern('explain --json')).out) as { integrations: unknown[] };
    expect(integrations[0]).toEqual({ integration: 'i0', link: 'l0', routes: ['GET /0/r0'] });
  });

  it('shows the ports that a new allowlist will have, as the plan does', async () => {
    const { postern } = await atShop(SPEC, 'healthy');
    expect((await postern('plan')).out).toContain('tcp 80');
    const { out } = await postern('explain i0 --full');
    expect(out).toContain('the allowlist of link l0: out tcp 80');
    expect(out).not.toContain('all ports');
  });

  it.runIf(PROVE)('suggests the load balancer that is meant', async () => {
    const { postern } = await atShop(SPEC.replace('orders-alb', 'order-alb'), 'healthy');
    expect((await postern('plan')).err).toContain('Did you mean orders-alb?');
    expect((await postern('snapshot --region eu-west-1 -o all.json')).status).toBe(0);
    expect((await postern('check --snapshot all.json')).out).toContain('Did you mean orders-alb?');
  });
});
