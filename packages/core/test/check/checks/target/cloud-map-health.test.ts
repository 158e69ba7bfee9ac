import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE } from './backends.js';
import { type World, aws } from '../world.js';

const targetCloudMapHealth = named('target/cloud-map-health');

const health = (changes: object, healthy?: boolean) => (world: World) => {
  useService(world);
  const service = world.the('services', SERVICE);
  for (const one of service.instances ?? []) Object.assign(one, { healthy });
  Object.assign(service, changes);
};
checkTable(targetCloudMapHealth, {
  healthy: [aws(useService), 'pass HEALTHY'],
  'no health check': [aws(health({ healthCheck: 'none' })), 'warning NO_HEALTH_CHECK', { evidence: SERVICE }],
  'all unhealthy': [aws(health({}, false)), 'error NONE_HEALTHY', { evidence: 'task-1' }],
  'instances were not read': [aws(health({ instances: undefined })), 'unknown HEALTH_NOT_READ'],
  'health not reported': [aws(health({}, undefined)), 'unknown HEALTH_NOT_READ'],
});
