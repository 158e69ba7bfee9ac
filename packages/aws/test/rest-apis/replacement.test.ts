import { driversOf, memoryJournal, type ApplyOptions } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { carriedOut, planOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated, specOver } from '../world/simulated.js';

/** A REST API over a link, whose load balancer takes calls of nobody yet. */
async function shop(route = 'ANY /orders') {
  const cloud = await simulated({ throttle: false });
  const { driver, ctx, world, call } = cloud;
  const rest = (operation: string, input: object = {}): any => call('apigateway', operation, { ...input });
  const restApiId: string = rest('CreateRestApi', { name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } }).id;
  const [GroupId] = world.securityGroupIds;
  const run = async (first: number, options: Partial<ApplyOptions> = {}, port = 80) => {
    const spec = specOver(
      cloud,
      { [route]: { target: 't', timeout: `${port}ms` } },
      {
        id: 'orders',
        link: 'main',
        subnets: world.subnetIds.slice(first, first + 2),
        gateway: `restApi: ${restApiId}, stage: prod`,
        listener: `{ loadBalancer: orders-alb, port: ${port} }`,
      },
    );
    return carriedOut(cloud, spec, await planOf(cloud, spec, { all: true }), options);
  };
  await run(0);
  const integration = () =>
    rest('GetResources', { restApiId, embed: ['methods'] }).items.flatMap(({ resourceMethods = {} }: any) =>
      Object.values(resourceMethods).map((one: any) => one.methodIntegration),
    )[0];
  return {
    run,
    driver,
    ctx,
    integration,
    linkOfMethod: (): string => integration().connectionId,
    admit: (what: 'Authorize' | 'Revoke' = 'Authorize') =>
      call('ec2', `${what}SecurityGroupIngress`, {
        GroupId,
        IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }],
      }),
    links: () => call('apigatewayv2', 'GetVpcLinks', {}).Items.map(({ VpcLinkId }: any): string => VpcLinkId),
    deploymentId: (): string => rest('GetStages', { restApiId }).item[0].deploymentId,
  };
}

describe('a link of a REST API that is replaced', () => {
  it('stays where API Gateway does not reach the backend through the new link', async () => {
    const { run, links, linkOfMethod, deploymentId } = await shop();
    const before = { link: linkOfMethod(), deployment: deploymentId() };
    const journal = memoryJournal();
    const { done, errors, told } = await run(1, { journal });
    expect(errors).toMatchObject([{ code: 'PROBE_FAILED', remedy: expect.stringContaining('--no-probe') }]);
    expect(errors[0]?.message).toMatch(
      /^the backend of ANY \/orders was not reached through link \w+: Execution failed/,
    );
    expect(told).toMatchObject([expect.stringMatching(/^test through link \w+: failed: /)]);
    // The new link; not the deployment, and not the deletion of the old one.
    expect(done).toMatchObject({ applied: 1, failed: 1, skipped: 2, integrations: { orders: 'failed' } });
    expect({ link: linkOfMethod(), deployment: deploymentId() }).toEqual(before);
    expect(links()).toHaveLength(2);
    const parts = (await journal.read()).flatMap(({ type, part }) => (type === 'after' && part ? [part] : []));
    // A copy of the method is tested; the method itself is never written.
    expect(parts).toEqual(['path', ...[2, 3, 4, 5, 6].map((at) => `call ${at}`)]);
  });

  it('stays with the target and the settings of its route, where these change, too', async () => {
    const { run, integration, deploymentId } = await shop();
    const before = [integration(), deploymentId()];
    expect((await run(1, {}, 8080)).errors).toMatchObject([{ code: 'PROBE_FAILED' }]);
    expect([integration(), deploymentId()]).toEqual(before);
    expect((await run(1, { probe: false }, 8080)).errors).toEqual([]);
    expect([integration(), deploymentId()]).not.toEqual(before);
  });

  it('is replaced by the next run, once the backend takes the calls', async () => {
    const { run, links, linkOfMethod, admit } = await shop();
    await run(1);
    admit();
    const { done, errors, told } = await run(1);
    expect([done, errors]).toMatchObject([{ failed: 0, skipped: 0 }, []]);
    expect(told).toMatchObject([
      expect.stringMatching(/^test through link \w+: connected: the backend answered with status 200$/),
    ]);
    expect(links()).toEqual([linkOfMethod()]);
  });

  it.each([
    ['stays', false],
    ['is replaced', true],
  ])('%s after a run that ended between the write of a method and its deployment', async (_, isReached) => {
    const { run, driver, ctx, links, linkOfMethod, deploymentId, admit } = await shop();
    const [old, deployment] = [linkOfMethod(), deploymentId()];
    admit();
    const stop = new AbortController();
    const update: typeof driver.routes.update = async (...given) => {
      const route = await driver.routes.update(...given);
      stop.abort();
      return route;
    };
    const drivers = driversOf({ ...driver, routes: { ...driver.routes, update } });
    await expect(run(1, { drivers, context: { ...ctx, signal: stop.signal } })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    expect(linkOfMethod()).not.toBe(old);
    if (!isReached) admit('Revoke');
    const { errors, told } = await run(1);
    expect(told).toEqual([
      expect.stringMatching(isReached ? /^test through link \w+: connected/ : /: failed: Execution/),
    ]);
    expect(errors).toMatchObject(
      isReached ? [] : [{ code: 'PROBE_FAILED', message: expect.stringContaining('ANY /orders') }],
    );
    expect(links()).toHaveLength(isReached ? 1 : 2);
    expect(deploymentId() === deployment).toBe(!isReached);
  });

  it('is replaced without a test on request', async () => {
    const { run, links, linkOfMethod } = await shop();
    const old = linkOfMethod();
    const { done, told } = await run(1, { probe: false });
    expect([done, told]).toMatchObject([{ failed: 0, skipped: 0 }, []]);
    expect(links()).toEqual([linkOfMethod()]);
    expect(linkOfMethod()).not.toBe(old);
  });

  it('is tested by a request that changes nothing, whatever the method of its routes', async () => {
    const { run, admit, integration } = await shop('POST /orders');
    expect((await run(1)).errors).toMatchObject([{ code: 'PROBE_FAILED' }]);
    admit();
    const { done, told } = await run(1);
    expect(done).toMatchObject({ failed: 0, skipped: 0 });
    expect(told).toEqual([expect.stringMatching(/^test through link \w+: connected: /)]);
    expect(integration().httpMethod).toBe('POST');
  });
});
