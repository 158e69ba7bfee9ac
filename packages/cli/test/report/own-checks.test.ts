import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { snapshotScene } from './snapshot-scene.js';

const CORE = '@postern/core/check';

/** A check in TypeScript that fails for each link. */
const program = (
  from: string,
  run = 'yield say.NO_OWNER({ subject: `link ${name}` }, { name });',
) => `import type { Check } from '@postern/core/check';
import { defineCheck, fail } from '${from}';
const owner: Check = defineCheck({
  id: 'acme/owner', title: 'A link has an owner', severity: 'error', about: 'Looks for an owner.', sources: [],
  codes: { NO_OWNER: fail('{name} has no owner', 'Name one.') },
  *run({ links }, say) {
    for (const { name } of links as { name: string }[]) { ${run} }
  },
});
export default [owner];
`;

async function scene(text: string) {
  const { cwd, check, file } = await snapshotScene();
  writeFileSync(path.join(cwd, 'acme.ts'), text);
  return { cwd, file, check: (...options: readonly string[]) => check('--checks', 'acme.ts', ...options) };
}

const found = (out: string) =>
  (JSON.parse(out) as { readonly findings: readonly Record<string, unknown>[] }).findings.map(
    ({ check, verdict, subject, message }) => ({ check, verdict, subject, message }),
  );
const OWNER = { check: 'acme/owner', verdict: 'fail', subject: 'link main', message: 'main has no owner' };

describe('check --checks', () => {
  it('runs a check of a program in TypeScript with the own ones, in every report', async () => {
    const { check, file } = await scene(program(CORE));
    const { out, status } = await check('--json', '--report', 'sarif=a.sarif');
    expect(status).toBe(3);
    expect(found(out)).toContainEqual(OWNER);
    expect(found(out).length).toBeGreaterThan(10);
    const only = await check('--json', '--only', 'acme/*');
    expect(found(only.out)).toEqual([OWNER]);
    const [{ tool, results }] = (JSON.parse(file('a.sarif')) as Sarif).runs;
    const rule = tool.driver.rules.findIndex(({ id }) => id === 'acme/owner');
    expect(tool.driver.rules[rule]).toMatchObject({ shortDescription: { text: 'A link has an owner' } });
    expect(results.filter(({ ruleIndex }) => ruleIndex === rule)).toHaveLength(1);
  });

  it.runIf(PROVE)('runs a check that was made with another copy of core', async () => {
    const { cwd, check } = await scene(program('./copy.mjs'));
    const entry = path.resolve(import.meta.dirname, '../../../core/src/entries/check.ts');
    await build({
      entryPoints: [entry],
      outfile: path.join(cwd, 'copy.mjs'),
      bundle: true,
      format: 'esm',
      logLevel: 'error',
    });
    expect(found((await check('--json', '--only', 'acme/*')).out)).toEqual([OWNER]);
  });

  it.each([
    ['export const a = 1;', /INVALID_INPUT: acme\.ts: the default export is not a check or a list of checks\n/],
    ['export default [{ id: "acme/x" }];', /INVALID_INPUT: acme\.ts: the default export is not a check/],
    ['export default [{ get id() { throw 1; }, run() {} }];', /INVALID_INPUT: acme\.ts: the default export is not/],
    ['throw new Proxy({}, { getPrototypeOf() { throw 1; } });', /loading: a value that cannot be shown was thrown\n/],
    [
      "import { checksOf } from '@postern/core/check';\nimport { clouds } from '@postern/core';\nexport default checksOf(clouds([]));",
      /INVALID_INPUT: two checks have the id /,
    ],
    [
      program(CORE, 'throw new Error(`no ${name}`);'),
      /acme\.ts: the check acme\/owner failed: no main\n {2}acme\.ts:7\n/,
    ],
    [program(CORE, 'links.length = 0;'), /acme\/owner failed: Cannot assign to read only .*\n {2}acme\.ts:7\n/],
    [program(CORE, 'for (;;) yield say.NO_OWNER({ subject: "a" }, { name });'), /it has more than 100,000 outcomes\n/],
    [
      program(CORE).replace('acme/owner', 'owner'),
      /loading: "owner" cannot be the id of a check\n {2}acme\.ts:3\n {2}Write family\/name in lower-case/,
    ],
  ])('%s', async (text, error) => {
    const { status, out, err } = await (await scene(text)).check();
    expect({ status, out, err }).toEqual({ status: 64, out: '', err: expect.stringMatching(error) });
  });
});

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly { readonly ruleIndex: number }[];
    },
  ];
}
