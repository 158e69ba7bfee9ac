import { memoryJournal, PrivateIntegrations, type Spec } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { describe, expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { readWorld } from '../rest-apis/read-world.js';
import { REGION } from '../world/simulated.js';

type LinkSpec = Spec['links'][string];
type IntegrationSpec = Spec['integrations'][string];

/** An account in which specs are applied, and a new process for each count of calls. */
async function account(quotas: Readonly<Record<string, number>>) {
  const cloud = await readWorld({ quotas });
  const { simulation } = cloud;
  // It shows that the spec has resources in no other place.
  const journal = memoryJournal();
  const gate = () =>
    new PrivateIntegrations(aws({ region: REGION, clients: simulation.clients(REGION) }), {
      judge,
      project: 'shop',
      spec: 'orders',
      clock: simulation.clock,
      journal,
    });
  return {
    ...cloud,
    gate,
    applied: async (spec: Spec): Promise<void> => {
      for await (const event of gate().apply(await gate().plan(spec), { ignoreFindings: ['*'] }))
        if (event.type === 'step.failed') throw new Error(event.error.message);
    },
    /** The calls of `work`, each operation with its number. */
    calls: async (work: (gate: PrivateIntegrations) => Promise<unknown>): Promise<Readonly<Record<string, number>>> => {
      const from = simulation.journal().length;
      await work(gate());
      const made: Record<string, number> = {};
      for (const { service, operation } of simulation.journal().slice(from)) {
        const name = `${service} ${operation}`;
        made[name] = (made[name] ?? 0) + 1;
      }
      return made;
    },
  };
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

const specOf = (
  links: Readonly<Record<string, LinkSpec>>,
  integrations: Readonly<Record<string, IntegrationSpec>>,
): Spec => ({ version: 1, project: 'shop', spec: 'orders', links, integrations });

/** Ten REST APIs with a hundred resources each, and two links of each kind. */
async function restApis(by: 'ARN' | 'name and port') {
  const shop = await account({ 'vpc-links': 20 });
  const { balancer, api, resource, rest, world, settle } = shop;
  const names = ['one', 'two', 'three', 'four'];
  const balancers = names.map((name) => ({ name, ...balancer(name) }));
  await settle();
  const apis = names.concat('five', 'six', 'seven', 'eight', 'nine', 'ten').map((name) => {
    const restApiId = api(name);
    const parentId = resource(restApiId, '/');
    for (let index = 0; index < 99; index += 1) rest('CreateResource', { restApiId, parentId, pathPart: `r${index}` });
    return restApiId;
  });
  const kinds = names.map((name, at): LinkSpec => {
    const place = { provider: 'aws', region: REGION, tags: {} };
    if (at < 2) return { ...place, kind: 'vpc-link-v1', loadBalancer: name };
    return { ...place, subnets: world.subnetIds.slice(0, 2), securityGroups: world.securityGroupIds, name };
  });
  const integrations = apis.map((restApi, at): IntegrationSpec => {
    const { name, listener } = balancers[at % 4]!;
    const target = by === 'ARN' ? { listener } : { listener: { loadBalancer: name, port: 443 } };
    return {
      link: name,
      gateway: { restApi, stage: 'prod' },
      targets: { main: { ref: target } },
      routes: { 'GET /own': 'main' },
    };
  });
  const spec = specOf(
    Object.fromEntries(names.map((name, at) => [name, kinds[at]!])),
    Object.fromEntries(integrations.map((one, at) => [`i${at}`, one])),
  );
  await shop.applied(spec);
  return { ...shop, spec };
}

describe('a plan without changes of ten REST APIs with a hundred resources and four links', () => {
  it.each(['ARN', 'name and port'] as const)(
    'makes at most 40 calls, one export for each stage among them, with targets by %s',
    async (by) => {
      const { spec, gate, calls } = await restApis(by);
      const plan = await gate().plan(spec);
      expect(plan.units).toEqual([]);
      expect(plan.notes).toEqual([]);
      const made = await calls((one) => one.plan(spec));
      expect(made).toMatchObject({
        'sts GetCallerIdentity': 1,
        'apigateway GetResources': 10,
        'apigateway GetExport': 10,
      });
      expect(sum(made), JSON.stringify(made)).toBeLessThanOrEqual(40);

      // What an apply of it reads is the same.
      const applied = calls(async (one) => {
        for await (const event of one.apply(plan, { spec })) expect(event.type).toMatch(/^run\./);
      });
      expect(await applied).toEqual(made);
      // With a change in one API, it is not more than a check.
      const [first, ...others] = Object.entries(spec.integrations);
      const changed = { ...first![1], routes: { 'GET /own': 'main', 'GET /new': 'main' } };
      const wanted = { ...spec, integrations: Object.fromEntries([[first![0], changed], ...others]) };
      expect((await gate().plan(wanted)).findings).toBeInstanceOf(Array);
      expect(await calls((one) => one.plan(wanted))).toEqual(await calls((one) => one.check(wanted)));
    },
  );
});

describe('a plan without changes of many links, integrations and routes in several HTTP APIs', () => {
  it('makes one call for each page of a list, and the identity', async () => {
    const { applied, calls, gate, world, call } = await account({ 'vpc-links': 200 });
    const apis = ['a', 'b', 'c', 'd'].map(
      (Name): string => call('apigatewayv2', 'CreateApi', { Name, ProtocolType: 'HTTP' }).ApiId,
    );
    const names = Array.from({ length: 60 }, (_, at) => `n${at}`);
    const spec = specOf(
      Object.fromEntries(
        names.map((name) => [
          name,
          {
            provider: 'aws',
            region: REGION,
            name,
            subnets: world.subnetIds.slice(0, 2),
            securityGroups: world.securityGroupIds,
            tags: {},
          },
        ]),
      ),
      Object.fromEntries(
        names.map((name, at) => [
          name,
          {
            link: name,
            gateway: { httpApi: apis[at % 4]! },
            targets: { main: { ref: world.targets[1]! } },
            routes: { [`GET /${name}`]: 'main' },
          },
        ]),
      ),
    );
    await applied(spec);
    expect((await gate().plan(spec)).units).toEqual([]);
    expect(await calls((one) => one.plan(spec))).toEqual({
      'sts GetCallerIdentity': 1,
      'apigatewayv2 GetVpcLinks': 1,
      'apigatewayv2 GetApis': 1,
      'apigatewayv2 GetRoutes': 4,
      'apigatewayv2 GetIntegrations': 4,
      'apigatewayv2 GetStages': 4,
      'elasticloadbalancingv2 DescribeLoadBalancers': 1,
      'elasticloadbalancingv2 DescribeListeners': 1,
      'ec2 DescribeSecurityGroups': 1,
    });
  });
});
