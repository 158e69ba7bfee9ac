import type { PrivateIntegrations } from '../src/do/private-integrations.js';
import type { Spec } from '../src/do/spec.js';
import type { Plan } from '../src/do/plan/plan.js';

/** Calls by operation. */
export type Counts = Readonly<Record<string, number>>;

export const sum = (counts: Counts): number => Object.values(counts).reduce((a, b) => a + b, 0);

/** What was called beyond a reading. */
function beyond(counts: Counts, reading: Counts): Counts {
  return Object.fromEntries(
    Object.entries(counts)
      .map(([name, count]) => [name, count - (reading[name] ?? 0)] as const)
      .filter(([, count]) => count !== 0),
  );
}

/** Plans and applies specs by new gates, and counts all calls of both. */
export function allCalls(
  gate: () => PrivateIntegrations,
  journal: () => readonly { readonly operation: string }[],
): (spec: Spec) => Promise<Counts> {
  return (spec) =>
    counted(journal, async () => {
      const one = gate();
      await applyAll(one, await one.plan(spec));
    });
}

/** Applies specs by new gates, and counts the calls of each apply beyond its reading. */
export function appliedCalls(
  gate: () => PrivateIntegrations,
  journal: () => readonly { readonly operation: string }[],
): (spec: Spec) => Promise<Counts> {
  return async (spec) => {
    const plan = await gate().plan(spec);
    const reading = await counted(journal, () => gate().plan(spec));
    const made = await counted(journal, () => applyAll(gate(), plan));
    return beyond(made, reading);
  };
}

/** Destroys what specs declare by new gates, and counts all calls. */
export function removedCalls(
  gate: () => PrivateIntegrations,
  journal: () => readonly { readonly operation: string }[],
): (spec: Spec) => Promise<Counts> {
  return (spec) =>
    counted(journal, async () => {
      for await (const event of gate().destroy(spec))
        if (event.type === 'step.failed') throw new Error(event.error.message);
    });
}

async function counted(
  journal: () => readonly { readonly operation: string }[],
  work: () => Promise<unknown>,
): Promise<Counts> {
  const from = journal().length;
  await work();
  const made: Record<string, number> = {};
  for (const { operation } of journal().slice(from)) made[operation] = (made[operation] ?? 0) + 1;
  return made;
}

async function applyAll(gate: PrivateIntegrations, plan: Plan): Promise<void> {
  for await (const event of gate.apply(plan, { ignoreFindings: ['*'], probe: false, allowPurchase: true }))
    if (event.type === 'step.failed') throw new Error(event.error.message);
}
