import { displayText } from '@postern/core/report';
import type { FleetPlan } from '@postern/fleet/config';
import type { FleetGoal } from '@postern/fleet';
import { count } from '../output/quantities.js';

/** What a run does, as text. */
export function planLines({ fleet, waves, accounts }: FleetPlan): readonly string[] {
  const specs = waves.reduce((sum, { work }) => sum + work.length, 0);
  return [
    `Fleet ${fleet}: ${count(specs, 'spec')} in ${count(waves.length, 'wave')} and ${count(accounts.length, 'account')}`,
    ...waves.flatMap(({ name, approval, work }) => [
      `  ${name}${approval ? ' (needs an approval)' : ''}`,
      ...work.slice(0, MOST_SPECS).map((one) => `    ${one.name}`),
      ...(work.length > MOST_SPECS ? [`    and ${work.length - MOST_SPECS} more`] : []),
    ]),
  ].map((line) => displayText(line));
}

/** How many specs of a wave are listed as text. */
const MOST_SPECS = 20;

/** The plan without its specs, which are long. */
export function shownPlan({ waves, ...rest }: FleetPlan): object {
  const shown = waves.map(({ work, ...wave }) => ({
    ...wave,
    specs: work.map(({ spec, ...one }) => ({
      ...one,
      project: spec.project,
      links: Object.keys(spec.links),
      integrations: Object.keys(spec.integrations),
    })),
  }));
  return { ...rest, waves: shown };
}

/** What is asked before a run that changes something. */
export function questionOf({ fleet, waves, accounts }: FleetPlan, goal: FleetGoal): string {
  const specs = waves.reduce((sum, { work }) => sum + work.length, 0);
  const verb = goal === 'migrate' ? 'Migrate' : 'Apply';
  return displayText(`${verb} ${count(specs, 'spec')} of fleet ${fleet} in ${count(accounts.length, 'account')}?`);
}
