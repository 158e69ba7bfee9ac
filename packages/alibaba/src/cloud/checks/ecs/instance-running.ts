import type { CheckInput, Found, LinkView } from '@postern/core/check';
import {
  type Backend,
  backends,
  defineCheck,
  farInterface,
  interfaceAt,
  isMachineId,
  listsMachines,
} from '@postern/core/checks';
import type { Instance } from '@postern/core/snapshot';

/** States between others, in which an instance does not answer. Another one that is neither running nor stopped may be new. */
const BETWEEN = /^(?:pending|starting|stopping)$/i;

/** `target/instance-running`. */
export const instanceRunning = defineCheck({
  id: 'target/instance-running',
  severity: 'error',
  title: 'The ECS instance exists and is running',
  about:
    'An authorization names an ECS instance by its ID. A stopped instance does not answer calls. If the instance was released, ' +
    'the authorization refers to an instance that does not exist. A new instance in its place has another ID, ' +
    'even if it has the same address. If the target is an address, the instance with that address is evaluated.',
  sources: ['https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-instance-lifecycle'],
  codes: ['INSTANCE_NOT_READ', 'INSTANCE_ABSENT', 'RUNNING', 'STATE_NOT_KNOWN', 'NOT_RUNNING'],
  *run(input, say) {
    for (const { integration, target, about, backend } of backends(input)) {
      const machine = machineOf(input, integration.link, backend);
      if (machine === undefined) continue;
      const { instance: found, id } = machine;
      const { region } = integration.link.region;
      if (found.is === 'unknown')
        yield say.unknown(about, 'INSTANCE_NOT_READ', { id }, found.missing, (p) => `instance ${p.id} is running`);
      else if (found.is === 'absent') {
        yield say.fail(
          about,
          'INSTANCE_ABSENT',
          { id, region: region.region, account: region.account, target: target.name },
          (p) => ({
            message: `instance ${p.id} does not exist in ${p.region} of account ${p.account}`,
            remedy: `Write an existing instance as the target ${p.target}, then run \`postern apply\`: it creates the authorization.`,
            evidence: [{ kind: 'instance', id, text: 'does not exist' }],
          }),
        );
      } else {
        const { state, nativeState, addresses } = found.value;
        const evidence = [{ kind: 'instance', id, text: `${nativeState}, ${addresses.join(', ')}` }];
        if (state === 'running') {
          yield say.pass(
            about,
            'RUNNING',
            () => ({ id, nativeState }),
            (p) => ({ message: `instance ${p.id} is ${p.nativeState}`, evidence }),
          );
        } else if (state === 'other' && !BETWEEN.test(nativeState)) {
          const missing = {
            what: `the meaning of ${JSON.stringify(nativeState)}, the state of ${id},`,
            remedy: `Check ${id} in the console of the cloud, and take the snapshot again once it is running.`,
          };
          yield say.unknown(about, 'STATE_NOT_KNOWN', { id, nativeState }, missing, (p) => ({
            whether: `instance ${p.id} answers calls`,
            evidence,
          }));
        } else {
          yield say.fail(
            about,
            'NOT_RUNNING',
            { id, addressesCount: addresses.length, addresses, nativeState, target: target.name },
            (p) => ({
              message: `${p.id}${p.addressesCount === 0 ? '' : ` (${p.addresses.join(', ')})`} is ${p.nativeState} and does not answer calls`,
              remedy: `Start ${p.id}, or write another instance as the target ${p.target}.`,
              evidence,
            }),
          );
        }
      }
    }
  },
});

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
  if (id === undefined || !listsMachines(there)) return undefined;
  const instance = there.find('instances', id);
  return instance.is === 'found' || (instance.is === 'unknown' && isMachineId(id)) ? { id, instance } : undefined;
}
