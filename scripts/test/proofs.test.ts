import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { PARTS, problemsOf, withProof } from '../proofs.mjs';

const PAGE = '# Proofs\n\n| part | commit | day | passed | failed | seeds | seconds |\n| ---: | --- | --- | ---: |\n';
const proof = { commit: 'a1b2c3d4e', day: '2026-11-27', passed: 700, failed: 0, seeds: 90_000, seconds: 240 };

/** The page with a line for each part. */
const whole: string = Array.from({ length: PARTS }, (_, at) => at + 1)
  .toReversed()
  .reduce((text: string, part) => withProof(text, { part, ...proof }), PAGE);

const behind = (commits: number | undefined) => () => Promise.resolve(commits);

describe('the proofs of npm run prove', () => {
  it('are one line for each part, in their order, and the last one counts', () => {
    const text: string = withProof(whole, { part: 3, ...proof, passed: 701 });
    const lines = text.split('\n').filter((line: string) => /^\| \d/.test(line));
    expect(lines.map((line: string) => Number(line.split('|')[1]))).toEqual(
      Array.from({ length: PARTS }, (_, at) => at + 1),
    );
    expect(lines[2]).toBe('| 3 | a1b2c3d4e | 2026-11-27 | 701 | 0 | 90000 | 240 |');
  });

  it('are recent enough up to 400 commits', async () => {
    expect(await problemsOf(whole, behind(400))).toEqual([]);
    expect(await problemsOf(whole, behind(401))).toHaveLength(PARTS);
    expect(await problemsOf(whole, behind(undefined))).toHaveLength(PARTS);
  });

  it.each([
    ['a part that is missing', whole.replace(/^\| 7 .*\n/m, ''), 'Part 7 is missing.'],
    ['a part that failed', withProof(whole, { part: 7, ...proof, failed: 2 }), 'Part 7 has 2 failures.'],
  ])('name %s, and the command that runs it', async (_, text, problem) => {
    expect(await problemsOf(text, behind(0))).toEqual([
      `${problem} Run \`npm run prove -- 7/12\` and commit docs/contributing/proofs.md.`,
    ]);
  });
});
