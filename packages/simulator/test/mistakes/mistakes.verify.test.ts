import { describe, expect, it } from 'vitest';
import { mutated, type Mistake } from '../mutated.js';
import { DATA_PATH, type Simulate } from './data-path.js';
import { DOMAINS } from './domains.js';
import { PICTURES, type Graphs } from './pictures.js';
import { PLANNER, type Planner } from './planner.js';
import { REPLACEMENT, type Core } from './replacement.js';
import { TERRAFORM, type Overlay } from './terraform.js';
import { TEST_CALL } from './test-call.js';
import { PROVE } from '../../../core/test/runs.js';

/** A module is bundled for each mistake. */
const TIMEOUT_MS = 120_000;
const CORE = [...REPLACEMENT, TEST_CALL];
const CALLS = [...DATA_PATH, ...DOMAINS];

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
  /** Bundled as with one: the text is replaced by itself. */
  async function bundled<M>(entry: string, [mistake]: readonly Mistake[], name: string): Promise<M> {
    if (mistake === undefined) throw new Error('a scenario has no mistake');
    return mutated<M>(entry, { ...mistake, to: mistake.from }, name);
  }

  it.each(CALLS.map((scenario, at) => ({ ...scenario, name: `path-${at}` })))(
    '$title',
    async ({ run, wanted, mistakes, name }) => {
      const module = await bundled<{ readonly simulate: Simulate }>('simulator/src/index.ts', mistakes, name);
      expect(await run(module.simulate)).toEqual(wanted);
    },
    TIMEOUT_MS,
  );

  it.each(CORE.map((scenario, at) => ({ ...scenario, name: `core-${at}` })))(
    '$title',
    async ({ run, wanted, mistakes, name }) => {
      expect(await run(await bundled<Core>('core/test/whole.ts', mistakes, name))).toEqual(wanted);
    },
    TIMEOUT_MS,
  );
});

/** Entries of core that are bundled alone. */
const ENTRIES = [
  {
    entry: 'simulator/test/mistakes/planner-of-clouds.ts',
    of: 'planner',
    ...PLANNER,
    run: (module: unknown) => PLANNER.run(module as Planner),
  },
  {
    entry: 'core/src/internal/graph.ts',
    of: 'pictures',
    ...PICTURES,
    run: (module: unknown) => PICTURES.run(module as Graphs),
  },
  {
    entry: 'simulator/test/mistakes/plans-of-aws.ts',
    of: 'overlay',
    ...TERRAFORM,
    run: (module: unknown) => TERRAFORM.run(module as Overlay),
  },
];

describe.runIf(PROVE).each(ENTRIES)('a mistake of the $of is caught', ({ entry, of, run, wanted, mistakes, title }) => {
  const [first] = mistakes;
  it(`${title}: without one`, async () => {
    if (first === undefined) throw new Error('there is no mistake');
    expect(await run(await mutated<unknown>(entry, { ...first, to: first.from }, of))).toEqual(wanted);
  });
  it.each(mistakes.map((mistake, at) => ({ ...mistake, name: `${of}-${at}` })))(
    '$what',
    async ({ name, ...mistake }) => {
      const module = await mutated<unknown>(entry, mistake, name);
      expect(await shown(() => run(module))).not.toEqual(wanted);
    },
    TIMEOUT_MS,
  );
});

describe.runIf(PROVE)('a mistake is caught', () => {
  it.each(
    CALLS.flatMap(({ run, wanted, mistakes }, scene) =>
      mistakes.map((mistake, at) => ({ ...mistake, run, wanted, name: `path-${scene}-${at}` })),
    ),
  )(
    'data path: $what',
    async ({ run, wanted, name, ...mistake }) => {
      const module = await mutated<{ readonly simulate: Simulate }>('simulator/src/index.ts', mistake, name);
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
      const module = await mutated<Core>('core/test/whole.ts', mistake, name);
      expect(await shown(() => run(module))).not.toEqual(wanted);
    },
    TIMEOUT_MS,
  );
});
