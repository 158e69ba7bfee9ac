import path from 'node:path';
import { displayText } from '@postern/core/internal/report';
import { journalFile, journalsIn, movesJournalFile } from '../../apply/journal.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { findRun, firstOf, holderOf, holdersOf, runsIn } from '../../log/find-runs.js';
import { runDetails, runTable } from '../../log/runs.js';
import { printJson, printLines } from '../../output/print.js';
import { loadSpec, loadSpecIfAny } from '../../spec/load-spec.js';

/**
 * `postern log`: the runs in the journal of a spec's project and in that of the moves of this folder, newest first; with `--run`, the
 * steps of one. Without a spec, the runs of all projects of this folder.
 */
export async function run({ io, args: [file], options }: CallOf<typeof grammar.log>): Promise<number> {
  const loaded = await loadSpecIfAny(file, io, { factsOnly: true });
  const moves = await movesJournalFile(io.cwd);
  const own = loaded && (await journalFile(loaded.folder, loaded.spec.project));
  const journals = [...(own === undefined ? await journalsIn(io.cwd) : [own]), moves];
  const runs = await runsIn(journals, io);
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
