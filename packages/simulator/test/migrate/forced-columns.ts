import type { Forced } from './forced.js';

/** The last two columns of a row of the page: what happened, and which calls were lost. */
export type Columns = readonly [happened: string, lost: string];

const HAPPENED: Readonly<Record<string, string>> = {
  refused: 'the call is refused',
  fails: 'the move fails',
  'cut off': 'the move succeeds',
  'not answered': 'the move succeeds',
  changed: 'the move succeeds, and the setting has changed',
  'back: fails': 'the move succeeds, and the move back fails',
  'back: cut off': 'the move and the move back succeed',
};

/** A run as columns. @throws {Error} for an outcome that no fault predicts */
export function columnsOf({ id, outcome, calls, lost, routes }: Forced): Columns {
  const happened = HAPPENED[outcome];
  if (happened === undefined) throw new Error(`${id}: "${outcome}" is not an outcome`);
  const number = (count: number): string => count.toLocaleString('en-US');
  const of = routes.length === 0 ? '' : `: ${routes.map((name) => `\`${name}\``).join(', ')}`;
  return [happened, `${number(lost)} of ${number(calls)}${of}`];
}

/** The columns that a page has, by the ID of the fault. */
export function columnsIn(page: string): ReadonlyMap<string, Columns> {
  const rows = page.matchAll(/^\| [^|]+ \| `([\w-]+)` \|.*\| ([^|]+) \| ([^|]+) \|$/gm);
  return new Map([...rows].map(([, id = '', happened = '', lost = '']) => [id, [happened, lost]]));
}
