import type { Plan, Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { applied, destroyOf, planOf, stepsOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { readWorld } from '../rest-apis/read-world.js';
import { specOver } from '../world/simulated.js';

/** A region with load balancers, a REST API, and the steps of one project with a V1 link in it. */
async function shop() {
  const cloud = await readWorld();
  const restApiId = cloud.api();
  const plan = (spec: Spec) => planOf(cloud, spec);
  return {
    ...cloud,
    cloud,
    restApiId,
    plan,
    /** Applies, and plans again: there is nothing to do. */
    settled: async (spec: Spec): Promise<readonly string[]> => {
      const first = await plan(spec);
      await applied(cloud, spec, first, { probe: false });
      expect(ids(await plan(spec))).toEqual([]);
      return ids(first);
    },
    spec: (loadBalancer: string, name = 'edge', routes: object = { 'GET /a': 't' }): Spec =>
      specOver(cloud, routes, {
        id: 'orders',
        link: 'edge',
        declared: `name: ${name}, loadBalancer: ${loadBalancer}, tags: { team: payments }`,
        gateway: `restApi: ${restApiId}, stage: prod`,
        listener: `{ loadBalancer: ${loadBalancer.replace(/^arn.*\/net\/([^/]+)\/.*$/, '$1')}, port: 443 }`,
      }),
  };
}

const ids = (plan: Plan): readonly string[] => stepsOf(plan).map(({ id }) => id);

describe('a V1 link of a spec', () => {
  it('is created for its load balancer with its mark, and a second plan is empty', async () => {
    const { settled, spec, call, edge, restApiId, rest } = await shop();
    const steps = await settled(spec('edge-nlb'));
    expect(steps[0]).toBe('create link edge');
    const { items } = call('apigateway', 'GetVpcLinks', {});
    expect(items).toMatchObject([
      {
        name: 'edge',
        targetArns: [edge.arn],
        status: 'AVAILABLE',
        tags: { team: 'payments', 'postern:project': 'shop', 'postern:integration': 'edge', 'postern:owner': 'orders' },
      },
    ]);
    const { resourceMethods } = rest('GetResources', { restApiId, embed: ['methods'] }).items[1];
    expect(resourceMethods.GET.methodIntegration).toMatchObject({ connectionId: items[0].id });
    expect(resourceMethods.GET.methodIntegration).not.toHaveProperty('integrationTarget');
  });

  it('is the same by the ARN of its load balancer, and is renamed in place', async () => {
    const { settled, spec, call, edge } = await shop();
    await settled(spec('edge-nlb'));
    const [before] = call('apigateway', 'GetVpcLinks', {}).items;
    expect(await settled(spec(edge.arn))).toEqual([]);
    expect(await settled(spec('edge-nlb', 'other'))).toEqual([expect.stringMatching(/rename/)]);
    expect(call('apigateway', 'GetVpcLinks', {}).items).toMatchObject([{ id: before.id, name: 'other' }]);
  });

  it('is replaced where the load balancer changes: routes move first, and the old link is deleted', async () => {
    const { settled, spec, call, balancer, settle } = await shop();
    const other = balancer('other-nlb');
    await settle();
    await settled(spec('edge-nlb'));
    await settled(spec('other-nlb'));
    await settle();
    expect(call('apigateway', 'GetVpcLinks', {}).items).toMatchObject([{ targetArns: [other.arn] }]);
  });

  it('is not planned where another link has its load balancer', async () => {
    const { plan, spec, v1, edge, settle } = await shop();
    v1(edge.arn);
    await settle();
    await expect(plan(spec('edge-nlb'))).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
      message: expect.stringMatching(/^link \w+ leads to edge-nlb already/) as string,
    });
  });

  it('is deleted with its routes', async () => {
    const { settled, spec, cloud, call, settle } = await shop();
    const one = spec('edge-nlb');
    await settled(one);
    await applied(cloud, one, await destroyOf(cloud, one));
    await settle();
    expect(call('apigateway', 'GetVpcLinks', {}).items).toEqual([]);
  });
});
