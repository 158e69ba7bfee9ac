import type { MoveStatus } from '@postern/core/moves';
import { displayText } from '@postern/core/report';
import { count } from '../output/quantities.js';

/** A move for people: where it is, what was added, what to do next. */
export function statusLines({ move, from, to, state, phase, at, units, added, drainedAt, next }: MoveStatus): string[] {
  const on = (where: string): number => units.filter((unit) => unit.at === where).length;
  const rest = units.filter((unit) => unit.at !== 'new' && unit.at !== 'old');
  return [
    `${move}  ${from} → ${to}  ${state}, phase ${phase}, last record ${at}`,
    `  ${count(units.length, 'unit')}: ${on('new')} on ${to}, ${on('old')} on ${from}`,
    ...rest.map((unit) => `  ${unit.name}: ${unit.at}${unit.because === undefined ? '' : `: ${unit.because}`}`),
    ...(added.length === 0 ? [] : [`  added: ${added.join('; ')}`]),
    ...(drainedAt === undefined ? [] : [`  the drain ends at ${drainedAt}`]),
    `  next: ${next}`,
  ].map((line) => displayText(line));
}
