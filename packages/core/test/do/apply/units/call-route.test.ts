import { describe, expect, it } from 'vitest';
import type { GatewayKind } from '../../../../src/do/model/gateway-kind.js';
import type { GatewayAnswer } from '../../../../src/do/probe/call-gateway.js';
import { unitScene } from './scene.js';
import { callRoute } from '../../../../src/do/apply/units/probe-route.js';

describe('what one call of a route shows of its link', () => {
  const outcome = async (kind: GatewayKind, answer: Partial<GatewayAnswer>) => {
    const { tools, steps } = unitScene();
    const call = { id: 'call', part: 'call 2', kind, method: 'GET', url: 'https://x' };
    const found = await callRoute(
      tools,
      async () => ({ status: 200, headers: {}, latencyMs: 1, body: '', ...answer }),
      call,
    );
    expect(steps).toMatchObject([{ id: 'call', part: 'call 2' }]);
    return found.ok ? found.value : found.error;
  };

  it.each<[string, GatewayKind, Partial<GatewayAnswer>, string]>([
    ['an answer of the backend', 'http-api', { status: 200, body: 'ok' }, 'connected'],
    ['an error of the backend', 'http-api', { status: 500, body: 'oh' }, 'connected'],
    ['the gateway did not reach it', 'http-api', { status: 503, body: '{"message":"Service Unavailable"}' }, 'failed'],
    ['the gateway has no such route', 'http-api', { status: 404, body: '{"message":"Not Found"}' }, 'unknown'],
    ['the gateway refused the caller', 'http-api', { status: 401, body: '{"message":"Unauthorized"}' }, 'unknown'],
    ['a 504, which anything on the way may make', 'http-api', { status: 504, body: 'x' }, 'unknown'],
  ])('%s', async (_, kind, answer, expected) => {
    expect(await outcome(kind, answer)).toMatchObject({
      outcome: expected,
      because: expect.stringMatching(/./),
      tookMs: 0,
    });
  });

  it('an answer of the load balancer: it was reached', async () => {
    const balancer = { status: 503, headers: { server: 'awselb/2.0' }, body: '<html>' };
    expect(await outcome('http-api', balancer)).toMatchObject({ outcome: 'connected' });
    expect(await outcome('http-api', { ...balancer, status: 504 })).toMatchObject({ outcome: 'connected' });
  });
});
