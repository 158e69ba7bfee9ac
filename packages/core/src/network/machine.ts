import { cloudTraits } from '../kinds/cloud/clouds.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { unknownStep, type Step } from './step.js';
import type { World } from './world.js';

/** Why a machine that has an address does not take calls there, or may not: it does not run, or nobody knows. Undefined where it runs, or is none. */
export function machineStop({ index }: World, id: string | undefined): Step | undefined {
  if (id === undefined || !listsMachines(index.region)) return undefined;
  const found = index.find('instances', id);
  if (found.is === 'found') {
    return found.value.state === 'stopped' ? notRunning(id, found.value.nativeState) : undefined;
  }
  if (found.is === 'absent' || !isMachineId(id)) return undefined;
  return unknownStep('path/route', 'target', { kind: 'instance', id }, found.missing);
}

/** Whether a region's machines are listed: where every address is an interface, backends are known by those. */
export function listsMachines(region: RegionSnapshot): boolean {
  return !cloudTraits(region).addressesAreInterfaces || region.instances !== undefined;
}

/** Whether an id is that of an ECS instance: interfaces serve other things, too, which no list of instances has. */
export function isMachineId(id: string): boolean {
  return id.startsWith('i-');
}

/** Of a machine that is stopped; `target/instance-running` tells of it, so that no check here does. */
export function notRunning(id: string, state: string): Step {
  return {
    check: undefined,
    hop: 'target',
    verdict: 'fail',
    tell: () => ({
      kind: 'instance',
      id,
      text: `is ${state}`,
      why: { code: 'TARGET_NOT_RUNNING', params: { instance: id, state } },
      because: `${id} is ${state}`,
      remedy: `Start ${id}.`,
    }),
  };
}
