import type { Snapshot } from '@postern/core';
import type { Simulation } from '@postern/simulator';

/** How long each backend takes, in simulated milliseconds: calls are in flight while paths change. */
export const BACKEND_MS = 50;

/** Gives every target of a snapshot a backend that answers with status 200. @returns how many */
export function scriptBackends({ backends }: Simulation, { regions }: Snapshot): number {
  const behavior = { status: 200, delayMs: BACKEND_MS, body: 'rehearsal' };
  for (const { targetGroups = [], services = [], targets } of regions) {
    for (const { targets: members = [], port } of targetGroups) {
      for (const member of members) add(member.id, member.port ?? port);
    }
    for (const { instances = [] } of services) {
      for (const { address, port } of instances) add(address, port);
    }
    for (const { resourceId, port } of targets) add(resourceId, port);
  }
  return backends.list().length;

  function add(place: string | undefined, port: number | undefined): void {
    if (place === undefined || port === undefined) return;
    if (place.startsWith('i-')) backends.add({ instance: place, port, behavior });
    else if (/^[0-9.]+$|:.*:/.test(place) && !place.startsWith('arn:'))
      backends.add({ address: place, port, behavior });
  }
}
