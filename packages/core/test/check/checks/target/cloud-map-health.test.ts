import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE } from './backends.js';
import { type World, awsWorld } from '../world.js';

const targetCloudMapHealth = named('target/cloud-map-health');

describe('target/cloud-map-health', () => {
  const health = (changes: object, healthy?: boolean) => (world: World) => {
    useService(world);
    const service = world.the('services', SERVICE);
    for (const one of service.instances ?? []) Object.assign(one, { healthy });
    Object.assign(service, changes);
  };
  checkTable(targetCloudMapHealth, [
    { why: 'healthy', world: () => awsWorld(useService), verdict: 'pass' },
    {
      why: 'no health check',
      world: () => awsWorld(health({ healthCheck: 'none' })),
      verdict: 'fail',
      severity: 'warning',
      evidence: [SERVICE],
      remedy: ['health check'],
    },
    {
      why: 'all unhealthy',
      world: () => awsWorld(health({}, false)),
      verdict: 'fail',
      severity: 'error',
      evidence: ['task-1'],
    },
    { why: 'instances were not read', world: () => awsWorld(health({ instances: undefined })), verdict: 'unknown' },
    { why: 'health not reported', world: () => awsWorld(health({}, undefined)), verdict: 'unknown' },
  ]);
});
