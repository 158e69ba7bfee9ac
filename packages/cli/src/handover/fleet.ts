import type { FleetHandover, UnitEvent } from '@postern/fleet/internal/fleet';
import { switchText } from './lines.js';

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
