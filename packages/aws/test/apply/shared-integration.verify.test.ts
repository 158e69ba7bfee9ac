import type { Plan, PlanOptions } from '@postern/core/internal/library';
import { userHash } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import * as runs from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated, specOver } from '../world/simulated.js';
import { httpApi } from '../world/refs.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;
interface Choice extends PlanOptions {
  readonly routes?: readonly string[];
  /** Of the first route. */
  readonly timeout?: string;
  readonly port?: number;
  readonly destroy?: boolean;
  readonly name?: string;
  readonly formerly?: string;
}

const BOTH = ['ANY /orders', 'GET /x'];
const MARK = expect.stringMatching(/^postern:[0-9a-f]{16}$/) as string;

function specOf(cloud: Cloud, { routes = BOTH, port = 80, timeout, name = 'orders', formerly }: Choice) {
  const first = timeout === undefined ? 't' : { target: 't', timeout };
  return specOver(cloud, Object.fromEntries(routes.map((key, at) => [key, at === 0 ? first : 't'])), {
    id: 'shop-7f3k2q',
    more: formerly === undefined ? '' : `moved: [{ from: integrations.${formerly}, to: integrations.${name} }]`,
    access: '',
    name,
    listener: `{ loadBalancer: orders-alb, port: ${port} }`,
  });
}

const planOf = (cloud: Cloud, { destroy, prune, ...choice }: Choice = {}): Promise<Plan> =>
  (destroy === true ? runs.destroyOf : runs.planOf)(cloud, specOf(cloud, choice), { prune });

const run = async (cloud: Cloud, choice: Choice = {}): Promise<void> =>
  runs.applied(cloud, specOf(cloud, choice), await planOf(cloud, choice));

const ids = (plan: Plan) => runs.stepsOf(plan).map(({ id }) => id);

async function applied(choice: Choice = {}) {
  const cloud = await simulated();
  await run(cloud, choice);
  const ApiId = cloud.world.gateway.id;
  const list = (operation: string): any[] => cloud.call('apigatewayv2', operation, { ApiId, MaxResults: '500' }).Items;
  const keys = () =>
    list('GetRoutes')
      .map(({ RouteKey }): string => RouteKey)
      .toSorted();
  const [mine] = list('GetIntegrations');
  const byHand = (RouteKey: string) =>
    cloud.call('apigatewayv2', 'CreateRoute', { ApiId, RouteKey, Target: `integrations/${mine.IntegrationId}` });
  return { cloud, ApiId, mine, list, keys, byHand };
}

it('a route whose settings stay needs an integration of its own, and no mark names it beside the routes that move with it', async () => {
  const { cloud } = await applied({ routes: ['GET /b'], timeout: '5s' });
  const both = { routes: ['GET /b', 'GET /c'], port: 8080 };
  await run(cloud, both);
  expect(ids(await planOf(cloud, both))).toEqual([]);
});

describe('a route that was created outside of Postern on an integration of the project', () => {
  it('is kept with a note, and deleted with --prune', async () => {
    const { cloud, ApiId, keys, byHand } = await applied();
    byHand('GET /hand');
    const plan = await planOf(cloud);
    expect(ids(plan)).toEqual([]);
    expect(plan.notes).toContainEqual(
      expect.stringMatching(/^route GET \/hand of \w+ .*it is kept; --prune deletes it/),
    );
    await run(cloud, { routes: ['ANY /orders'] });
    expect(keys()).toEqual(['ANY /orders', 'GET /hand']);
    expect(ids(await planOf(cloud, { routes: ['ANY /orders'], prune: true }))).toContain(
      `delete route GET /hand on ${ApiId}`,
    );
  });

  it('is kept by destroy', async () => {
    const { cloud, keys, byHand } = await applied();
    byHand('GET /hand');
    await run(cloud, { destroy: true });
    expect(keys()).toEqual(['GET /hand']);
  });

  it('is kept also where the project had a route with that key before', async () => {
    const { cloud, keys, byHand } = await applied();
    await run(cloud, { routes: ['ANY /orders'] });
    byHand('GET /x');
    expect(ids(await planOf(cloud, { routes: ['ANY /orders'] }))).toEqual([]);
    expect(keys()).toEqual(['ANY /orders', 'GET /x']);
  });

  it('is not deleted by a call that names the project as its owner', async () => {
    const { cloud, keys, byHand, ApiId, list } = await applied();
    const owner = { project: 'shop', spec: 'shop-7f3k2q', integration: 'orders' };
    byHand('GET /hand');
    await expect(cloud.driver.routes.delete(httpApi(ApiId), 'GET /hand', owner, cloud.ctx)).rejects.toMatchObject({
      code: 'NOT_OURS',
    });
    expect(keys()).toContain('GET /hand');
    expect(list('GetIntegrations')).toHaveLength(1);
  });
});

describe('the mark of an integration', () => {
  /** Routes without marks of their own, on an integration whose mark has these names. */
  function asOlder({ cloud, ApiId, mine, list }: Awaited<ReturnType<typeof applied>>, names = '') {
    for (const { RouteId } of list('GetRoutes'))
      cloud.call('apigatewayv2', 'UpdateRoute', { ApiId, RouteId, OperationName: '' });
    const { IntegrationId, Description } = mine;
    cloud.call('apigatewayv2', 'UpdateIntegration', { ApiId, IntegrationId, Description: `${Description}${names}` });
  }

  it('of an older version that names its routes, is theirs: they get marks of their own with their next change', async () => {
    const world = await applied();
    const { cloud, ApiId, list } = world;
    asOlder(world, ` [${BOTH.map(userHash).join('.')}]`);
    expect(ids(await planOf(cloud))).toEqual([]);
    expect(ids(await planOf(cloud, { routes: ['ANY /orders'] }))).toContain(`delete route GET /x on ${ApiId}`);
    await run(cloud, { port: 8080 });
    expect(ids(await planOf(cloud, { port: 8080 }))).toEqual([]);
    expect(list('GetRoutes').map(({ OperationName }) => OperationName)).toEqual(Array(2).fill(MARK));
    await run(cloud, { port: 8080, destroy: true });
    expect([list('GetRoutes'), list('GetIntegrations')]).toEqual([[], []]);
  });

  it('without route names, is completed on declared routes; a route that is not declared is kept', async () => {
    const world = await applied();
    const { cloud, ApiId, list } = world;
    asOlder(world);
    const plan = await planOf(cloud, { routes: ['ANY /orders'] });
    expect(ids(plan)[0]).toBe(`retarget route ANY /orders on ${ApiId}`);
    expect(ids(plan).filter((id) => id.startsWith('delete'))).toEqual([]);
    expect(plan.notes).toContainEqual(expect.stringMatching(/^route GET \/x of .*it is kept/));
    await run(cloud);
    expect(ids(await planOf(cloud))).toEqual([]);
    expect(list('GetIntegrations')).toHaveLength(1);
    await run(cloud, { routes: ['ANY /orders'] });
    expect(list('GetRoutes')).toHaveLength(1);
  });

  it('names a route that has a name of its own, which stays', async () => {
    const world = await applied();
    const { cloud, ApiId, list } = world;
    asOlder(world);
    const [{ RouteId }] = list('GetRoutes');
    cloud.call('apigatewayv2', 'UpdateRoute', { ApiId, RouteId, OperationName: 'getOrders' });
    await run(cloud);
    expect(ids(await planOf(cloud))).toEqual([]);
    await run(cloud, { port: 8080 });
    expect(ids(await planOf(cloud, { port: 8080 }))).toEqual([]);
    expect(list('GetRoutes').map(({ OperationName }) => OperationName)).toEqual(['getOrders', MARK]);
    expect(list('GetIntegrations')).toHaveLength(1);
    await run(cloud, { port: 8080, destroy: true });
    expect([list('GetRoutes'), list('GetIntegrations')]).toEqual([[], []]);
  });

  it('has the new name of a renamed integration, whose routes keep their marks', async () => {
    const { cloud, list } = await applied();
    const before = list('GetRoutes');
    const renamed = { name: 'pay', formerly: 'orders' };
    await run(cloud, renamed);
    expect(ids(await planOf(cloud, { name: 'pay' }))).toEqual([]);
    expect(list('GetRoutes')).toEqual(before);
    await run(cloud, { name: 'pay', destroy: true });
    expect(list('GetRoutes')).toEqual([]);
  });
});

describe('integrations that several runs created for one purpose', () => {
  /** A second integration as the first one, with one of its routes, as another run makes it whose lists do not show the first. */
  async function doubled() {
    const world = await applied();
    const { cloud, ApiId, mine, list } = world;
    const { IntegrationId: _id, ...same } = mine;
    const other = cloud.call('apigatewayv2', 'CreateIntegration', { ApiId, ...same }).IntegrationId;
    const [{ RouteId }] = list('GetRoutes');
    cloud.call('apigatewayv2', 'UpdateRoute', { ApiId, RouteId, Target: `integrations/${other}` });
    const [first] = [mine.IntegrationId, other].toSorted();
    return { ...world, other, first, ids: () => list('GetIntegrations').map(({ IntegrationId }) => IntegrationId) };
  }

  it('are joined by the next plan: the smallest ID stays', async () => {
    const { cloud, ApiId, first, ids: integrations } = await doubled();
    const plan = await planOf(cloud);
    expect(ids(plan)).toEqual([`sweep ${ApiId}`]);
    expect(plan.units[0]?.steps[0]?.reason).toContain(`serves the same as ${first}`);
    await run(cloud);
    expect(integrations()).toEqual([first]);
    expect(ids(await planOf(cloud))).toEqual([]);
  });

  it('are joined by the run that changes their routes, and deleted with them', async () => {
    const one = await doubled();
    await run(one.cloud, { routes: [...BOTH, 'GET /y'] });
    expect(one.ids()).toEqual([one.first]);
    const other = await doubled();
    await run(other.cloud, { destroy: true });
    expect(other.ids()).toEqual([]);
  });

  it('stay where a route of others uses one', async () => {
    const { cloud, byHand, ids: integrations } = await doubled();
    byHand('GET /hand');
    expect(ids(await planOf(cloud))).toEqual([]);
    expect(integrations()).toHaveLength(2);
  });
});
