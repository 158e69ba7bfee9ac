import { expect, it } from 'vitest';
import { simulate } from '../../../../src/index.js';
import { privateWorld } from '../private-world.js';
import { REGION } from '../rest-world.js';

it('a saved world keeps an API, what its deployments froze, its canary and its links', async () => {
  const { simulation, apiGateway, put, update, v1, v2, alb, restApiId, method } = await privateWorld();
  await put({ connectionId: v1, requestTemplates: { 'application/json': '{}' } });
  const { id: deploymentId } = await apiGateway.createDeployment({ restApiId, stageName: 'prod' });
  await update(['/connectionId', v2], ['/integrationTarget', alb]);
  const canarySettings = { percentTraffic: 12.5, stageVariableOverrides: { color: 'green' } };
  await apiGateway.createDeployment({ restApiId, stageName: 'prod', canarySettings });
  const saved: unknown = JSON.parse(JSON.stringify(simulation.world()));

  const copy = simulate({ throttle: false });
  copy.load(saved);
  expect(JSON.parse(JSON.stringify(copy.world()))).toEqual(saved);
  const loaded = copy.clients(REGION).apiGateway;
  expect(await loaded.getStage({ restApiId, stageName: 'prod' })).toMatchObject({
    deploymentId,
    canarySettings,
    createdDate: new Date('2026-06-01T00:20:00Z'),
  });
  expect(await loaded.getIntegration(method)).toMatchObject({ connectionId: v2, integrationTarget: alb });
  await expect(loaded.deleteVpcLink({ vpcLinkId: v1 })).rejects.toThrow(/:prod\] in format of/);
  await loaded.putMethod({ ...method, httpMethod: 'POST', authorizationType: 'NONE' });
  await expect(apiGateway.getMethod({ ...method, httpMethod: 'POST' })).rejects.toThrow('Invalid Method identifier');
});
