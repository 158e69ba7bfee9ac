import type { CheckInput, Found, LinkView } from '@postern/core/internal/check';
import {
  type Backend,
  backends,
  defineCheck,
  fail,
  farInterface,
  interfaceAt,
  isMachineId,
  listsMachines,
  pass,
  unknown,
} from '@postern/core/internal/checks';
import type { Instance } from '@postern/core/internal/snapshot';

/** States between others, in which an instance does not answer. Another one that is neither running nor stopped may be new. */
const BETWEEN = /^(?:pending|starting|stopping)$/i;

export const instanceRunning = defineCheck({
  id: 'target/instance-running',
  severity: 'error',
  title: 'The ECS instance exists and is running',
  about:
    'An authorization names an ECS instance by its ID. A stopped instance does not answer calls. If the instance was released, ' +
    'the authorization refers to an instance that does not exist. A new instance in its place has another ID, ' +
    'even if it has the same address. If the target is an address, the instance with that address is evaluated.',
  sources: ['https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-instance-lifecycle'],
  codes: {
    INSTANCE_NOT_READ: unknown('instance {id} is running'),
    INSTANCE_ABSENT: fail(
      'instance {id} does not exist in {region} of account {account}',
      'Write an existing instance as the target {target}, then run `postern apply`: it creates the authorization.',
    ),
    RUNNING: pass('instance {id} is {nativeState}'),
    STATE_NOT_KNOWN: unknown('instance {id} answers calls'),
    NOT_RUNNING: fail(
      '{id}[ ({addresses})] is {nativeState} and does not answer calls',
      'Start {id}, or write another instance as the target {target}.',
    ),
  },
  *run(input, say) {
    for (const { integration, target, about, backend } of backends(input)) {
      const machine = machineOf(input, integration.link, backend);
      if (machine === undefined) continue;

      const { instance: found, id } = machine;
      const { region } = integration.link.region;
      if (found.is === 'unknown') yield say.INSTANCE_NOT_READ(about, { id }, found.missing);
      else if (found.is === 'absent') {
        const on = { id, region: region.region, account: region.account, target: target.name };
        yield say.INSTANCE_ABSENT(about, on, [{ kind: 'instance', id, text: 'does not exist' }]);
      } else {
        const { state, nativeState, addresses } = found.value;
        const evidence = [{ kind: 'instance', id, text: `${nativeState}, ${addresses.join(', ')}` }];
        if (state === 'running') yield say.RUNNING(about, { id, nativeState }, evidence);
        else if (state === 'other' && !BETWEEN.test(nativeState)) {
          const missing = {
            what: `the meaning of ${JSON.stringify(nativeState)}, the state of ${id},`,
            remedy: `Check ${id} in the console of the cloud, and take the snapshot again once it is running.`,
          };
          yield say.STATE_NOT_KNOWN(about, { id, nativeState }, missing, evidence);
        } else {
          yield say.NOT_RUNNING(
            about,
            { id, addressesCount: addresses.length, addresses, nativeState, target: target.name },
            evidence,
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
  const instanceRegion = far?.region ?? region;
  const id = (near ?? far?.own)?.attachedTo;
  if (id === undefined || !listsMachines(instanceRegion)) return undefined;

  const instance = instanceRegion.find('instances', id);
  return instance.is === 'found' || (instance.is === 'unknown' && isMachineId(id)) ? { id, instance } : undefined;
}
