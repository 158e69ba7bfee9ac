import type { Driver, RunEvent, Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { carriedOut, planOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated, specOver } from '../world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

const KEYS = ['GET /a', 'GET /b', 'GET /c'] as const;

const specOf = (cloud: Cloud): Spec => specOver(cloud, Object.fromEntries(KEYS.map((key) => [key, 't'])));

/** Applies with the cloud's driver, its routes replaced by `routes`. */
async function applied(cloud: Cloud, routes: Partial<Driver['routes']> = {}): Promise<readonly RunEvent[]> {
  const driver = { ...cloud.driver, routes: { ...cloud.driver.routes, ...routes } };
  const spec = specOf(cloud);
  return (await carriedOut({ ...cloud, driver }, spec, await planOf(cloud, spec))).events;
}

/** The calls after the last write of a route. */
function callsAfter({ simulation }: Cloud): readonly string[] {
  const called = simulation.journal().map(({ operation }) => operation);
  return called.slice(called.lastIndexOf('CreateRoute') + 1);
}

describe('on AWS, a change is done when it was read back', () => {
  it('costs one list of routes and one of integrations, after the last route', async () => {
    const cloud = await simulated();
    expect((await applied(cloud)).at(-1)).toMatchObject({ failed: 0, integrations: { orders: 'done' } });
    const reads = callsAfter(cloud).filter((name) => /Route|Integration/.test(name));
    expect(reads.toSorted()).toEqual(['GetIntegrations', 'GetRoutes']);
  });

  it.each(['GetRoutes', 'GetIntegrations'])('waits while %s does not show the change', async (operation) => {
    const cloud = await simulated();
    cloud.simulation.faults.add({ operation, kind: 'stale', ms: 20_000, leastMs: 20_000 });
    expect((await applied(cloud)).at(-1)).toMatchObject({ failed: 0, integrations: { orders: 'done' } });
    expect(callsAfter(cloud).filter((name) => name === operation).length).toBeGreaterThan(1);
  });

  it.each([
    ['has another target', 'UpdateRoute', /route GET \/b of \w+ does not show the change: link is/, 'OUTCOME_UNKNOWN'],
    ['is deleted', 'DeleteRoute', /route GET \/b of \w+ does not show the change: it is not listed/, 'WORLD_MOVED'],
  ])('fails where a route that was answered as written %s', async (_, operation, message, code) => {
    const cloud = await simulated();
    const { create } = cloud.driver.routes;
    const ApiId = cloud.world.gateway.id;
    const events = await applied(cloud, {
      create: async (request, ctx) => {
        const made = await create(request, ctx);
        if (request.key !== 'GET /b') return made;
        const { IntegrationId } = cloud.call('apigatewayv2', 'CreateIntegration', {
          ApiId,
          IntegrationType: 'HTTP_PROXY',
          IntegrationMethod: 'ANY',
          IntegrationUri: 'https://example.com',
          PayloadFormatVersion: '1.0',
        });
        const Target = `integrations/${IntegrationId}`;
        cloud.call('apigatewayv2', operation, {
          ApiId,
          RouteId: made.id,
          ...(operation === 'UpdateRoute' ? { Target } : {}),
        });
        return made;
      },
    });
    expect(events.at(-1)).toMatchObject({ failed: 1, integrations: { orders: 'failed' } });
    expect(events.find(({ type }) => type === 'step.failed')).toMatchObject({
      error: { code, message: expect.stringMatching(message) },
    });
  });
});
