import type { LoggedRun } from '@postern/core/internal/node';
import { z } from 'zod';
import { journalFile } from '../../apply/journal.js';
import { findRun, firstOf, holderOf, holdersOf, runsIn } from '../../log/find-runs.js';
import { runDetails, runTable } from '../../log/runs.js';
import { specOf } from '../scope.js';
import { READS_HERE, tool } from '../tool.js';

const MOST_RUNS = 10;
const MOST_STEPS = 60;

const step = z.object({ unit: z.string(), step: z.string(), outcome: z.string(), error: z.string().optional() });
const run = z.object({
  run: z.string(),
  command: z.string(),
  outcome: z.string(),
  startedAt: z.string(),
  lastAt: z.string(),
  heldBy: z.string().optional().describe('The process that still runs'),
  planned: z.number().optional(),
  steps: z.array(step).optional(),
});

export const status = tool({
  name: 'status',
  title: 'Status of runs',
  description: 'Lists past and current runs of this project from its journal, or the steps of one.',
  input: z.object({
    run: z.string().max(100).optional().describe('ID of a run, its first or last characters, or last'),
  }),
  output: z.object({ runs: z.array(run), more: z.boolean() }),
  hints: READS_HERE,
  run: async ({ run: id }, call) => {
    const { spec, folder } = await specOf(call);
    const runs = await runsIn([await journalFile(folder, spec.project)], call.io);
    if (id !== undefined) {
      const found = await findRun(runs, id, `the journal of ${spec.project}`);
      const heldBy = await holderOf(found);
      const one = { ...factsOf(found.run, heldBy), steps: stepsOf(found.run) };
      return { data: { runs: [one], more: false }, lines: runDetails(found.run, heldBy) };
    }

    const { shown, isMore } = await firstOf(runs, MOST_RUNS);
    const holders = await holdersOf(shown);
    const all = shown.map((one) => one.run);
    return {
      data: { runs: all.map((one) => factsOf(one, holders.get(one.run))), more: isMore },
      lines: all.length === 0 ? [`No runs of project ${spec.project}.`] : runTable(all, holders),
    };
  },
});

function factsOf(
  { run: id, command, outcome, startedAt, lastAt, planned }: LoggedRun,
  heldBy: string | undefined,
): z.input<typeof run> {
  return { run: id, command, outcome, startedAt, lastAt, heldBy, planned };
}

/** The last steps: they show how a run ended. */
function stepsOf({ steps }: LoggedRun): readonly z.input<typeof step>[] {
  return steps.slice(-MOST_STEPS).map(({ unit, step: name, outcome, error }) => ({
    unit,
    step: name,
    outcome,
    error: error && `${error.code}: ${error.message}`,
  }));
}
