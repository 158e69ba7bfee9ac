import { InvalidInputError, PosternError } from '@postern/core/internal/library';
import type { LoggedRun } from '@postern/core/internal/node';
import { displayText } from '@postern/core/internal/report';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';

/** A run, and the journal that it is in. */
export interface Found {
  readonly run: LoggedRun;
  readonly journal: string;
}

/** The runs of several journals as one list, the newest first. */
export async function runsIn(journals: readonly string[], io: Io): Promise<AsyncIterable<Found>> {
  const { journalRuns } = await import('@postern/core/internal/node');
  const onNote = (text: string): void => note(io, text);
  return newestFirst(journals.map((journal) => ({ journal, runs: journalRuns(journal, { onNote }) })));
}

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
export async function holdersOf(found: readonly Found[]): Promise<ReadonlyMap<string, string>> {
  const newest = new Map(found.toReversed().map((one) => [one.journal, one]));
  const held = await Promise.all([...newest.values()].map(async (one) => [one.run.run, await holderOf(one)] as const));
  return new Map(held.flatMap(([run, holder]) => (holder === undefined ? [] : [[run, holder] as const])));
}

/** The process that holds the lock of a run that has not ended. */
export async function holderOf({ run: { outcome }, journal }: Found): Promise<string | undefined> {
  const { lockHolder } = await import('@postern/core/internal/node');
  return outcome === 'unfinished' ? lockHolder(journal) : undefined;
}

/** The first runs, and whether there are more. */
export async function firstOf(
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
export async function findRun(runs: AsyncIterable<Found>, id: string, journal: string): Promise<Found> {
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
