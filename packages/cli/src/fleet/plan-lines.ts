import { displayText } from '@postern/core/report';
import type { MoveRequest } from '@postern/core/moves';
import { wavesFor, type FleetPlan } from '@postern/fleet/config';
import type { FleetGoal, FleetHandover } from '@postern/fleet';
import { count } from '../output/quantities.js';

/** What a run does, as text. */
export function planLines(plan: FleetPlan, goal: FleetGoal): readonly string[] {
  const { fleet, accounts } = plan;
  const waves = wavesFor(plan, goal);
  return [
    `Fleet ${fleet}: ${workText(plan, goal)} in ${count(waves.length, 'wave')} and ${count(accounts.length, 'account')}`,
    ...waves.flatMap(({ name, approval, work }) => [
      `  ${name}${approval ? ' (needs an approval)' : ''}`,
      ...work
        .slice(0, MOST_SPECS)
        .flatMap((one) => [
          `    ${one.name}`,
          ...(one.moves?.moves ?? []).map(({ request }) => `      ${moveText(request)}`),
          ...(one.handovers?.handovers ?? []).map((handover) => `      ${handoverText(handover)}`),
        ]),
      ...(work.length > MOST_SPECS ? [`    and ${work.length - MOST_SPECS} more`] : []),
    ]),
  ].map((line) => displayText(line));
}

/** How many specs of a wave are listed as text. */
const MOST_SPECS = 20;

function workText(plan: FleetPlan, goal: FleetGoal): string {
  const work = wavesFor(plan, goal).flatMap((wave) => wave.work);
  const entries = work.flatMap(
    ({ moves, handovers }): readonly unknown[] => moves?.moves ?? handovers?.handovers ?? [],
  );
  if (goal === 'migrate') return count(entries.length, 'move');
  return goal === 'handover' ? count(entries.length, 'hand-over') : count(work.length, 'spec');
}

/** What moves where, as the file names it: `group shop-* to gateway-2026`. */
function moveText({ to, ...what }: MoveRequest): string {
  const parts = Object.entries(what).map(([key, text]) => `${key} ${text}`);
  return `${parts.join(', ')} to ${to}`;
}

/** `group shop-* RELEASE to gw-1`. */
function handoverText({ group, stage, gateway }: FleetHandover): string {
  return `group ${group} ${stage} to ${gateway ?? 'a gateway that is bought'}`;
}

/** The plan without its specs, which are long. */
export function shownPlan(plan: FleetPlan, goal: FleetGoal): object {
  const { waves: _waves, moveWaves: _moves, handoverWaves: _handovers, ...rest } = plan;
  const shown = wavesFor(plan, goal).map(({ work, ...wave }) => ({
    ...wave,
    specs: work.map(({ spec, moves, handovers, ...one }) => {
      if (moves !== undefined) return { ...one, moves: moves.moves };
      if (handovers !== undefined) return { ...one, handovers: handovers.handovers };
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
  return displayText(`${verb} ${workText(plan, goal)} of fleet ${fleet} in ${count(accounts.length, 'account')}?`);
}
