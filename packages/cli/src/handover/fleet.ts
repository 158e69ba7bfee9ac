import type { FleetHandover, UnitEvent } from '@postern/fleet/internal/fleet';
import { switchText } from './lines.js';
import { createCallPinned, handoverDriver, handoverReader } from '@postern/alibaba/internal/handover';
import type { Simulator } from '@postern/core/internal/library';
import type { WorkerOptions } from '@postern/fleet/worker';
import { resolverOf } from './options.js';
import { alibabaOptions } from '../session/load-driver.js';

/** How hand-overs of fleets are shown. */
export const handoverInFleets = {
  goal: 'handover',
  entryText: (entry: unknown): string => {
    const { group, stage, gateway } = entry as FleetHandover;
    return `group ${group} ${stage} to ${gateway ?? 'a gateway that is bought'}`; // group shop-* RELEASE to gw-1
  },
  eventText: (event: UnitEvent): string | undefined => {
    switch (event.type) {
      case 'handover.started':
        return `${event.stages.join(', ')}: ${event.steps} objects to build`;
      case 'handover.done':
        return event.result.state;
      case 'switch.started':
        return `switch of ${event.stages.join(', ')}`;
      case 'switch.done':
        return [event.result.state, ...event.result.notes].join('; ');
      case 'record.wanted':
      case 'switch.judged':
      case 'built.removed':
        return switchText(event);
      default:
        return undefined;
    }
  },
} as const;

/** What a worker carries out hand-overs with. The SDK is loaded with the first one. */
export async function handoverAccess(simulator: Simulator | undefined): Promise<Pick<WorkerOptions, 'handoverAccess'>> {
  const call = createCallPinned(simulator?.url);
  return {
    handoverAccess: {
      clientOf: (place, account) => {
        const options = alibabaOptions(place, simulator, account?.externalId);
        return { reader: handoverReader(options), driver: handoverDriver(options), call };
      },
      resolve: await resolverOf({}, simulator?.url),
    },
  };
}
