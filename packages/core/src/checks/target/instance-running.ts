import { stating, type Judgement } from '../../findings/statement.js';
import type { instanceRunningWords } from './words/instance-running.words.js';
import type { Instance } from '../../model/network.js';
import type { CheckInput, Found, LinkView } from '../../world/views.js';
import { isMachineId, listsMachines } from '../../network/machine.js';
import type { Backend } from '../../network/balancers/backend.js';
import { farInterface } from '../../network/sources/far-interface.js';
import { interfaceAt } from '../../network/sources/interface-at.js';
import { backends } from '../../network/balancers/balancers.js';

const { fails, holds, unsure } = stating<(typeof instanceRunningWords)['says']>();

/** `target/instance-running`. */
export const instanceRunning: Judgement = {
  id: 'target/instance-running',
  severity: 'error',
  *run(input) {
    for (const { integration, target, about, backend } of backends(input)) {
      const machine = machineOf(input, integration.link, backend);
      if (machine === undefined) continue;
      const { instance: found, id } = machine;
      const { region } = integration.link.region;
      if (found.is === 'unknown') yield unsure(about, 'INSTANCE_NOT_READ', { id }, found.missing);
      else if (found.is === 'absent') {
        yield fails(about, 'INSTANCE_ABSENT', {
          params: { id, region: region.region, account: region.account, target: target.name },
          evidence: [{ kind: 'instance', id, text: 'does not exist' }],
        });
      } else {
        const { state, nativeState, addresses } = found.value;
        const evidence = [{ kind: 'instance', id, text: `${nativeState}, ${addresses.join(', ')}` }];
        if (state === 'running') {
          yield holds(input, about, 'RUNNING', () => ({ params: { id, nativeState }, evidence }));
        } else {
          yield fails(about, 'NOT_RUNNING', {
            params: { id, addressesCount: addresses.length, addresses, nativeState, target: target.name },
            evidence,
          });
        }
      }
    }
  },
};

/** The instance that a target names, or that has its address according to the network interfaces. */
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
