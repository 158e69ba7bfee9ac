// Of `npm run prove`: each property has seconds, and takes as many of its runs as they allow. How many it took is noted for the part, as
// `seeds` of packages/core/test/runs.ts does.
import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect } from 'vitest';

const BUDGET_MS = 5_000 * Number(process.env.POSTERN_BUDGET ?? 1);

fc.configureGlobal({
  interruptAfterTimeLimit: BUDGET_MS,
  reporter(details) {
    const { numRuns: seeds, interrupted: isCut, failed, errorInstance: cause } = details;
    const file = process.env.POSTERN_SEEDS;
    if (file !== undefined)
      appendFileSync(file, `${JSON.stringify({ test: expect.getState().currentTestName, seeds, isCut })}\n`);
    if (failed) throw new Error(fc.defaultReportMessage(details), { cause });
  },
});
