import { describe, expect, it } from 'vitest';
import { formatMethodMark } from '../../src/rest-apis/rest-owner.js';
import { LEFT_MS } from '../../src/rest-apis/write/resource-trees.js';
import { OWNER, refusalOf } from '../world/simulated.js';
import { MARK, restWorld } from './write-world.js';

/** A REST API with a route, and methods without an integration, as a run that was killed leaves them. */
async function halved() {
  const world = await restWorld();
  const { driver, ctx, request, rest, apiId, gateway, addPath } = world;
  await driver.routes.create(request('GET /orders'), ctx);
  const half = (path: string, by: Partial<typeof OWNER> | undefined) => {
    const place = { apiId, path, verb: 'GET' };
    const operationName = by === undefined ? undefined : formatMethodMark({ ...OWNER, ...by }, place);
    const of = { restApiId: apiId, resourceId: addPath(path), httpMethod: 'GET' };
    rest('PutMethod', { ...of, authorizationType: 'NONE', operationName });
    return of;
  };
  return { ...world, half, deploy: () => driver.stages.deploy(gateway, 'prod', MARK, ctx) };
}

describe('methods without an integration', () => {
  it('are in progress while they carry a mark: the deployment is tried again, soon and then every 15 s', async () => {
    const { half, deploy, rest, simulation } = await halved();
    const written = [half('/a', {}), half('/b', { project: 'other' })];
    const error = await refusalOf(deploy());
    expect(error).toMatchObject({
      code: 'CLOUD_REFUSED',
      message: expect.stringContaining('is writing methods of'),
      retryable: true,
      details: { routes: ['GET /a', 'GET /b'] },
    });
    expect(error).not.toHaveProperty('retryAfterMs');
    await simulation.advance(2_000);
    expect(await refusalOf(deploy())).toMatchObject({ retryable: true, retryAfterMs: 15_000 });
    for (const of of written) rest('PutIntegration', { ...of, type: 'MOCK' });
    expect(await deploy()).toEqual({ deploymentId: expect.any(String) });
  });

  it('are deleted after a minute where they carry the mark of the project, of whichever spec', async () => {
    const { half, deploy, simulation, method, resources } = await halved();
    half('/a', {});
    half('/b', { spec: 'another-7f3k2q' });
    await refusalOf(deploy());
    await simulation.advance(LEFT_MS);
    expect(await deploy()).toEqual({ deploymentId: expect.any(String) });
    expect([method('GET /a'), method('GET /b')]).toEqual([undefined, undefined]);
    expect(Object.keys(resources())).toContain('/orders');
  });

  it('of another project are named then, with what completes them', async () => {
    const { half, deploy, simulation, method } = await halved();
    half('/b', { project: 'other' });
    await refusalOf(deploy());
    await simulation.advance(LEFT_MS);
    const error = await refusalOf(deploy());
    expect(error).toMatchObject({ code: 'CLOUD_REFUSED', retryable: false, details: { routes: ['GET /b'] } });
    expect(error.remedy).toContain('project other');
    expect(method('GET /b')).toBeDefined();
  });

  it('that carry no mark are refused at once, with all of them', async () => {
    const { half, deploy } = await halved();
    half('/a', {});
    half('/c', undefined);
    half('/d', undefined);
    expect(await refusalOf(deploy())).toMatchObject({
      code: 'CLOUD_REFUSED',
      retryable: false,
      message: expect.stringMatching(/have no integration: GET \/c, GET \/d$/),
    });
  });

  it('count anew where another writer deleted and created one meanwhile', async () => {
    const { half, deploy, simulation, rest, method } = await halved();
    const of = half('/a', {});
    await refusalOf(deploy());
    await simulation.advance(LEFT_MS - 1_000);
    rest('DeleteMethod', of);
    half('/b', {});
    expect(await refusalOf(deploy())).toMatchObject({ retryable: true });
    await simulation.advance(2_000);
    expect(await refusalOf(deploy())).toMatchObject({ retryable: true });
    expect(method('GET /b')).toBeDefined();
  });

  it('are created again by a writer whose method was taken for one that a killed run left', async () => {
    const { driver, request, ctx, apiId, method, simulation, rest } = await halved();
    let isSwept = false;
    const slow = {
      ...ctx,
      trace: ({ operation }: { readonly operation: string }) => {
        if (operation !== 'PutIntegration' || isSwept) return undefined;
        isSwept = true;
        const { resourceMethods, id } = rest('GetResources', { restApiId: apiId, embed: ['methods'] }).items.find(
          (one: any) => one.path === '/late',
        );
        expect(Object.keys(resourceMethods)).toEqual(['GET']);
        rest('DeleteResource', { restApiId: apiId, resourceId: id });
        return undefined;
      },
    };
    await driver.routes.create(request('GET /late'), slow);
    expect(isSwept).toBe(true);
    expect(method('GET /late').methodIntegration).toBeDefined();
    expect(simulation.journal().filter(({ operation }) => operation === 'PutMethod').length).toBeGreaterThan(2);
  });
});
