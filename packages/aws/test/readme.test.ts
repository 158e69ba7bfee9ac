import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { simulated } from './world/simulated.js';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, file), 'utf8');

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('the program in the README is the one that is run here', () => {
  const [, program] = /```ts\n([\s\S]*?)```/.exec(read('../README.md')) ?? [];
  expect(program).toBe(read('readme-example.ts'));
  expect(program?.trim().split('\n').length).toBeLessThanOrEqual(15);
});

it('the program in the README runs', async () => {
  const { simulation, link, settle } = await simulated();
  await link();
  await settle();
  const server = await simulation.listen();
  vi.stubEnv('AWS_ENDPOINT_URL', server.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await import('./readme-example.js');
  } finally {
    await server.close();
  }
  expect(said.mock.calls).toEqual([['orders is ready; its calls come from 10.10.0.0/24, 10.10.1.0/24']]);
});

it('the README lists each of the twenty conclusions of the facts', () => {
  const rows = read('../README.md').match(/^\| \d+ \|/gm);
  expect(rows).toHaveLength(20);
});
