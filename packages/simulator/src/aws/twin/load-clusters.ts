import type { RegionSnapshot } from '@postern/core/internal/library';
import type { AwsCall } from '../operation/operation.js';
import { FARGATE_PROVIDERS } from '../ecs/container-instances.js';
import { arnOf } from '../ecs/find.js';
import type { Lack } from './lack.js';

/** The ECS clusters that the ARNs of services name, with the capacity providers of Fargate: others are not in snapshots. */
export function loadClusters(call: AwsCall, { registrars = [] }: RegionSnapshot, lack: Lack): void {
  for (const { id, kind } of registrars) {
    lack(`what ${id} starts is not in a snapshot: its targets stay as they are`);
    const [, name] = /:service\/([^/]+)\/[^/]+$/.exec(id) ?? [];
    if (kind !== 'service' || name === undefined) continue;

    const fields = {
      clusterArn: arnOf(call, 'cluster', name),
      clusterName: name,
      status: 'ACTIVE',
      capacityProviders: [...FARGATE_PROVIDERS],
      defaultCapacityProviderStrategy: [],
      settings: [{ name: 'containerInsights' as const, value: 'disabled' }],
    };
    call.state.ecs.clusters.set(name, { fields, tags: {} });
  }
}
