import type { SimulatedClients, Simulation } from '../../../src/internal/simulation.js';

/** REST APIs with what belongs to them, several of each kind, and V1 links to a network load balancer. */
export async function restApis(sim: Simulation, { apiGateway }: SimulatedClients, balancerArn: string) {
  const ids: string[] = [];
  for (const name of ['orders', 'carts', 'stock']) {
    const { id = '' } = await apiGateway.createRestApi({ name });
    ids.push(id);
    // The first link gets the load balancer, the others become FAILED.
    await apiGateway.createVpcLink({ name, targetArns: [balancerArn], tags: { team: 'payments' } });
  }
  await sim.advance(600_000);
  const [restApiId = ''] = ids;
  const { items: resources = [] } = await apiGateway.getResources({ restApiId });
  for (const pathPart of ['orders', 'carts', '{proxy+}']) {
    await apiGateway.createResource({ restApiId, parentId: resources[0]?.id, pathPart });
  }
  const method = { restApiId, resourceId: resources[0]?.id, httpMethod: 'GET' };
  await apiGateway.putMethod({ ...method, authorizationType: 'NONE' });
  await apiGateway.putIntegration({ ...method, type: 'MOCK' });
  for (const stageName of ['a', 'b', 'c']) await apiGateway.createDeployment({ restApiId, stageName });
  return { restApiId };
}
