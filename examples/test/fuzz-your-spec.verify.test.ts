import { afterEach, expect, it, vi } from 'vitest';

const before = [...process.argv];
afterEach(() => {
  vi.restoreAllMocks();
  process.argv = before;
  process.exitCode = undefined;
});

it('fuzz-your-spec tries a spec with faults and kills, and finds nothing', async () => {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  process.argv[2] = '6';
  await import(new URL('../fuzz-your-spec/fuzz.mjs', import.meta.url).href);
  expect(lines[0]).toMatch(/^6 trials, \d+ runs of apply and destroy, \d+ faults and kills \(\d+ kills\)$/);
  expect(lines.slice(1)).toEqual(['Each ended as a run without faults does, and no call was lost.']);
  expect(process.exitCode).toBe(0);
}, 300_000);
