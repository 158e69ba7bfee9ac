import type { LoggedCounts, LoggedRun } from '@postern/core/node';
import { displayText, lengthOfTime } from '@postern/core/report';
import { table } from '../output/table.js';

const HEAD = ['RUN', 'STARTED', 'COMMAND', 'CHANGES', 'DURATION', 'CALLS', 'OUTCOME'];

/** Runs as a table, newest first. `heldBy`: the holder of the lock of an unfinished run's journal. */
export function runTable(
  runs: readonly LoggedRun[],
  heldBy: ReadonlyMap<string, string>,
  columns?: number,
): readonly string[] {
  return table(
    HEAD,
    runs.map((run) => [
      displayText(shortId(run.run)),
      displayText(run.startedAt.replace(/\.\d+Z$/, 'Z')),
      displayText(commandText(run)),
      run.changes === undefined ? '-' : countsText(run.changes),
      run.durationMs === undefined ? '-' : lengthOfTime(run.durationMs),
      run.calls === undefined ? '-' : String(totalCalls(run.calls)),
      outcomeText(run, heldBy.get(run.run)),
    ]),
    { columns },
  );
}

/** `migrate run 0123456789abcdef: a1b2c3d4e5 and 2 more`: the move, and the gateways that it moves. */
function commandText({ command, move, moved }: LoggedRun): string {
  if (move === undefined) return command;
  const gateways = [...new Set(moved?.units.map(({ gateway }) => gateway))];
  return gateways.length === 0 ? `${command} ${move}` : `${command} ${move}: ${some(gateways, 1)}`;
}

/** The first texts of a list, with the number of the others. */
export function some(texts: readonly string[], most: number): string {
  const rest = texts.length - most;
  return texts.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** `1a2b3c4d` of `2026-06-01T09:00:00.000Z-1a2b3c4d`; another ID is shown in full. */
function shortId(id: string): string {
  return /Z-([0-9a-f]{8})$/.exec(id)?.[1] ?? id;
}

/** `4 done, 1 interrupted, 2 not tried` */
export function countsText({ done, failed, interrupted = 0, skipped }: LoggedCounts): string {
  const parts = [`${done} done`];
  if (interrupted > 0) parts.push(`${interrupted} interrupted`);
  if (failed > 0) parts.push(`${failed} failed`);
  if (skipped > 0) parts.push(`${skipped} not tried`);
  return parts.join(', ');
}

/** All calls, whatever the operation. */
export function totalCalls(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((sum, one) => sum + one, 0);
}

/** `done`; for an unfinished run, whether it is in progress, and the steps that have begun and not ended. */
export function outcomeText(run: LoggedRun, heldBy: string | undefined): string {
  if (run.outcome !== 'unfinished') return run.outcome;
  const open = run.steps.filter(({ outcome }) => outcome === 'unfinished');
  const [first] = open;
  const state = heldBy === undefined ? 'not finished' : `in progress, ${heldBy}`;
  if (first === undefined) return displayText(`${state}, between two steps`);
  const more = open.length === 1 ? '' : ` and ${open.length - 1} more`;
  return displayText(`${state}, in ${first.unit}: ${stepText(first)}${more}`);
}

/** `create link main`, with the part where the step has several. */
export function stepText({ step, part }: { readonly step: string; readonly part?: string | undefined }): string {
  return part === undefined ? step : `${step}: ${part}`;
}
