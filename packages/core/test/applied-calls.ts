import type { PrivateIntegrations } from '../src/do/private-integrations.js';
import type { Spec } from '../src/do/model/spec.js';

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

/** Applies specs by new gates, and counts the calls of each apply beyond its reading. */
export function appliedCalls(
  gate: () => PrivateIntegrations,
  journal: () => readonly { readonly operation: string }[],
): (spec: Spec) => Promise<Counts> {
  const counted = async (work: (one: PrivateIntegrations) => Promise<unknown>): Promise<Counts> => {
    const from = journal().length;
    await work(gate());
    const made: Record<string, number> = {};
    for (const { operation } of journal().slice(from)) made[operation] = (made[operation] ?? 0) + 1;
    return made;
  };
  return async (spec) => {
    const plan = await gate().plan(spec);
    const reading = await counted((one) => one.plan(spec));
    const made = await counted(async (one) => {
      for await (const event of one.apply(plan, { ignoreFindings: ['*'], probe: false, allowPurchase: true }))
        if (event.type === 'step.failed') throw new Error(event.error.message);
    });
    return beyond(made, reading);
  };
}
