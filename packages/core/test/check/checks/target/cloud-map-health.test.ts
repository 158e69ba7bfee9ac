import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE } from './backends.js';
import { type World, aws } from '../world.js';

const targetCloudMapHealth = named('target/cloud-map-health');

describe('target/cloud-map-health', () => {
  const health = (changes: object, healthy?: boolean) => (world: World) => {
    useService(world);
    const service = world.the('services', SERVICE);
    for (const one of service.instances ?? []) Object.assign(one, { healthy });
    Object.assign(service, changes);
  };
  checkTable(targetCloudMapHealth, [
    { why: 'healthy', world: aws(useService), verdict: 'pass' },
    {
      why: 'no health check',
      world: aws(health({ healthCheck: 'none' })),
      verdict: 'fail',
      code: 'NO_HEALTH_CHECK',
      severity: 'warning',
      evidence: [SERVICE],
    },
    {
      why: 'all unhealthy',
      world: aws(health({}, false)),
      verdict: 'fail',
      code: 'NONE_HEALTHY',
      severity: 'error',
      evidence: ['task-1'],
    },
    { why: 'instances were not read', world: aws(health({ instances: undefined })), verdict: 'unknown' },
    { why: 'health not reported', world: aws(health({}, undefined)), verdict: 'unknown' },
  ]);
});
