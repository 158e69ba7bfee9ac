import type { Evidence } from '@postern/core/check';
import { defineCheck } from '@postern/core/checks';
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
  codes: ['NO_HEALTH_CHECK', 'HEALTH_NOT_READ', 'NONE_HEALTHY', 'HEALTHY'],
  *run(input, say) {
    for (const { about, id, name, found, missing, instances, unasked } of serviceTargets(input)) {
      if (found.is !== 'found') continue;
      const { healthCheck } = found.value;
      const own: Evidence = { kind: 'Cloud Map service', id, text: `health check: ${healthCheck}` };
      const evidence = [own, ...(instances ?? []).slice(0, 10).map(instanceEvidence)];
      const unhealthy = (instances ?? []).filter(({ healthy }) => healthy === false);
      if (healthCheck === 'none') {
        yield say.fail(about, 'NO_HEALTH_CHECK', { name }, (p) => ({
          message: `${p.name} has no health check: an instance that has failed continues to receive calls`,
          remedy: `Create ${p.name} again with a health check (a custom one in private namespaces): it can only be set when a service is created.`,
          evidence,
          severity: 'warning',
        }));
      } else if (instances === undefined || healthCheck === 'unknown') {
        yield say.unknown(about, 'HEALTH_NOT_READ', { name }, missing ?? unasked ?? instancesMissing(name), (p) => ({
          whether: healthNotRead(p),
          evidence,
        }));
      } else if (instances.length > 0 && unhealthy.length === instances.length) {
        yield say.fail(about, 'NONE_HEALTHY', { name }, (p) => ({
          message: `no instance of ${p.name} is healthy`,
          remedy: `Make an instance of ${p.name} pass its health check, or register one that passes it.`,
          evidence,
        }));
      } else if (instances.some(({ healthy }) => healthy === true)) {
        yield say.pass(
          about,
          'HEALTHY',
          () => ({ name, healthy: instances.length - unhealthy.length, instancesCount: instances.length }),
          (p) => ({ message: `healthy instances of ${p.name}: ${p.healthy} of ${p.instancesCount}`, evidence }),
        );
      } else if (instances.length > 0) {
        yield say.unknown(about, 'HEALTH_NOT_READ', { name }, missing ?? instancesMissing(name), (p) => ({
          whether: healthNotRead(p),
          evidence,
        }));
      }
    }
  },
});

function healthNotRead({ name }: { readonly name: string }): string {
  return `an instance of ${name} is healthy`;
}
