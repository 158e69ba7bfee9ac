import type { SimulatedClients, Simulation } from '../../../src/internal/simulation.js';

/** Clusters, task definitions, services and tasks of ECS: several of each, with tags. */
export async function containerServices(
  sim: Pick<Simulation, 'advance'>,
  { ecs }: SimulatedClients,
  { subnetIds, groupIds }: { readonly subnetIds: readonly string[]; readonly groupIds: readonly string[] },
): Promise<{ readonly ecsCluster: string }> {
  const ecsCluster = 'containers';
  const tags = [{ key: 'team', value: 'payments' }];
  for (const clusterName of ['default', ecsCluster, 'spare']) await ecs.createCluster({ clusterName, tags });
  const networkConfiguration = {
    awsvpcConfiguration: { subnets: [...subnetIds], securityGroups: [...groupIds], assignPublicIp: 'ENABLED' as const },
  };
  for (const name of ['web', 'worker', 'batch']) {
    await ecs.registerTaskDefinition({
      family: name,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name, image: 'nginx', portMappings: [{ containerPort: 8080 }] }],
      tags,
    });
    await ecs.createService({
      cluster: ecsCluster,
      serviceName: name,
      taskDefinition: name,
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration,
      tags,
    });
  }
  await sim.advance(60_000);
  return { ecsCluster };
}
