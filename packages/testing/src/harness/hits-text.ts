import type { FuzzReport } from './fuzz.js';

/** How often each event met each operation, one line for an operation: `CreateVpcLink  lost 12, kill 3`. */
export function hitsText({ trials, runs, kills, routeCalls, hits }: FuzzReport): string {
  const lines = new Map<string, string[]>();
  for (const { what, hits: count } of hits) {
    const [at = '', kind = ''] = what.split(' ');
    lines.set(at, [...(lines.get(at) ?? []), `${kind} ${count}`]);
  }
  const met = hits.reduce((sum, one) => sum + one.hits, 0);
  return [
    `${trials} trials, ${runs} runs, ${kills} kills, ${routeCalls} calls of routes, ${met} events, ${hits.length} pairs of operation and event`,
    ...[...lines].map(([at, kinds]) => `${at}  ${kinds.join(', ')}`),
  ].join('\n');
}
