import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PosternError } from '@postern/core/internal/library';
import { newHistory, NotDelivered, type WatchMessage } from '@postern/core/internal/watch';
import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/process/io.js';
import { notifiersOf } from '../../src/watch/notifiers.js';
import { Watcher, type WatcherParts } from '../../src/watch/watcher.js';
import { SPEC } from '../../../core/test/watch/round.js';
import { receiver, watchedWorld } from './scene.js';

describe('postern watch --once', () => {
  it('reports each change once, and exits with 3 while something is broken', async () => {
    const { once, breakIt, mendIt, file } = await watchedWorld();
    expect(await once()).toMatchObject({ status: 0, out: expect.stringContaining('Now: 1 works') });
    breakIt();
    const broke = await once();
    expect(broke.out).toContain('shop: orders is broken\n');
    expect(broke.out).toContain('Drifted: the cloud changed, and the spec did not.');
    expect(broke.out).toMatch(/~ security group sg-\w+ \(balancer\): .*443/);
    expect(broke).toMatchObject({ status: 3, err: expect.stringContaining('a second observation') });
    const still = await once();
    expect(still).toMatchObject({ status: 3, out: expect.stringMatching(/integration orders: broken since 2026/) });
    expect(still.out).not.toContain('is broken\n');
    mendIt();
    expect(await once()).toMatchObject({ status: 0, out: expect.stringContaining('shop: orders works again\n') });
    const history = JSON.parse(file('shop.watch.json'));
    expect(history.log.filter(({ type }: { type: string }) => type === 'verdict')).toHaveLength(2);
  });

  it('prints events as JSON lines, and writes the report and metrics', async () => {
    const { once, breakIt, file } = await watchedWorld();
    await once();
    breakIt();
    const { out } = await once('--json', '--report', 'html=w.html', '--report', 'json=w.json', '--metrics', 'w.prom');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(['version', 'drifted', 'round', 'verdict', 'round']);
    expect(lines[3]).toMatchObject({ subject: 'integration orders', from: 'works', to: 'broken' });
    expect(JSON.parse(file('w.json'))).toMatchObject({ counts: { works: 0, broken: 1, unknown: 0 } });
    expect(file('w.html')).toContain('✗ broken');
    expect(file('w.prom')).toMatch(/^postern_path_verdict\{spec="shop",integration="orders"\} 1$/m);
    expect(file('w.prom')).toMatch(/^postern_cloud_calls_total\{.*operation="ec2.DescribeSubnets",outcome="ok"\} /m);
  });

  it('recognizes its history and its notifiers where the project and a file have the value of a variable', async () => {
    const { once, breakIt, cwd, stage, file } = await watchedWorld();
    writeFileSync(
      path.join(cwd, 'shop.yaml'),
      `${String(stage.spec)}\nignore: []\n`.replace(/^project: .*$/m, 'project: "${var:team}"'),
    );
    const issue = 'payments-team.md';
    mkdirSync(path.join(cwd, issue));
    const more = ['--var', 'team=payments-team', '--notify', `github=./${issue}/issue.md`];
    await once(...more);
    breakIt();
    await once(...more);
    const { status, err } = await once(...more);
    expect({ status, err }).toEqual({ status: 3, err: expect.not.stringContaining('is not among --notify') });
    expect(JSON.parse(file('shop.watch.json'))).toMatchObject({ rounds: 4, spec: { project: 'payments-team' } });
  });

  it('notes what the spec ignores without an end', async () => {
    const { once, cwd, stage } = await watchedWorld();
    const ignore = [
      { check: 'link/quota', reason: 'is being raised' },
      { check: 'target/certificate', reason: 'is renewed', until: '2030-01-01' },
    ];
    writeFileSync(path.join(cwd, 'shop.yaml'), `${String(stage.spec)}\nignore: ${JSON.stringify(ignore)}\n`);
    const { status, err } = await once();
    expect({ status, notes: err.match(/ignore: .*/g) }).toEqual({
      status: 0,
      notes: ['ignore: link/quota has no end; add `until` to it'],
    });
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, 300), 'the file is cut off'],
    ['of another spec', (text: string) => text.replace('"project": "shop"', '"project": "bank"'), 'of another spec'],
  ])('refuses a history %s', async (_, change, message) => {
    const { once, cwd, file } = await watchedWorld();
    await once();
    writeFileSync(path.join(cwd, 'shop.watch.json'), change(file('shop.watch.json')));
    expect(await once()).toMatchObject({ status: 64, err: expect.stringContaining(message) });
  });

  it('does not know what changed where the snapshot is not that of the history, and says so', async () => {
    const { once, breakIt, cwd } = await watchedWorld();
    await once();
    writeFileSync(path.join(cwd, 'shop.watch.snapshot.json'), '{}');
    breakIt();
    const { out, err } = await once();
    expect(err).toContain('what changed since then is not known');
    expect(out).toContain('orders is broken');
    expect(out).not.toMatch(/Drifted|Nothing that was read changed/);
  });
});

describe('notifiers', () => {
  it('receive a change once, in their own form, and no redirect is followed', async () => {
    const { once, breakIt, file } = await watchedWorld();
    const [hook, slack, elsewhere] = [await receiver(), await receiver(), await receiver()];
    const moved = await receiver(() => ({ status: 307, location: elsewhere.url }));
    const notify = [`webhook=${hook.url}`, `slack=${slack.url}`, `webhook=${moved.url}`, 'github=issue.md'];
    const told = (...more: readonly string[]) => once(...notify.flatMap((one) => ['--notify', one]), ...more);
    await told();
    breakIt();
    const ran = await told();
    expect(ran.err).toContain(`webhook ${moved.host}`);
    expect(ran.err).toContain(`answered 307: a redirect to ${elsewhere.host}, which is not followed`);
    await told();
    expect(elsewhere.received).toEqual([]);
    expect(hook.received.map(({ body }) => body.title)).toEqual(['shop: orders is broken']);
    expect(hook.received[0]?.headers['idempotency-key']).toBe(hook.received[0]?.body.digest);
    expect(slack.received.map(({ body }) => body.blocks[0].text.text)).toEqual(['shop: orders is broken']);
    expect(file('issue.md')).toMatch(/^shop: orders is broken\n/);
    const all = `${ran.out}${ran.err}${file('shop.watch.json')}`;
    expect(all).not.toContain('secret-token');
  });

  it('that answer 500 receive all in one message when they answer again', async () => {
    const { once, breakIt, mendIt, stage } = await watchedWorld();
    let isDown = true;
    const hook = await receiver(() => ({ status: isDown ? 500 : 200 }));
    const notify = ['--notify', `webhook=${hook.url}`];
    await once(...notify);
    breakIt();
    expect(await once(...notify)).toMatchObject({ status: 3, err: expect.stringContaining('answered 500') });
    mendIt();
    expect(await once(...notify)).toMatchObject({ status: 1, err: expect.stringContaining('did not receive') });
    isDown = false;
    await stage.simulation.advance(3_600_000);
    expect(await once(...notify)).toMatchObject({ status: 0 });
    const last = hook.received.at(-1)?.body;
    expect(last.title).toBe('shop: orders works again');
    expect(last.groups.map(({ from, to }: Record<string, string>) => `${from} → ${to}`)).toEqual([
      'works → broken',
      'broken → works',
    ]);
    const before = hook.received.length;
    await once(...notify);
    expect(hook.received).toHaveLength(before);
  });

  it('that are not given any more receive nothing, and do not count', async () => {
    const { once, breakIt, mendIt, file } = await watchedWorld();
    const hook = await receiver(() => ({ status: 500 }));
    await once();
    breakIt();
    expect(await once('--notify', `webhook=${hook.url}`)).toMatchObject({ status: 3 });
    mendIt();
    const dropped = 'is not among --notify any more: 1 change for it will not be sent';
    expect(await once()).toMatchObject({ status: 0, err: expect.stringContaining(dropped) });
    expect(JSON.parse(file('shop.watch.json')).undelivered).toEqual([]);
    expect(await once()).toMatchObject({ status: 0, err: expect.not.stringContaining('--notify') });
  });

  it('are told that watching has ended', async () => {
    const hook = await receiver();
    const gone = await receiver(() => ({ status: 500 }));
    const { stage } = await watchedWorld();
    let err = '';
    const { signal } = new AbortController();
    const io = { env: {}, cwd: '/', signal, stderr: { write: (text: string) => (err += text) } } as unknown as Io;
    const history = { read: () => newHistory({ ...SPEC, project: 'shop' }, '2026-06-01T00:00:00.000Z') };
    const session = { context: { clock: stage.simulation.clock } };
    const notifiers = await notifiersOf(io, [`webhook=${hook.url}`, `webhook=${gone.url}`]);
    const watcher = new Watcher({ io, history, notifiers, session } as unknown as WatcherParts);
    await watcher.tellEnd(new PosternError('LOCKED', 'w.json: held by process 12'));
    const [{ body } = { body: undefined }] = hook.received;
    expect(body).toMatchObject({ title: 'shop: watching has ended', groups: [{ type: 'ended' }] });
    expect(body.groups[0].message).toBe('LOCKED: w.json: held by process 12');
    expect(err).toMatch(/^note: webhook 127\.0\.0\.1\S* \(\w+\) was not told that watching has ended\n$/);
  });

  it('that do not answer in time have not received the message, and the message says no address', async () => {
    const hook = await receiver(() => 'hang');
    const io = { env: {}, cwd: '/', signal: new AbortController().signal } as Partial<Io> as Io;
    const [notifier] = await notifiersOf(io, [`webhook=${hook.url}`], { withinMs: 100 });
    const message = { digest: 'd' } as WatchMessage;
    await expect(notifier?.send(message)).rejects.toEqual(new NotDelivered('did not answer in 0.1 s'));
  });

  it.each([
    ['ftp://example.com/secret-token', 'not an http or https URL'],
    ['https://user:secret-token@example.com/', 'user name or password'],
    ['secret-token', 'not an http or https URL'],
  ])('with the address %s are refused, without showing it', async (address, message) => {
    const { once } = await watchedWorld();
    const { status, out, err } = await once('--notify', `webhook=${address}`);
    expect(status).toBe(64);
    expect(err).toContain(message);
    expect(out + err).not.toContain('secret-token');
  });
});

describe('a file that cannot be written', () => {
  it('does not end the watching: what changed is sent first, and saved when it can be', async () => {
    const { watch, breakIt, cwd, file } = await watchedWorld();
    const hook = await receiver();
    const stopped = new AbortController();
    let out = '';
    const until = async (holds: () => boolean): Promise<void> => {
      for (let turn = 0; turn < 600 && !holds(); turn += 1) await new Promise((done) => setTimeout(done, 10));
      expect(holds()).toBe(true);
    };
    const running = watch(['--every', '5m', '--notify', `webhook=${hook.url}`, '--metrics', 'w.prom'], {
      signal: stopped.signal,
      onOut: (all) => (out = all),
    });
    await until(() => out.includes('Now: 1 works'));
    const names = ['shop.watch.json', 'w.prom'].map((name) => path.join(cwd, name));
    for (const name of names) {
      rmSync(name, { force: true });
      mkdirSync(name);
    }
    breakIt();
    await until(() => hook.received.length > 0);
    const rounds = () => out.split('\n').length;
    const before = rounds();
    await until(() => rounds() > before + 1);
    for (const name of names) rmSync(name, { recursive: true });
    const after = rounds();
    await until(() => rounds() > after + 2);
    stopped.abort(Object.assign(new Error('stopped by SIGTERM'), { name: 'Interrupted', exitCode: 143 }));
    const { status, err } = await running;
    expect(status).toBe(143);
    expect(err.match(/the history cannot be written/g)).toHaveLength(1);
    expect(err).toContain('note: the history is written again\n');
    expect(err).toContain('note: w.prom is written again\n');
    expect(hook.received.map(({ body }) => body.title)).toEqual(['shop: orders is broken']);
    const { subjects, undelivered } = JSON.parse(file('shop.watch.json'));
    expect([subjects['integration orders'].verdict, undelivered]).toEqual(['broken', []]);
    expect(file('w.prom')).toContain('integration="orders"} 1\n');
  });

  it('ends --once with the error, after what changed was sent', async () => {
    const { once, breakIt, cwd } = await watchedWorld();
    const hook = await receiver();
    await once();
    breakIt();
    rmSync(path.join(cwd, 'shop.watch.snapshot.json'));
    mkdirSync(path.join(cwd, 'shop.watch.snapshot.json'));
    const ran = await once('--notify', `webhook=${hook.url}`);
    expect(ran).toMatchObject({ status: 1, err: expect.stringMatching(/^error FILE_UNWRITABLE: .*snapshot\.json/m) });
    expect(hook.received.map(({ body }) => body.title)).toEqual(['shop: orders is broken']);
  });
});

describe('postern watch as a process', () => {
  it('serves metrics, refuses a second watcher, goes on without proof, and ends when asked to', async () => {
    const { watch, once, breakIt, mendIt, stage } = await watchedWorld();
    const stopped = new AbortController();
    let out = '';
    const wait = async (text: string): Promise<void> => {
      for (let turn = 0; turn < 400 && !out.includes(text); turn += 1)
        await new Promise((done) => setTimeout(done, 10));
      expect(out).toContain(text);
    };
    const running = watch(['--every', '5m', '--metrics-port', '0'], {
      signal: stopped.signal,
      onOut: (all) => (out = all),
    });
    await wait('Now: 1 works');
    const [, url = ''] = /Metrics at (\S+)/.exec(out) ?? [];
    expect(await once()).toMatchObject({ status: 75, err: expect.stringContaining('LOCKED') });
    breakIt();
    await wait('orders is broken');
    const metrics = await fetch(url);
    expect(metrics.headers.get('content-type')).toContain('version=0.0.4');
    expect(await metrics.text()).toContain('integration="orders"} 1\n');
    expect((await fetch(url.replace('metrics', ''))).status).toBe(404);
    mendIt();
    await wait('orders works again');
    stage.simulation.faults.add({ kind: 'expired' });
    await wait('not proven any more');
    stage.simulation.faults.clear();
    await wait('unknown → works');
    stopped.abort(Object.assign(new Error('stopped by SIGTERM'), { name: 'Interrupted', exitCode: 143 }));
    expect(await running).toMatchObject({ status: 143, err: expect.not.stringContaining('error') });
    expect(await once()).toMatchObject({ status: 0 });
  });
});
