import path from 'node:path';
import { InvalidInputError, PosternError } from '@postern/core';
import type { LoggedRun } from '@postern/core/node';
import { displayText } from '@postern/core/report';
import { journalFile, journalsIn, movesJournalFile } from '../../apply/journal.js';
import type { Invocation } from '../../invocation.js';
import { runDetails } from '../../log/run-details.js';
import { runTable } from '../../log/run-table.js';
import { note, printJson, printLines } from '../../output/print.js';
import { loadSpec, loadSpecIfAny } from '../../spec/load-spec.js';

interface Options {
  readonly run?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * `postern log`: the runs in the journal of a spec's project and in that of the moves of this folder, newest first; with `--run`, the
 * steps of one. Without a spec, the runs of all projects of this folder.
 */
export async function run({ io, args: [file], options }: Invocation<Options>): Promise<number> {
  const loaded = await loadSpecIfAny(file, io, { factsOnly: true });
  const moves = await movesJournalFile(io.cwd);
  const own = loaded && (await journalFile(loaded.folder, loaded.spec.project));
  const journals = [...(own === undefined ? await journalsIn(io.cwd) : [own]), moves];
  const { journalRuns } = await import('@postern/core/node');
  const runs = newestFirst(
    journals.map((one) => ({ journal: one, runs: journalRuns(one, { onNote: (text) => note(io, text) }) })),
  );
  const project = loaded?.spec.project;
  if (options.run !== undefined) {
    const found = await findRun(runs, options.run, path.relative(io.cwd, journals[0] ?? moves));
    const heldBy = await holderOf(found);
    if (options.json === true) printJson(io, { project, run: { ...found.run, heldBy } });
    else printLines(io, ...runDetails(found.run, heldBy, io.stdout.columns));
    return 0;
  }
  const { shown, isMore } = await firstOf(runs, options.limit ?? DEFAULT_LIMIT);
  // Without a spec and without moves, the spec is what is missing.
  if (loaded === undefined && shown.length === 0) await loadSpec(file, io, { factsOnly: true });
  const holders = await holdersOf(shown);
  if (options.json === true) {
    const list = shown.map(({ run: one }) => ({ ...one, steps: undefined, heldBy: holders.get(one.run) }));
    printJson(io, { project, runs: list, more: isMore });
    return 0;
  }
  if (shown.length === 0)
    printLines(
      io,
      `No runs of project ${displayText(project ?? '')} in ${displayText(path.relative(io.cwd, journals[0] ?? moves))}.`,
    );
  else
    printLines(
      io,
      ...runTable(
        shown.map((one) => one.run),
        holders,
        io.stdout.columns,
      ),
    );
  if (isMore) printLines(io, `Older runs exist: --limit shows more than ${shown.length}.`);
  return 0;
}

const DEFAULT_LIMIT = 20;

/** A run, and the journal that it is in. */
interface Found {
  readonly run: LoggedRun;
  readonly journal: string;
}

/** The runs of several journals as one list. */
async function* newestFirst(
  journals: readonly { readonly journal: string; readonly runs: AsyncGenerator<LoggedRun, void, undefined> }[],
): AsyncGenerator<Found, void, undefined> {
  const nextOf = async (of: (typeof journals)[number]) => ({ of, next: await of.runs.next() });
  const heads = await Promise.all(journals.map(nextOf));
  for (;;) {
    const left = heads.flatMap(({ of, next }, at) => (next.done === true ? [] : [{ of, at, run: next.value }]));
    const [first] = left.toSorted((a, b) => (a.run.startedAt < b.run.startedAt ? 1 : -1));
    if (first === undefined) return;
    yield { run: first.run, journal: first.of.journal };
    heads[first.at] = await nextOf(first.of);
  }
}

/** Only the newest run of a journal can hold its lock, and only until it has ended. */
async function holdersOf(found: readonly Found[]): Promise<ReadonlyMap<string, string>> {
  const newest = new Map(found.toReversed().map((one) => [one.journal, one]));
  const held = await Promise.all([...newest.values()].map(async (one) => [one.run.run, await holderOf(one)] as const));
  return new Map(held.flatMap(([run, holder]) => (holder === undefined ? [] : [[run, holder] as const])));
}

async function holderOf({ run: { outcome }, journal }: Found): Promise<string | undefined> {
  const { lockHolder } = await import('@postern/core/node');
  return outcome === 'unfinished' ? lockHolder(journal) : undefined;
}

async function firstOf(
  runs: AsyncIterable<Found>,
  limit: number,
): Promise<{ readonly shown: readonly Found[]; readonly isMore: boolean }> {
  const shown: Found[] = [];
  for await (const one of runs) {
    if (shown.length === limit) return { shown, isMore: true };
    shown.push(one);
  }
  return { shown, isMore: false };
}

/** The run with this ID, or whose ID begins or ends with it; `last` is the newest. */
async function findRun(runs: AsyncIterable<Found>, id: string, journal: string): Promise<Found> {
  const found: Found[] = [];
  for await (const one of runs) {
    const { run } = one.run;
    if (run === id || id === 'last') return one;
    if (run.startsWith(id) || run.endsWith(id)) found.push(one);
  }
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) {
    throw new PosternError('NOT_FOUND', `log: no run ${displayText(id)} in ${displayText(journal)}`, {
      remedy: 'List the runs with `postern log`.',
    });
  }
  const some = found.slice(0, 5).map((one) => displayText(one.run.run));
  throw new InvalidInputError('AMBIGUOUS', `log: ${found.length} runs match ${displayText(id)}: ${some.join(', ')}`, {
    remedy: 'Write the whole ID of one of them.',
  });
}
