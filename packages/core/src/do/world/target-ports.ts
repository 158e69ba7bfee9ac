import type { Target } from '../model/target.js';
import type { RegionIndex } from './views.js';

/** Targets by what they belong to, and their port. */
type ByPort = ReadonlyMap<string, ReadonlyMap<number, readonly Target[]>>;

/** The targets of a region that have a port. */
export interface TargetPorts {
  /** By the load balancer, the machine or the address. */
  readonly byResource: ByPort;
  /** By its name, which of a listener is that of its load balancer. */
  readonly byName: ByPort;
}

/** The targets of a region by their ports, indexed once. */
export function targetPorts(region: RegionIndex): TargetPorts {
  return region.derived('targets by port', readTargetPorts);
}

function readTargetPorts(region: RegionIndex): TargetPorts {
  const byResource = new Map<string, Map<number, Target[]>>();
  const byName = new Map<string, Map<number, Target[]>>();
  for (const target of region.region.targets) {
    const { resourceId, name, port } = target;
    if (port === undefined) continue;
    if (resourceId !== undefined) add(byResource, resourceId, port, target);
    if (name !== undefined) add(byName, name, port, target);
  }
  return { byResource, byName };
}

function add(to: Map<string, Map<number, Target[]>>, key: string, port: number, target: Target): void {
  let own = to.get(key);
  if (own === undefined) {
    own = new Map();
    to.set(key, own);
  }
  const there = own.get(port);
  if (there === undefined) own.set(port, [target]);
  else there.push(target);
}
