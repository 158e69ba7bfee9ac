import type { Check } from '../check.js';
import { aboutTarget } from '../words/about.js';
import { fails, holds, unsure } from '../words/outcome.js';
import { backends } from './balancers.js';

/** `target/instance-running`. */
export const instanceRunning: Check = {
  id: 'target/instance-running',
  title: 'The ECS instance is there, and running',
  severity: 'error',
  about:
    'An authorisation names an ECS instance by its id. One that is stopped answers nobody; one that was released leaves an ' +
    'authorisation that leads nowhere. A new instance in its place has another id, even where it has the same address.',
  sources: ['https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-instance-lifecycle'],
  *run(input) {
    for (const { integration, target, backend } of backends(input)) {
      if (backend.kind !== 'instance') continue;
      const about = aboutTarget(integration, target);
      const { instance: found, id } = backend;
      const { region } = integration.link.region;
      if (found.is === 'unknown') yield unsure(about, `instance ${id} runs`, found.missing);
      else if (found.is === 'absent') {
        yield fails(about, {
          message: `there is no instance ${id} in ${region.region} of account ${region.account}`,
          evidence: [{ kind: 'instance', id, text: 'does not exist' }],
          remedy: `Write an instance that exists as the target ${target.name}, then run \`postern apply\`: it makes the authorisation.`,
        });
      } else {
        const { state, nativeState, addresses } = found.value;
        const evidence = [{ kind: 'instance', id, text: `${nativeState}, ${addresses.join(', ')}` }];
        if (state === 'running') {
          yield holds(input, about, () => ({ message: `instance ${id} is ${nativeState}`, evidence }));
        } else {
          yield fails(about, {
            message: `${id}${addresses.length === 0 ? '' : ` (${addresses.join(', ')})`} is ${nativeState} and answers nobody`,
            evidence,
            remedy: `Start ${id}, or write another instance as the target ${target.name}.`,
          });
        }
      }
    }
  },
};
