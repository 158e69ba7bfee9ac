import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { simulated } from './world/simulated.js';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, file), 'utf8');

it('the program in the README is the one that is run here', () => {
  const [, program] = /```ts\n([\s\S]*?)```/.exec(read('../README.md')) ?? [];
  expect(program).toBe(read('readme-example.ts'));
  expect(program?.trim().split('\n').length).toBeLessThanOrEqual(15);
});

it('the program in the README runs', async () => {
  const { simulation, link } = await simulated();
  await link();
  const nock = await simulation.intercept();
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'LTAIEXAMPLE');
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'example');
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await import('./readme-example.js');
  } finally {
    nock.restore();
    vi.unstubAllEnvs();
  }
  expect(said.mock.calls).toEqual([['orders is ready; its calls come from 10.10.0.0/24, 10.10.1.0/24']]);
  said.mockRestore();
});
