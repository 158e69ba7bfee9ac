import type { Instance } from '../../model/network.js';
import type { CheckInput, Found, LinkView } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { isMachineId, listsMachines } from '../../network/machine.js';
import { aboutTarget } from '../../findings/about.js';
import type { Backend } from '../../network/balancers/backend.js';
import { farInterface } from '../../network/sources/far-interface.js';
import { interfaceAt } from '../../network/sources/interface-at.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { backends } from '../../network/balancers/balancers.js';

/** `target/instance-running`. */
export const instanceRunning: Check = {
  id: 'target/instance-running',
  title: 'The ECS instance is there, and running',
  severity: 'error',
  about:
    'An authorisation names an ECS instance by its id. One that is stopped answers nobody; one that was released leaves an ' +
    'authorisation that leads nowhere. A new instance in its place has another id, even where it has the same address. Where the target is ' +
    'an address, it is the instance that has it.',
  sources: ['https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-instance-lifecycle'],
  *run(input) {
    for (const { integration, target, backend } of backends(input)) {
      const machine = machineOf(input, integration.link, backend);
      if (machine === undefined) continue;
      const about = aboutTarget(integration, target);
      const { instance: found, id } = machine;
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

/** The machine that a target names, or that has its address as far as interfaces show. */
function machineOf(
  { regionOf }: CheckInput,
  { region, networkId }: LinkView,
  backend: Backend,
): { readonly id: string; readonly instance: Found<Instance> } | undefined {
  if (backend.kind === 'instance') return backend;
  if (backend.kind !== 'address') return undefined;
  const near = interfaceAt(region, networkId, backend.id);
  const far =
    near === undefined && networkId !== undefined ? farInterface(regionOf, region, networkId, backend.id) : undefined;
  const there = far?.region ?? region;
  const id = (near ?? far?.own)?.attachedTo;
  if (id === undefined || !listsMachines(there.region)) return undefined;
  const instance = there.find('instances', id);
  return instance.is === 'found' || (instance.is === 'unknown' && isMachineId(id)) ? { id, instance } : undefined;
}
