import type { Check } from '../../findings/check.js';
import type { Evidence } from '../../findings/finding.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { instanceEvidence, instancesMissing, serviceTargets } from './services.js';

/** `target/cloud-map-health`. */
export const targetCloudMapHealth: Check = {
  id: 'target/cloud-map-health',
  title: 'The Cloud Map service has a health check, and an instance that is healthy',
  severity: 'error',
  about:
    'Calls are spread over the healthy instances of a Cloud Map service. Without a health check a dead one goes on getting its share until ' +
    'somebody deregisters it, which is a warning. Where no instance is healthy, every call fails.',
  sources: ['https://docs.aws.amazon.com/cloud-map/latest/dg/services-health-checks.html'],
  *run(input) {
    for (const { about, id, name, found, missing, instances, unasked } of serviceTargets(input)) {
      if (found.is !== 'found') continue;
      const { healthCheck } = found.value;
      const whether = `instances of ${name} are healthy`;
      const own: Evidence = { kind: 'Cloud Map service', id, text: `health check: ${healthCheck}` };
      const evidence = [own, ...(instances ?? []).slice(0, 10).map(instanceEvidence)];
      const sick = (instances ?? []).filter(({ healthy }) => healthy === false);
      if (healthCheck === 'none') {
        yield fails(about, {
          message: `${name} has no health check: an instance that died goes on getting calls`,
          evidence,
          remedy: `Give ${name} a health check (a custom one in private namespaces), which has to be set when a service is made.`,
          severity: 'warning',
        });
      } else if (instances === undefined || healthCheck === 'unknown') {
        yield unsure(about, whether, missing ?? unasked ?? instancesMissing(name), { evidence });
      } else if (instances.length > 0 && sick.length === instances.length) {
        yield fails(about, {
          message: `no instance of ${name} is healthy`,
          evidence,
          remedy: `Make an instance of ${name} answer its health check, or register one that does.`,
        });
      } else if (instances.some(({ healthy }) => healthy === true)) {
        yield holds(input, about, () => ({
          message: `healthy instances of ${name}: ${instances.length - sick.length} of ${instances.length}`,
          evidence,
        }));
      } else if (instances.length > 0) {
        yield unsure(about, whether, missing ?? instancesMissing(name), { evidence });
      }
    }
  },
};
