import { describe, expect, it } from 'vitest';
import { terraformScene } from '../shows/terraform-scene.js';
import { missingTerraform } from '../shows/tools.js';

const reason = missingTerraform();

/** The example of a service on Fargate, applied whole: its calls arrive, and what is changed in place shows no drift. */
describe.skipIf(reason !== undefined)(`Fargate (skipped: ${reason})`, () => {
  const { simulation, terraform, apply, plansNothing, expectSimulated } = terraformScene(
    new URL('../../../../examples/fargate', import.meta.url),
    'eu-west-1',
  );
  const called = async (): Promise<number> => {
    const { Items: [api] = [] } = await simulation.clients('eu-west-1').apiGatewayV2.getApis({});
    const host = new URL(api?.ApiEndpoint ?? '').hostname;
    return (await simulation.traffic.call({ host, path: '/orders/7' })).status;
  };

  it('applies, plans without changes, is called, changed in place, and destroyed', { timeout: 1_800_000 }, async () => {
    expect(await terraform('init')).toMatchObject({ stderr: '', status: 0 });
    await apply('37 added');
    await plansNothing();
    await simulation.advance(300_000);
    expect(await called()).toBe(200);
    const changed = ['-var', 'desired_count=3', '-var', 'image=public.ecr.aws/nginx/nginx:1.28'];
    await apply('1 added, 1 changed, 1 destroyed', ...changed);
    await plansNothing(...changed);
    await simulation.advance(600_000);
    const services = await simulation
      .clients('eu-west-1')
      .ecs.describeServices({ cluster: 'shop', services: ['orders'] });
    expect(services.services).toMatchObject([{ runningCount: 3, deployments: [{ rolloutState: 'COMPLETED' }] }]);
    expect(await called()).toBe(200);
    await apply('0 added, 0 changed, 37 destroyed', '-destroy', ...changed);
    expectSimulated();
  });
});
