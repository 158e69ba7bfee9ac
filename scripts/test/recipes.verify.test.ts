import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundleCommand } from '../../packages/cli/test/kills/postern-command.js';
import { cloud, network, specOf } from '../../packages/cli/test/run-command.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { PROVE } from '../../packages/core/test/runs.js';
// @ts-expect-error a script without declarations
import { otherVersions } from '../release-version.mjs';
import { bash, repository } from './repository.js';
import { parse } from './yaml.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The recipes of docs/ci.md by the heading above each. */
const RECIPES = Object.fromEntries(
  [...read('docs/ci.md').matchAll(/^## (.+)$[^]*?^```yaml\n([^]*?)^```/gm)].map(([, name, text = '']) => [
    name,
    parse(text),
  ]),
) as {
  readonly GitLab: { readonly postern: { readonly script: readonly string[] } };
  readonly 'Azure Pipelines': { readonly steps: readonly { readonly script?: string }[] };
  readonly 'Before a commit': { readonly repos: readonly { readonly hooks: readonly { readonly id: string }[] }[] };
};

describe('a recipe for CI', () => {
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['GitLab', RECIPES.GitLab.postern.script],
    ['Azure Pipelines', RECIPES['Azure Pipelines'].steps.flatMap(({ script = [] }) => script)],
  ];
  it.runIf(PROVE).each(lines)('%s: its lines work in a repository', async (_, lines) => {
    const server = await cloud();
    const there = repository(specOf(await network(server)), server.url, await bundleCommand());
    // Nothing is applied: of all lines, that with `check` fails.
    for (const line of lines) {
      const { status } = await bash(line, { cwd: there.home, env: there.env });
      expect([line, status]).toEqual([line, line.includes(' check ') ? 3 : 0]);
    }
  });

  it('pre-commit: the hooks exist, and refuse a spec that is wrong', async () => {
    const hooks = parse(read('.pre-commit-hooks.yaml')) as readonly { readonly id: string; readonly entry: string }[];
    const named = RECIPES['Before a commit'].repos.flatMap((repo) => repo.hooks.map(({ id }) => id));
    expect(hooks.map(({ id }) => id)).toEqual(named);
    const there = repository('version: 1\n', 'http://127.0.0.1:1', await bundleCommand());
    for (const { entry } of hooks.filter(({ id }) => id === 'postern-validate')) {
      const ended = await bash(`${entry} deploy/postern.yaml`, { cwd: there.home, env: there.env });
      expect(ended).toMatchObject({ status: 64, text: expect.stringContaining('deploy/postern.yaml:1:1') });
    }
  });

  it('names the version that the packages have', () => {
    const { version } = JSON.parse(read('packages/cli/package.json')) as { version: string };
    expect(otherVersions(version)).toEqual([]);
    expect(otherVersions('0.0.1').length).toBeGreaterThan(7);
  });
});

/** A free port of this machine. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it('the development container has the command on its path, and starts the simulated clouds', async () => {
  const { postCreateCommand: create, postStartCommand: start } = JSON.parse(
    read('.devcontainer/devcontainer.json'),
  ) as Record<string, string>;
  const [port, { bin }, home] = [await freePort(), await bundleCommand(), temporaryFolder('container')];
  const built = (create ?? '').replace('npm run build -- --js', 'true').replace('$PWD/packages/cli/dist/bin.js', bin);
  const options = { cwd: home, env: { ...process.env, HOME: home } };
  expect(await bash(`${built}\n${start?.replace('4010', `${port}`)}`, options)).toMatchObject({ status: 0 });
  onTestFinished(() => void process.kill(Number(readFileSync(path.join(home, 'simulate.pid'), 'utf8'))));
  const health = (): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/_postern/health`).then(
      (answer) => answer.status,
      () => 0,
    );
  await expect.poll(health, { timeout: 60_000 }).toBe(200);
  expect(await bash('~/.local/bin/postern --version', options)).toMatchObject({ status: 0 });
});

describe('the container', () => {
  const lines = read('docker/Dockerfile').replaceAll('\\\n', ' ').split('\n');
  const list = (instruction: string): string[] => {
    const line = lines.find((one) => one.startsWith(instruction)) ?? '';
    return JSON.parse(line.slice(line.indexOf('['))) as string[];
  };

  it('is of a user without rights, and healthy as soon as its command answers', async () => {
    expect(lines).toContain('USER node');
    const port = `${await freePort()}`;
    const [, ...start] = list('ENTRYPOINT');
    const { bin } = await bundleCommand();
    const args = [...start, ...list('CMD')].map((arg) => arg.replace('4010', port));
    const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill());
    const [, ...health] = list('HEALTHCHECK').map((arg) => arg.replace('4010', port));
    const isHealthy = (): Promise<boolean> =>
      new Promise((resolve) => spawn(process.execPath, health).once('close', (status) => resolve(status === 0)));
    expect(await isHealthy()).toBe(false);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(await isHealthy()).toBe(true);
  });
});
