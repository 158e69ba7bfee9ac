import type { UnitEvent } from '@postern/fleet';
import { handoverInFleets } from '../handover/fleet.js';
import type { BroughtText } from './brought-text.js';

/** How the kinds of work are shown that clouds bring to fleets. */
const BROUGHT: readonly BroughtText[] = [handoverInFleets];

/** An entry of a file, by the goal that carries it out. */
export function entryText(goal: string, entry: unknown): string {
  return BROUGHT.find((one) => one.goal === goal)?.entryText(entry) ?? '';
}

/** An event of a unit of such a kind. */
export function broughtEventText(event: UnitEvent): string {
  for (const one of BROUGHT) {
    const text = one.eventText(event);
    if (text !== undefined) return text;
  }
  return event.type;
}
