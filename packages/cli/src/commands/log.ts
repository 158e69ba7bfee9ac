import path from 'node:path';
import { displayText, InvalidInputError, PosternError, type LoggedRun } from '@postern/core';
import { journalFile } from '../apply/journal.js';
import type { Invocation } from '../invocation.js';
import { runDetails } from '../log/run-details.js';
import { runTable } from '../log/run-table.js';
import { note, printJson, printLines } from '../output/print.js';
import { loadSpec } from '../spec/load-spec.js';

interface Options {
  readonly run?: string | undefined;
  readonly limit?: number | undefined;
}

/** `postern log`: the runs in the journal of a spec's project, newest first; with `--run`, the steps of one. */
export async function run({ io, args: [file], options }: Invocation<Options>): Promise<number> {
  const { spec, folder } = await loadSpec(file, io, { factsOnly: true });
  const { journalRuns, lockHolder } = await import('@postern/core/node');
  const journal = await journalFile(folder, spec.project);
  const runs = journalRuns(journal, { onNote: (text) => note(io, text) });
  if (options.run !== undefined) {
    const found = await findRun(runs, options.run, path.relative(io.cwd, journal));
    const heldBy = await holderOf(found, () => lockHolder(journal));
    if (options.json === true) printJson(io, { project: spec.project, run: { ...found, heldBy } });
    else printLines(io, ...runDetails(found, heldBy));
    return 0;
  }
  const { shown, isMore } = await firstOf(runs, options.limit ?? DEFAULT_LIMIT);
  const [newest] = shown;
  const heldBy = newest && (await holderOf(newest, () => lockHolder(journal)));
  if (options.json === true) {
    const list = shown.map((one, index) => ({ ...one, steps: undefined, heldBy: index === 0 ? heldBy : undefined }));
    printJson(io, { project: spec.project, runs: list, more: isMore });
    return 0;
  }
  if (newest === undefined)
    printLines(
      io,
      `No runs of project ${displayText(spec.project)} in ${displayText(path.relative(io.cwd, journal))}.`,
    );
  else printLines(io, ...runTable(shown, heldBy));
  if (isMore) printLines(io, `Older runs exist: --limit shows more than ${shown.length}.`);
  return 0;
}

const DEFAULT_LIMIT = 20;

/** Only the newest run can hold the lock, and only until it has ended. */
async function holderOf(run: LoggedRun, holder: () => Promise<string | undefined>): Promise<string | undefined> {
  return run.outcome === 'unfinished' ? holder() : undefined;
}

async function firstOf(
  runs: AsyncIterable<LoggedRun>,
  limit: number,
): Promise<{ readonly shown: readonly LoggedRun[]; readonly isMore: boolean }> {
  const shown: LoggedRun[] = [];
  for await (const one of runs) {
    if (shown.length === limit) return { shown, isMore: true };
    shown.push(one);
  }
  return { shown, isMore: false };
}

/** The run with this ID, or whose ID begins or ends with it; `last` is the newest. */
async function findRun(runs: AsyncIterable<LoggedRun>, id: string, journal: string): Promise<LoggedRun> {
  const found: LoggedRun[] = [];
  for await (const one of runs) {
    if (one.run === id || id === 'last') return one;
    if (one.run.startsWith(id) || one.run.endsWith(id)) found.push(one);
  }
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) {
    throw new PosternError('NOT_FOUND', `log: no run ${displayText(id)} in ${displayText(journal)}`, {
      remedy: 'List the runs with `postern log`.',
    });
  }
  const some = found.slice(0, 5).map((one) => displayText(one.run));
  throw new InvalidInputError('AMBIGUOUS', `log: ${found.length} runs match ${displayText(id)}: ${some.join(', ')}`, {
    remedy: 'Write the whole ID of one of them.',
  });
}
