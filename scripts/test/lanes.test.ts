import { expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { inLanes } from '../lanes.mjs';

interface Check {
  readonly name: string;
  readonly after?: readonly string[];
  readonly fails?: boolean;
}

/** What began and ended, in order; checks end in the order in which they began, one per turn of the event loop. */
async function told(checks: readonly Check[]): Promise<{ readonly log: readonly string[]; readonly most: number }> {
  const log: string[] = [];
  let open = 0;
  let most = 0;
  const run = async ({ name, fails = false }: Check): Promise<boolean> => {
    log.push(`${name} begins`);
    most = Math.max(most, (open += 1));
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    log.push(`${name} ends`);
    return !fails;
  };
  await inLanes(checks, run, ({ name }: Check, before: string) => log.push(`${name} left out for ${before}`));
  return { log, most };
}

it('runs two at a time, in the order of the list', async () => {
  const { log, most } = await told(['a', 'b', 'c', 'd', 'e'].map((name) => ({ name })));
  expect(most).toBe(2);
  expect(log.filter((line) => line.endsWith('begins'))).toEqual(
    ['a', 'b', 'c', 'd', 'e'].map((one) => `${one} begins`),
  );
  expect(log.filter((line) => line.endsWith('ends'))).toHaveLength(5);
});

it('starts a check only after the checks that it needs have ended, and starts another one meanwhile', async () => {
  const { log } = await told([
    { name: 'a' },
    { name: 'b', after: ['a'] },
    { name: 'c' },
    { name: 'd', after: ['b', 'c'] },
  ]);
  expect(log.indexOf('b begins')).toBeGreaterThan(log.indexOf('a ends'));
  expect(log.indexOf('d begins')).toBeGreaterThan(log.indexOf('b ends'));
  expect(log.indexOf('c begins')).toBeLessThan(log.indexOf('a ends'));
});

it('skips a check that directly or indirectly needs one that did not pass, and runs all others', async () => {
  const { log } = await told([
    { name: 'a', fails: true },
    { name: 'b', after: ['a'] },
    { name: 'c', after: ['b'] },
    { name: 'd' },
  ]);
  expect(log).toEqual(expect.arrayContaining(['b left out for a', 'c left out for b', 'd ends']));
  expect(log).not.toContain('b begins');
  expect(log).not.toContain('c begins');
});

it('treats a check that is not in the list as passed', async () => {
  expect((await told([{ name: 'a', after: ['z'] }])).log).toEqual(['a begins', 'a ends']);
});
