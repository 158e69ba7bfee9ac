import * as core from '@postern/core';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { mutated } from '../mutated.js';
import { DATA_PATH, type Simulate } from './data-path.js';
import { REPLACEMENT, type Core } from './replacement.js';
import { TEST_CALL } from './test-call.js';

const PROVE = process.env['POSTERN_PROVE'] !== undefined;
/** A module is bundled for each mistake. */
const TIMEOUT_MS = 120_000;
const CORE = [...REPLACEMENT, TEST_CALL];

/** What a scenario shows; a mistake may break it. */
async function shown(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return { error: String(error) };
  }
}

/** Planted mistakes of the data path, the probe, the drain and the guard: only with POSTERN_PROVE, since each takes seconds. */
describe.runIf(PROVE)('without a mistake', () => {
  it.each(DATA_PATH)('$title', async ({ run, wanted }) => expect(await run(simulate)).toEqual(wanted), TIMEOUT_MS);
  it.each(CORE)('$title', async ({ run, wanted }) => expect(await run(core)).toEqual(wanted), TIMEOUT_MS);
});

describe.runIf(PROVE)('a mistake is caught', () => {
  it.each(
    DATA_PATH.flatMap(({ run, wanted, mistakes }, scene) =>
      mistakes.map((mistake, at) => ({ ...mistake, run, wanted, name: `path-${scene}-${at}` })),
    ),
  )(
    'data path: $what',
    async ({ run, wanted, name, ...mistake }) => {
      const module = await mutated<{ readonly simulate: Simulate }>('testing/src/index.ts', mistake, name);
      expect(await shown(() => run(module.simulate))).not.toEqual(wanted);
    },
    TIMEOUT_MS,
  );

  it.each(
    CORE.flatMap(({ run, wanted, mistakes }, scene) =>
      mistakes.map((mistake, at) => ({ ...mistake, run, wanted, name: `core-${scene}-${at}` })),
    ),
  )(
    '$what',
    async ({ run, wanted, name, ...mistake }) => {
      const module = await mutated<Core>('core/src/index.ts', mistake, name);
      expect(await shown(() => run(module))).not.toEqual(wanted);
    },
    TIMEOUT_MS,
  );
});
