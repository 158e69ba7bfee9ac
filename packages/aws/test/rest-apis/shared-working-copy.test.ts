import { parseSpec } from '../../../core/test/clouds.js';
import type { Driver, Spec } from '@postern/core/internal/library';
import type { TestCallDriver } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import { carriedOut, planOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { aws } from '../../src/index.js';
import { restShop } from './rest-shop.js';
import { REGION } from '../world/simulated.js';

/** Two specs of a project on one stage of a REST API, and calls of the route of the first. */
async function twoSpecs() {
  const shop = await restShop();
  const { simulation, restApiId, ctx, rest } = shop;
  const call = (operation: string, input: object): any =>
    simulation.call({ service: 'ec2', operation, region: REGION }, input as never);
  const subnets: any[] = call('DescribeSubnets', {}).Subnets;
  const [{ GroupId: good }] = call('DescribeSecurityGroups', {}).SecurityGroups;
  const { GroupId: bad } = call('CreateSecurityGroup', {
    GroupName: 'nothing',
    Description: 'is let in nowhere',
    VpcId: subnets[0].VpcId,
  });
  const specOf = (name: string, group: string, more: readonly string[] = []): Spec =>
    parseSpec(`version: 1
project: shop
spec: spec-${name}
links:
  ${name}: { provider: aws, region: ${REGION}, subnets: [${subnets[0].SubnetId}], securityGroups: [${group}] }
integrations:
  ${name}:
    link: ${name}
    gateway: { restApi: ${restApiId}, stage: prod }
    targets: { t: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { ${['a', ...more].map((part) => `'GET /${name}/${part}': t`).join(', ')} }
`);
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const run = async (spec: Spec, using: Driver = driver) => {
    const cloud = { driver: using, ctx };
    const plan = await planOf(cloud, spec);
    const { errors, told } = await carriedOut(cloud, spec, plan);
    return { plan, codes: errors.map(({ code }) => code), told };
  };
  const gateway = `${restApiId}.execute-api.${REGION}.amazonaws.com`;
  const load = (paths: readonly string[]) => {
    const job = simulation.traffic.load({ gateway, paths, perSecond: 5, seconds: 0 });
    return async (minutes: number) => {
      await simulation.advance(minutes * 60_000);
      job.end();
      await simulation.advance(60_000);
      return job.status();
    };
  };
  const keys = (): readonly string[] =>
    rest('GetResources', { embed: ['methods'] }).items.flatMap(({ path, resourceMethods = {} }: any) =>
      Object.keys(resourceMethods).map((verb) => `${verb} ${path}`),
    );
  return { ...shop, driver, good, bad, specOf, run, load, keys };
}

describe('two specs on one stage of a REST API', () => {
  it('lose no call where one deploys while the other tests a link that does not work', async () => {
    const { run, specOf, good, bad, driver, load, simulation, keys, rest } = await twoSpecs();
    for (const name of ['a', 'b']) expect((await run(specOf(name, good))).codes).toEqual([]);
    const before = keys();
    const end = load(['/prod/a/a']);
    const others: (readonly string[])[] = [];
    const testCall: TestCallDriver['testCall'] = async (...given) => {
      others.push((await run(specOf('b', good, [`z${others.length}`]))).codes);
      return driver.testCalls.testCall(...given);
    };
    const { codes } = await run(specOf('a', bad), { ...driver, testCalls: { testCall } });
    expect(codes).toEqual(['PROBE_FAILED']);
    expect(others.length).toBeGreaterThan(0);
    expect(others.flat()).toEqual([]);
    await simulation.advance(600_000);
    const again = await run(specOf('a', good));
    expect(again.codes).toEqual([]);
    expect(await end(10)).toMatchObject({ lost: 0, done: true });
    expect(keys().filter((key) => key.includes('postern-probe'))).toEqual([]);
    expect(keys().length).toBe(before.length + 1);
    // The deployment of the other spec had the route of the test, over the link that does not work.
    const steps = again.plan.units.flatMap((unit) => unit.steps);
    expect(steps.map(({ id, reason }) => [id, reason])).toEqual([
      [
        expect.stringMatching(/^deploy /),
        expect.stringMatching(/route of a test that has ended: GET \/postern-probe-/),
      ],
      [expect.stringMatching(/^delete link a /), expect.anything()],
    ]);
    const { body } = rest('GetExport', {
      stageName: 'prod',
      exportType: 'oas30',
      parameters: { extensions: 'apigateway' },
    });
    expect(Buffer.from(body).toString()).not.toContain('postern-probe');
  });
});
