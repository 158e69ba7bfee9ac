import type { FleetHandover } from '@postern/fleet';
import type { BroughtText } from '../fleet/brought-text.js';
import { switchText } from './lines.js';

/** How hand-overs of fleets are shown. */
export const handoverInFleets: BroughtText = {
  goal: 'handover',
  entryText: (entry) => {
    const { group, stage, gateway } = entry as FleetHandover;
    return `group ${group} ${stage} to ${gateway ?? 'a gateway that is bought'}`; // group shop-* RELEASE to gw-1
  },
  eventText: (event) => {
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
};
