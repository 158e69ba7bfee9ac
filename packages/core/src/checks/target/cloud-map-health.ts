import { stating, type Judgement } from '../../findings/statement.js';
import type { targetCloudMapHealthWords } from './words/cloud-map-health.words.js';
import type { Evidence } from '../../findings/finding.js';
import { instanceEvidence, instancesMissing, serviceTargets } from './services.js';

const { fails, holds, unsure } = stating<(typeof targetCloudMapHealthWords)['says']>();

/** `target/cloud-map-health`. */
export const targetCloudMapHealth: Judgement = {
  id: 'target/cloud-map-health',
  severity: 'error',
  *run(input) {
    for (const { about, id, name, found, missing, instances, unasked } of serviceTargets(input)) {
      if (found.is !== 'found') continue;
      const { healthCheck } = found.value;
      const own: Evidence = { kind: 'Cloud Map service', id, text: `health check: ${healthCheck}` };
      const evidence = [own, ...(instances ?? []).slice(0, 10).map(instanceEvidence)];
      const unhealthy = (instances ?? []).filter(({ healthy }) => healthy === false);
      if (healthCheck === 'none') {
        yield fails(about, 'NO_HEALTH_CHECK', { params: { name }, evidence, severity: 'warning' });
      } else if (instances === undefined || healthCheck === 'unknown') {
        yield unsure(about, 'HEALTH_NOT_READ', { name }, missing ?? unasked ?? instancesMissing(name), { evidence });
      } else if (instances.length > 0 && unhealthy.length === instances.length) {
        yield fails(about, 'NONE_HEALTHY', { params: { name }, evidence });
      } else if (instances.some(({ healthy }) => healthy === true)) {
        yield holds(input, about, 'HEALTHY', () => ({
          params: { name, healthy: instances.length - unhealthy.length, instancesCount: instances.length },
          evidence,
        }));
      } else if (instances.length > 0) {
        yield unsure(about, 'HEALTH_NOT_READ', { name }, missing ?? instancesMissing(name), { evidence });
      }
    }
  },
};
