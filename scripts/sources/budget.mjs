// Of `npm run prove`: each property has seconds, and takes as many of its runs as they allow. How many it took is noted
// for the part, as `seeds` of packages/core/test/runs.ts does.
import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect } from 'vitest';

const BUDGET_MS = 10_000 * Number(process.env.POSTERN_BUDGET ?? 1);

function note({ numRuns: seeds, interrupted: isCut }) {
  const file = process.env.POSTERN_SEEDS;
  if (file === undefined) return;
  const { currentTestName: test } = expect.getState();
  appendFileSync(file, `${JSON.stringify({ test, seeds, isCut })}\n`);
}

fc.configureGlobal({
  interruptAfterTimeLimit: BUDGET_MS,
  reporter(details) {
    note(details);
    if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
  },
  async asyncReporter(details) {
    note(details);
    if (details.failed) throw new Error(await fc.asyncDefaultReportMessage(details), { cause: details.errorInstance });
  },
});
