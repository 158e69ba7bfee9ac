import { stating, type Judgement } from '../../findings/statement.js';
import type { targetCloudMapWords } from './words/cloud-map.words.js';
import { instanceEvidence, instancesMissing, serviceTargets } from './services.js';
import { counted } from '../../text/counted.js';

const { fails, holds, unsure } = stating<(typeof targetCloudMapWords)['says']>();

/** `target/cloud-map`. */
export const targetCloudMap: Judgement = {
  id: 'target/cloud-map',
  severity: 'error',
  *run(input) {
    for (const { about, id, name, found, missing, instances, registered, query, unasked } of serviceTargets(input)) {
      if (found.is === 'unknown') yield unsure(about, 'SERVICE_NOT_READ', { name }, found.missing);
      if (found.is === 'absent') {
        yield fails(about, 'SERVICE_ABSENT', {
          params: { id, subject: about.subject },
          evidence: [{ kind: 'Cloud Map service', id, text: 'does not exist' }],
        });
      }
      if (found.is !== 'found') continue;
      if (instances === undefined) {
        yield unsure(about, 'INSTANCES_NOT_READ', { name }, missing ?? unasked ?? instancesMissing(name));
        continue;
      }
      // Discovery does not return unhealthy instances.
      const bad = instances.filter(
        (one) => one.healthy !== false && ((one.address ?? one.ipv6Address) === undefined || one.port === undefined),
      );
      const evidence = (bad.length > 0 ? bad : instances).slice(0, 10).map(instanceEvidence);
      if (instances.length === 0 && registered > 0 && query !== undefined) {
        yield fails(about, 'NONE_ASKED_FOR', {
          params: { name, query },
          evidence: [{ kind: 'Cloud Map service', id, text: `${counted(registered, 'instance')}, none with ${query}` }],
        });
      } else if (instances.length === 0) {
        yield fails(about, 'NO_INSTANCE', {
          params: { name },
          evidence: [{ kind: 'Cloud Map service', id, text: 'no instances' }],
        });
      } else if (bad.length > 0) {
        yield fails(about, 'INSTANCES_INCOMPLETE', {
          params: {
            badCount: bad.length,
            instancesCount: instances.length,
            name,
            lacksPort: bad.some(({ port }) => port === undefined),
            bad: bad.slice(0, 5).map(({ id }) => id),
          },
          evidence,
        });
      } else {
        yield holds(input, about, 'INSTANCES_COMPLETE', () => ({ params: { name }, evidence }));
      }
    }
  },
};
