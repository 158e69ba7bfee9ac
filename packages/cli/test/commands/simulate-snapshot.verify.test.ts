import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '@postern/core/internal/library';
import { Interrupted } from '../../src/process/interruption.js';
import { alibabaNetwork, alibabaSpec } from '../alibaba/alibaba-network.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** Runs `postern simulate --snapshot FILE` as long as `use` takes. */
async function twinOf(file: string, cwd: string, use: (url: string) => Promise<void>, ...options: readonly string[]) {
  const stop = new AbortController();
  let begin: (url: string) => void = () => undefined;
  const begun = new Promise<string>((resolve) => (begin = resolve));
  const ended = run(['simulate', '--snapshot', file, '--port', '0', '--no-throttle', ...options], {
    cwd,
    signal: stop.signal,
    onOut: (out) => {
      const [url] = /http:\/\/[\w.:]+/.exec(out) ?? [];
      if (url !== undefined) begin(url);
    },
  });
  const early = ended.then(({ status, err }) => {
    throw new Error(`it ended with ${status}: ${err}`);
  });
  early.catch(() => undefined);
  try {
    await use(await Promise.race([begun, early]));
  } finally {
    stop.abort(new Interrupted('SIGINT'));
  }
  return ended;
}

const withoutTime = (text: string): string => text.replace(/"takenAt": "[^"]*"/, '');

describe('postern simulate --snapshot', () => {
  it('serves a copy of a snapshot: a snapshot of it is the same file, except for its time', async () => {
    const server = await cloud();
    await alibabaNetwork(server);
    const cwd = folder();
    const read = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
    const take = (url: string, output: string) =>
      run(
        ['snapshot', '--provider', 'alibaba', '--region', 'cn-hangzhou', '--region', 'ap-southeast-1', '-o', output],
        { cwd, env: { POSTERN_SIMULATOR: url } },
      );
    expect(await take(server.url, 'a.json')).toMatchObject({ status: 0 });
    const { err } = await twinOf('a.json', cwd, async (url) => {
      expect(await take(url, 'b.json')).toMatchObject({ status: 0 });
      const clock = (await (await fetch(`${url}/_postern/clock`)).json()) as { now: string | number };
      const now = new Date(clock.now).getTime();
      const { takenAt } = JSON.parse(read('a.json')) as Snapshot;
      expect(now - Date.parse(takenAt)).toBeLessThan(600_000); // the copy runs in real time
      expect(now).toBeGreaterThanOrEqual(Date.parse(takenAt));
    });
    expect(withoutTime(read('b.json')).split('\n')).toEqual(withoutTime(read('a.json')).split('\n'));
    expect(err).toMatch(/account 1111222233334444\. Stop them/);
    expect(err).toMatch(
      /note: a twin of a\.json: alibaba ap-southeast-1, alibaba cn-hangzhou, as it was at 2026-06-01T/,
    );
    expect(err).not.toContain('lacks');
  });

  it('serves both clouds of one file, and reports what the snapshot could not read', async () => {
    const server = await cloud();
    await alibabaNetwork(server);
    await network(server);
    server.simulation.faults.add({ service: 'ecs', operation: 'DescribeSecurityGroups', kind: 'deny' });
    const cwd = folder();
    const env = { POSTERN_SIMULATOR: server.url };
    const regions = async (...argv: string[]) => {
      const { out } = await run(['snapshot', ...argv], { cwd, env });
      return JSON.parse(out) as Snapshot;
    };
    const aws = await regions('--region', 'eu-west-1');
    const alibaba = await regions('--provider', 'alibaba', '--region', 'cn-hangzhou');
    writeFileSync(
      path.join(cwd, 'both.json'),
      JSON.stringify({ ...aws, regions: [...aws.regions, ...alibaba.regions] }),
    );
    let listed = '';
    const told = await twinOf(
      'both.json',
      cwd,
      async (url) => {
        const argv = ['snapshot', '--region', 'eu-west-1'];
        listed = (await run(argv, { cwd, env: { POSTERN_SIMULATOR: url } })).out;
      },
      '--json',
    );
    const again = JSON.parse(listed) as Snapshot;
    expect(again.regions[0]?.subnets).toEqual(aws.regions[0]?.subnets);
    const line = JSON.parse(told.out.split('\n').find((text) => text.includes('listening')) ?? '') as {
      readonly lacks: readonly string[];
    };
    expect(line.lacks).toContain(
      'cn-hangzhou: security groups, which could not be read (it takes ecs:DescribeSecurityGroups)',
    );
  });

  it('has nothing to change where a spec with allowlists is applied', async () => {
    const server = await cloud();
    const there = await network(server);
    const other = await alibabaNetwork(server);
    const cwd = folder({ 'aws.yaml': specOf(there), 'alibaba.yaml': alibabaSpec(other) });
    const env = { POSTERN_SIMULATOR: server.url };
    for (const [spec, ...where] of [
      ['aws.yaml', '--provider', 'aws', '--region', 'eu-west-1'],
      ['alibaba.yaml', '--provider', 'alibaba', '--region', 'cn-hangzhou'],
    ] as const) {
      const applied = await run(['apply', spec, '--yes', '--allow-purchase', '--ignore-findings', '*'], { cwd, env });
      expect(applied).toMatchObject({ status: 0 });
      expect(await run(['snapshot', ...where, '-o', 'now.json'], { cwd, env })).toMatchObject({ status: 0 });
      await twinOf('now.json', cwd, async (url) => {
        const planned = await run(['plan', spec, '--detailed-exitcode'], { cwd, env: { POSTERN_SIMULATOR: url } });
        expect(planned).toMatchObject({ status: 0 });
      });
    }
  });

  it.each<[string, string, RegExp]>([
    ['nothing.json', '', /^error FILE_UNREADABLE: .*other\.json/],
    ['other.json', '{"version": 1, "takenAt": ', /^error \w+: .*\n {2}other\.json:1:27/],
    ['other.json', '{"version": 99, "takenAt": "2026-06-01T00:00:00Z", "regions": []}', /^error UNSUPPORTED_VERSION/],
    ['other.json', '{"version": 1, "takenAt": "never", "regions": []}', /^error \w+: .*takenAt/],
    ['other.json', '[]', /^error \w+/],
  ])('refuses %s with %j', async (name, text, message) => {
    const cwd = folder({ [name]: text });
    const { status, out, err } = await run(['simulate', '--snapshot', 'other.json', '--port', '0'], { cwd });
    expect({ status, out }).toEqual({ status: 64, out: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('refuses accounts other than those of the snapshot, and a snapshot of two accounts of one cloud', async () => {
    const server = await cloud();
    const cwd = folder();
    const env = { POSTERN_SIMULATOR: server.url };
    await run(['snapshot', '--provider', 'alibaba', '--region', 'cn-hangzhou', '-o', 'a.json'], { cwd, env });
    const both = ['simulate', '--snapshot', 'a.json', '--account', '222233334444', '--port', '0'];
    expect(await run(both, { cwd })).toMatchObject({
      status: 64,
      err: expect.stringContaining('--snapshot uses the accounts'),
    });
    const snapshot = JSON.parse(readFileSync(path.join(cwd, 'a.json'), 'utf8')) as Snapshot;
    const [region] = snapshot.regions;
    const foreign = { ...snapshot, regions: [region, { ...region, account: '5555666677778888' }] };
    writeFileSync(path.join(cwd, 'b.json'), JSON.stringify(foreign));
    expect(await run(['simulate', '--snapshot', 'b.json', '--port', '0'], { cwd })).toMatchObject({
      status: 64,
      err: expect.stringContaining('5555666677778888'),
    });
  });
});
