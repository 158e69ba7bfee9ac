import { APIGateway } from '@aws-sdk/client-api-gateway';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SimulateOptions } from '../../../../src/index.js';
import { privateWorld } from '../private-world.js';
import { BAD, CONFLICT, REGION, refused } from '../rest-world.js';

/** From CreateVpcLink until the link is AVAILABLE. */
const V1_MS = 180_000;

/** A world whose method has a link that is PENDING, on manual time. */
async function pending(options: SimulateOptions = {}, kind: 'V1' | 'V2' = 'V1') {
  const world = await privateWorld({ clock: 'manual', ...options });
  const { apiGateway, apiGatewayV2, balancer, put, simulation, subnetIds, alb } = world;
  if (kind === 'V2') {
    const { VpcLinkId } = await apiGatewayV2.createVpcLink({ Name: 'late', SubnetIds: [...subnetIds] });
    await put({ connectionId: VpcLinkId, integrationTarget: alb });
    return { ...world, linkId: VpcLinkId ?? '' };
  }
  const target = await balancer('late', 'network');
  await simulation.advance(600_000);
  const { id: linkId = '' } = await apiGateway.createVpcLink({ name: 'late', targetArns: [target] });
  await put({ connectionId: linkId });
  return { ...world, linkId };
}

/** Starts a deployment to `prod`. */
function deploy({ apiGateway, restApiId }: { apiGateway: Pick<APIGateway, 'createDeployment'>; restApiId: string }) {
  let ended = false;
  const deployment = apiGateway.createDeployment({ restApiId, stageName: 'prod' }).finally(() => (ended = true));
  deployment.catch(() => undefined);
  const hasEnded = async () => {
    for (let turns = 0; turns < 10; turns += 1) await turn();
    return ended;
  };
  return { deployment, hasEnded };
}

describe('truth 7: a deployment with a link that is PENDING', () => {
  it.each(['V1', 'V2'] as const)('waits until the link is ready: %s', async (kind) => {
    const world = await pending({}, kind);
    const { simulation, apiGateway, restApiId } = world;
    const { deployment, hasEnded } = deploy(world);
    await simulation.advance(60_000);
    expect(await hasEnded()).toBe(false);
    expect((await apiGateway.getStages({ restApiId })).item).toEqual([]);
    await simulation.advance(V1_MS);
    expect(await hasEnded()).toBe(true);
    const { id } = await deployment;
    expect((await apiGateway.getStage({ restApiId, stageName: 'prod' })).deploymentId).toBe(id);
  });

  it('takes minutes of simulated time and none of real time on an automatic clock', async () => {
    const world = await pending({ clock: 'auto' });
    const before = world.simulation.clock.now();
    const { createdDate } = await deploy(world).deployment;
    expect(createdDate!.getTime() - before).toBeGreaterThan(V1_MS / 2);
    expect(createdDate!.getTime() - before).toBeLessThanOrEqual(V1_MS + 5_000);
  });

  it('is refused when the link becomes FAILED', async () => {
    const world = await privateWorld({ clock: 'manual' });
    const { apiGateway, simulation, put, alb } = world;
    const { id = '' } = await apiGateway.createVpcLink({ name: 'wrong', targetArns: [alb] });
    await put({ connectionId: id });
    const { deployment } = deploy(world);
    await simulation.advance(V1_MS);
    await refused(deployment, BAD, `Cannot deploy API. Vpc link '${id}' is not available. Its status is FAILED.`);
  });

  it('holds the API: other writes to it are refused, those to another API are not', async () => {
    const world = await pending();
    const { simulation, apiGateway, restApiId, rootResourceId: parentId, method } = world;
    const { deployment, hasEnded } = deploy(world);
    await refused(
      apiGateway.createResource({ restApiId, parentId, pathPart: 'new' }),
      CONFLICT,
      /concurrent modification/,
    );
    await expect(apiGateway.createRestApi({ name: 'other' })).resolves.toBeDefined();
    await expect(apiGateway.getMethod(method)).resolves.toBeDefined();
    await simulation.advance(V1_MS);
    expect(await hasEnded()).toBe(true);
    await deployment;
    await expect(apiGateway.createResource({ restApiId, parentId, pathPart: 'new' })).resolves.toBeDefined();
  });

  it('does not wait where it is throttled or denied', async () => {
    const world = await pending();
    world.simulation.faults.add({ operation: 'CreateDeployment', kind: 'deny', times: 1 });
    const { deployment, hasEnded } = deploy(world);
    expect(await hasEnded()).toBe(true);
    await expect(deployment).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('does not wait where it is refused for another reason: a method without an integration, a link that FAILED', async () => {
    const world = await pending();
    const { apiGateway, simulation, restApiId, rootResourceId: resourceId, alb } = world;
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    await apiGateway.putMethod({ ...method, authorizationType: 'NONE' });
    await refused(deploy(world).deployment, BAD, 'No integration defined for method');
    const { id: connectionId } = await apiGateway.createVpcLink({ name: 'wrong', targetArns: [alb] });
    await apiGateway.putIntegration({
      ...method,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: 'http://orders.internal/',
      connectionType: 'VPC_LINK',
      connectionId,
    });
    await simulation.advance(60_000);
    await refused(deploy(world).deployment, BAD, /Its status is FAILED\.$/);
  });

  it('does not wait forever: a link that stays PENDING is refused', async () => {
    const world = await pending({}, 'V2');
    const { simulation, linkId } = world;
    simulation.load({ ...simulation.world(), timers: [] });
    const { deployment } = deploy(world);
    await simulation.advance(900_000);
    await refused(deployment, BAD, `Cannot deploy API. Vpc link '${linkId}' is not available. Its status is PENDING.`);
  });

  it('waits over the wire, too', async () => {
    const world = await pending();
    const { simulation, restApiId } = world;
    const server = await simulation.listen();
    try {
      const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
      const client = new APIGateway({ region: REGION, endpoint: server.url, credentials, maxAttempts: 1 });
      const { deployment, hasEnded } = deploy({ apiGateway: client, restApiId });
      const advance = (ms: number) =>
        fetch(`${server.url}/_postern/advance`, { method: 'POST', body: JSON.stringify({ ms }) });
      for (let steps = 0; steps < 3; steps += 1) await advance(10_000);
      expect(await hasEnded()).toBe(false);
      await advance(V1_MS);
      expect((await deployment).id).toMatch(/^[a-z0-9]{6}$/);
    } finally {
      await server.close();
    }
  });
});
