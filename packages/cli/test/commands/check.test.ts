import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf, type RunOptions } from '../run-command.js';

/** The result of `apply`, as a snapshot file: taken once for all tests. */
let taken: ReturnType<typeof takeOnce> | undefined;
async function takeOnce() {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder({ 'postern.yaml': specOf(there) });
  const env = { POSTERN_SIMULATOR: server.url };
  expect(await run(['apply', '--yes'], { cwd, env })).toMatchObject({ status: 0 });
  expect(await run(['snapshot', '--spec', 'postern.yaml', '-o', 'snapshot.json'], { cwd, env })).toMatchObject({
    status: 0,
  });
  return { there, text: readFileSync(path.join(cwd, 'snapshot.json'), 'utf8') };
}

/** A spec, and a snapshot of the network that it names, in a folder; without a cloud. */
async function scene(change: (snapshot: Snapshot) => void = () => undefined, spec = (text: string) => text) {
  const { there, text } = await (taken ??= takeOnce());
  const snapshot = JSON.parse(text) as Snapshot;
  change(snapshot);
  const cwd = folder({ 'postern.yaml': spec(specOf(there)), 'snapshot.json': JSON.stringify(snapshot) });
  const write = (name: string, content: string): void => writeFileSync(path.join(cwd, name), content);
  const offline = (argv: readonly string[], options: RunOptions = {}) =>
    run([...argv, '--snapshot', 'snapshot.json'], { cwd, ...options });
  return { cwd, there, write, offline, file: (name: string) => readFileSync(path.join(cwd, name), 'utf8') };
}

interface Snapshot {
  version: number;
  takenAt: string;
  regions: Region[];
  [member: string]: unknown;
}
interface Region {
  region: string;
  account: string;
  [list: string]: unknown;
}

describe('hostile names in a snapshot', () => {
  const NAME = '\u001b[31m::error::\r\n##vso[task.complete]<script>[x](javascript:1)]]>\u202e{0}';

  it('have no effect on a terminal, a CI system or a page', async () => {
    const { offline } = await scene(({ regions }) => {
      for (const list of ['loadBalancers', 'securityGroups', 'gateways', 'links'] as const) {
        for (const item of regions[0]![list] as { name: string }[]) item.name = NAME;
      }
      for (const subnet of regions[0]!['subnets'] as object[]) Object.assign(subnet, { zone: NAME });
    });
    for (const form of [[], ['--json'], ['--sarif'], ['--junit'], ['--md']]) {
      const { status, out, err } = await offline(['check', ...form]);
      expect(status).toBe(3);
      for (const text of [out, err]) {
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
        expect(text).not.toMatch(/^\s*::[A-Za-z]/m);
        expect(text).not.toMatch(/##\w*\[/);
      }
      if (form[0] === '--md' || form[0] === '--junit') expect(out).not.toContain('<script>');
    }
  });
});
