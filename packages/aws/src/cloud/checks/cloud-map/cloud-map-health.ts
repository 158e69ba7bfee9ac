import type { Evidence } from '@postern/core/check';
import { defineCheck, fail, pass, unknown } from '@postern/core/checks';
import { instanceEvidence, instancesMissing, serviceTargets } from './services.js';

/** `target/cloud-map-health`. */
export const targetCloudMapHealth = defineCheck({
  id: 'target/cloud-map-health',
  severity: 'error',
  title: 'The Cloud Map service has a health check and a healthy instance',
  about:
    'Calls are distributed over the healthy instances of a Cloud Map service. Without a health check, an instance that has failed ' +
    'continues to receive calls until it is deregistered; this is a warning. If no instance is healthy, every call fails.',
  sources: ['https://docs.aws.amazon.com/cloud-map/latest/dg/services-health-checks.html'],
  codes: {
    NO_HEALTH_CHECK: fail(
      '{name} has no health check: an instance that has failed continues to receive calls',
      'Create {name} again with a health check (a custom one in private namespaces): it can only be set when a service is created.',
      'warning',
    ),
    HEALTH_NOT_READ: unknown('an instance of {name} is healthy'),
    NONE_HEALTHY: fail(
      'no instance of {name} is healthy',
      'Make an instance of {name} pass its health check, or register one that passes it.',
    ),
    HEALTHY: pass('healthy instances of {name}: {healthy} of {instancesCount}'),
  },
  *run(input, say) {
    for (const { about, id, name, found, missing, instances, unasked } of serviceTargets(input)) {
      if (found.is !== 'found') continue;
      const { healthCheck } = found.value;
      const own: Evidence = { kind: 'Cloud Map service', id, text: `health check: ${healthCheck}` };
      const evidence = [own, ...(instances ?? []).slice(0, 10).map(instanceEvidence)];
      const unhealthy = (instances ?? []).filter(({ healthy }) => healthy === false);
      if (healthCheck === 'none') yield say.NO_HEALTH_CHECK(about, { name }, evidence);
      else if (instances === undefined || healthCheck === 'unknown')
        yield say.HEALTH_NOT_READ(about, { name }, missing ?? unasked ?? instancesMissing(name), evidence);
      else if (instances.length > 0 && unhealthy.length === instances.length)
        yield say.NONE_HEALTHY(about, { name }, evidence);
      else if (instances.some(({ healthy }) => healthy === true)) {
        const counts = { healthy: instances.length - unhealthy.length, instancesCount: instances.length };
        yield say.HEALTHY(about, { name, ...counts }, evidence);
      } else if (instances.length > 0)
        yield say.HEALTH_NOT_READ(about, { name }, missing ?? instancesMissing(name), evidence);
    }
  },
});
