import type { CallContext, Trace } from './call-context.js';

/** Attempts of cloud calls, by service and operation: `{ "apigatewayv2 CreateVpcLink": 1 }`. */
export type CallCounts = Readonly<Record<string, number>>;

/** A context that counts the attempts of the calls made with it, and the counts until now, by name. */
export function countCalls(context: CallContext): {
  readonly context: CallContext;
  readonly counts: () => CallCounts;
} {
  const counts = new Map<string, number>();
  const trace: Trace = (start) => {
    const name = `${start.service} ${start.operation}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return context.trace?.(start);
  };
  return { context: { ...context, trace }, counts: () => byName(counts) };
}

/** The sum of several counts, ordered by name. */
export function addCounts(all: readonly CallCounts[]): CallCounts {
  const sums = new Map<string, number>();
  for (const [name, calls] of all.flatMap((counts) => Object.entries(counts))) {
    sums.set(name, (sums.get(name) ?? 0) + calls);
  }
  return byName(sums);
}

/** By default texts are sorted by their code units. Each step of a run is counted, and most make few calls. */
function byName(counts: ReadonlyMap<string, number>): CallCounts {
  const sorted: Record<string, number> = {};
  for (const name of [...counts.keys()].sort()) sorted[name] = counts.get(name) ?? 0;
  return sorted;
}
