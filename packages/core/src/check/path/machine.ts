import { calledTargetReasons } from './reasons/load-balancer.js';
import type { RegionIndex } from '../../do/world/views.js';
import { failStep, unknownStep, type PathStep } from './model/step.js';
import type { World } from './model/world.js';

/**
 * Why an instance with an address does not accept calls: it is not running, or its state is unknown.
 * Undefined where it runs, or is not an instance.
 */
export function machineStop({ index }: World, id: string | undefined): PathStep | undefined {
  if (id === undefined || !listsMachines(index)) return undefined;

  const found = index.find('instances', id);
  if (found.is === 'found') {
    return found.value.state === 'stopped' ? notRunning(id, found.value.nativeState) : undefined;
  }
  if (found.is === 'absent' || !isMachineId(id)) return undefined;

  return unknownStep('path/route', 'target', { kind: 'instance', id }, found.missing);
}

/** Whether a region's instances are listed: where every address has an interface, backends are known by those. */
export function listsMachines({ region, clouds }: RegionIndex): boolean {
  return !clouds.network(region).addressesAreInterfaces || region.instances !== undefined;
}

/**
 * Whether an ID is that of an ECS instance: interfaces also belong to resources that no list of instances contains.
 */
export function isMachineId(id: string): boolean {
  return id.startsWith('i-');
}

/** The step of a stopped instance. `target/instance-running` reports it, so no check here does. */
export function notRunning(id: string, state: string): PathStep {
  return failStep(undefined, 'target', () => ({
    kind: 'instance',
    id,
    text: `is ${state}`,
    ...calledTargetReasons.TARGET_NOT_RUNNING({ instance: id, state }),
  }));
}
