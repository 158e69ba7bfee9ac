import type { JournalRecord } from '../../do/apply/journal.js';
import { membersOf } from '../../do/apply/recorded-runs.js';
import type { Json } from '../../ground/json.js';
import type { MovePlan } from '../plan/move-plan.js';
import { WHOLE } from './history.js';

/** Of the JSON text of a plan in one record. A line of a journal has at most 1 MiB, and escapes make a text longer. */
const PART = 100_000;

/**
 * The records with which a move begins: the run with its plan, or, of a plan of hundreds of units, the run and then the
 * plan in parts. A process that ended before the last part has changed nothing.
 */
export function withPlan(
  value: Readonly<Record<string, Json>>,
  plan: MovePlan,
): readonly Omit<JournalRecord, 'at' | 'run'>[] {
  const text = JSON.stringify(plan);
  if (text.length <= PART) return [{ type: 'run', value: { ...value, plan: JSON.parse(text) as Json } }];

  const parts: string[] = [];
  for (let from = 0; from < text.length;) {
    // A pair of surrogates stays together.
    const to = from + PART - (/[\uD800-\uDBFF]/.test(text.charAt(from + PART - 1)) ? 1 : 0);
    parts.push(text.slice(from, to));
    from = to;
  }
  return [
    { type: 'run', value: { ...value, planParts: parts.length } },
    ...parts.map((part, at) => ({ type: 'after' as const, unit: WHOLE, step: `plan ${at + 1}`, value: part })),
  ];
}

/** The plan with which a run began; undefined: it has none, or not all of its parts. */
export function planIn({ value }: JournalRecord, records: readonly JournalRecord[]): MovePlan | undefined {
  const { plan, planParts } = membersOf(value);
  if (typeof planParts !== 'number') return plan as unknown as MovePlan | undefined; // as the run wrote it

  const parts = records.filter(isPart).slice(0, planParts);
  return parts.length < planParts ? undefined : (JSON.parse(parts.map((part) => part.value).join('')) as MovePlan);
}

/** Whether a record has a part of the plan of its run. */
const isPart = ({ type, unit, step = '', value }: JournalRecord): boolean =>
  type === 'after' && unit === WHOLE && typeof value === 'string' && /^plan \d+$/.test(step);
