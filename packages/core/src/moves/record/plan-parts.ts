import type { JournalRecord } from '../../do/apply/journal.js';
import type { Json } from '../../ground/json.js';
import type { MovePlan } from '../plan/move-plan.js';

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
    ...parts.map((part, at) => ({ type: 'after' as const, unit: 'move', step: `plan ${at + 1}`, value: part })),
  ];
}

/** Collects the parts of a plan, beginning with its run: the plan and its records, once the last part is there. */
export function collectPlan(
  begin: JournalRecord,
  wanted: number,
): (record: JournalRecord) => { readonly plan: MovePlan; readonly all: JournalRecord[] } | undefined {
  const all = [begin];
  return (record) => {
    if (typeof record.value !== 'string' || !/^plan \d+$/.test(record.step ?? '')) return undefined;

    all.push(record);
    if (all.length <= wanted) return undefined;

    const text = all.slice(1).map(({ value }) => value as string);
    return { plan: JSON.parse(text.join('')) as MovePlan, all };
  };
}
