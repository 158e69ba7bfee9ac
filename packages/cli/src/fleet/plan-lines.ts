import { counted, displayText } from '@postern/core/internal/report';
import type { MoveRequest } from '@postern/core/internal/moves';
import type { FleetGoal } from '@postern/fleet/internal/fleet';
import { broughtWorkOf, wavesFor, type FleetPlan } from '@postern/fleet/internal/config';
import { BROUGHT_WORDS } from './brought-words.js';
import { entryText } from './brought.js';

/** What a run does, as text. */
export function planLines(plan: FleetPlan, goal: FleetGoal): readonly string[] {
  const { fleet, accounts } = plan;
  const waves = wavesFor(plan, goal);
  return [
    `Fleet ${fleet}: ${workText(plan, goal)} in ${counted(waves.length, 'wave')} and ${counted(accounts.length, 'account')}`,
    ...waves.flatMap(({ name, approval, work }) => [
      `  ${name}${approval ? ' (needs an approval)' : ''}`,
      ...work
        .slice(0, MOST_SPECS)
        .flatMap((one) => [
          `    ${one.name}`,
          ...(one.moves?.moves ?? []).map(({ request }) => `      ${moveText(request)}`),
          ...(broughtWorkOf(one)?.entries ?? []).map((entry) => `      ${entryText(goal, entry)}`),
        ]),
      ...(work.length > MOST_SPECS ? [`    and ${work.length - MOST_SPECS} more`] : []),
    ]),
  ].map((line) => displayText(line));
}

/** How many specs of a wave are listed as text. */
const MOST_SPECS = 20;

function workText(plan: FleetPlan, goal: FleetGoal): string {
  const work = wavesFor(plan, goal).flatMap((wave) => wave.work);
  const entries = work.flatMap((one): readonly unknown[] => one.moves?.moves ?? broughtWorkOf(one)?.entries ?? []);
  const noun = goal === 'migrate' ? 'move' : BROUGHT_WORDS.find((one) => one.goal === goal)?.noun;
  return noun === undefined ? counted(work.length, 'spec') : counted(entries.length, noun);
}

/** What moves where, as the file names it: `group shop-* to gateway-2026`. */
function moveText({ to, ...what }: MoveRequest): string {
  const parts = Object.entries(what).map(([key, text]) => `${key} ${text}`);
  return `${parts.join(', ')} to ${to}`;
}

/** The plan without its specs, which are long. */
export function shownPlan(plan: FleetPlan, goal: FleetGoal): object {
  const rest = Object.fromEntries(Object.entries(plan).filter(([key]) => !/waves$/i.test(key)));
  const shown = wavesFor(plan, goal).map(({ work, ...wave }) => ({
    ...wave,
    specs: work.map((whole) => {
      const { name, file, account, region, spec, moves } = whole;
      const one = { name, file, account, region };
      if (moves !== undefined) return { ...one, moves: moves.moves };

      const brought = broughtWorkOf(whole);
      if (brought !== undefined) return { ...one, [brought.key]: brought.entries };

      const { project, links, integrations } = spec;
      return { ...one, project, links: Object.keys(links), integrations: Object.keys(integrations) };
    }),
  }));
  return { ...rest, waves: shown };
}

/** What is asked before a run that changes something. */
export function questionOf(plan: FleetPlan, goal: FleetGoal, back: boolean): string {
  const { fleet, accounts } = plan;
  const verb = goal === 'apply' ? 'Apply' : back ? 'Return what was begun of' : 'Make';
  return displayText(`${verb} ${workText(plan, goal)} of fleet ${fleet} in ${counted(accounts.length, 'account')}?`);
}
