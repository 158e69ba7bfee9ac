import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Interrupted } from '../../src/process/interruption.js';
import { folder, run } from '../run-command.js';
import { anEngine } from './an-engine.js';

const FLEET = `version: 1
fleet: shop
specs: ['o*.yaml']
accounts:
  trial: { id: '111111111111', wave: first }
  prod: { id: '222222222222' }
waves: [{ name: first }, { name: rest, approval: true }]
`;
const SPEC =
  'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks: { eu: { provider: aws, region: eu-west-1, id: v2x } }\n';

/** A folder with a fleet of two accounts, and an engine. */
function aFleet() {
  const cwd = folder({ 'fleet.yaml': FLEET, 'orders.yaml': SPEC });
  const engine = anEngine();
  const fleet = (line: string, more: readonly string[] = []) =>
    run(['fleet', ...line.split(' '), ...more], { cwd, fleet: engine.fleet, env: { USER: 'ana' } });
  return { ...engine, cwd, run: fleet };
}

describe('postern fleet', () => {
  it('up shows what it does, sends it with who and why, and continues the run that has not ended', async () => {
    const { run: fleet, requests } = aFleet();
    const { out } = await fleet('up --dry-run');
    expect(out).toBe(`Fleet shop: 2 specs in 2 waves and 2 accounts
  first
    orders.yaml@trial/eu-west-1
  rest (needs an approval)
    orders.yaml@prod/eu-west-1
`);
    expect(await fleet('up')).toMatchObject({ status: 64, err: expect.stringContaining('NO_TERMINAL') as string });
    const sent = await fleet('up --yes --detach --allow-purchase --reason', ['ticket 4']);
    expect(sent.out).toMatch(/Run shop-\d{8}-\d{6} was sent/);
    expect(requests[0]).toMatchObject({
      goal: 'apply',
      by: 'ana',
      reason: 'ticket 4',
      options: { allowPurchase: true },
    });
    expect((await fleet('up --yes --detach')).err).toContain(`run ${requests[0]?.run} has not ended`);
    expect(requests[1]?.run).toBe(requests[0]?.run);
    await fleet('up --goal check --detach --run c1');
    expect(requests[2]).toMatchObject({ run: 'c1', goal: 'check', waves: [{ approval: false }, { approval: false }] });
  });

  it('up --goal watch shows verdicts; logs and report show those of all rounds', async () => {
    const { run: fleet, cwd, requests } = aFleet();
    const ran = await fleet('up --goal watch --run w1');
    expect(requests[0]?.waves).toMatchObject([{ name: 'all', approval: false, specs: { length: 2 } }]);
    expect(ran).toMatchObject({ status: 0, err: '' });
    const [first] = ['trial', 'prod'].map((account) => `orders.yaml@${account}/eu-west-1`);
    expect(ran.out).toContain('Watched: 6 works, 2 broken, 0 unknown\n');
    expect(ran.out).toContain(
      `  ${first} integration orders: broken since 2026-11-25T11:00:00.000Z: link/active: It is not.\n`,
    );
    expect((await fleet(`logs ${first}`)).out).toBe(`2026-11-25T11:00:00.000Z integration orders: works → broken; \
link/active link eu: The link is <i>INACTIVE</i>.
2026-11-25T11:00:00.000Z A limit is near: vpc-links; 8 of 10 used
`);
    await fleet('report --report html=run.html --report json=run.json');
    const [html = '', json = ''] = ['run.html', 'run.json'].map((file) => readFileSync(path.join(cwd, file), 'utf8'));
    expect(html).toContain('<span class="state failed">broken</span>');
    expect(html).toContain('link/active: The link is &lt;i&gt;INACTIVE&lt;/i&gt;.');
    expect(JSON.parse(json).watched[first ?? '']).toMatchObject({ rounds: 9, counts: { works: 0, broken: 1 } });
  });

  it('up says that a run has ended before, and that one which goes on keeps its specs', async () => {
    const { run: fleet, cwd } = aFleet();
    writeFileSync(path.join(cwd, 'fleet.yaml'), FLEET.replace(', approval: true', ''));
    expect(await fleet('up --yes --run r1')).toMatchObject({ status: 0, err: '' });
    const again = await fleet('up --yes --detach --run r1');
    expect(again).toMatchObject({ status: 0, out: expect.stringContaining('Run r1 (apply): done') as string });
    expect(again.err).toContain('run r1 has ended before: nothing was begun');
    writeFileSync(path.join(cwd, 'orders.yaml'), SPEC.replace('v2x', 'v2y'));
    expect(await fleet('up --yes --run r1')).toMatchObject({
      status: 1,
      err: expect.stringContaining('run r1 was begun with other specs or options, and keeps those') as string,
    });
  });

  it('up with the run of another fleet ends with an error: nothing of this one was begun', async () => {
    const { run: fleet, cwd } = aFleet();
    await fleet('up --yes --detach --run r1');
    const other = FLEET.replace('fleet: shop', 'fleet: other').replace("['o*.yaml']", "['bills.yaml']");
    writeFileSync(path.join(cwd, 'other.yaml'), other);
    writeFileSync(path.join(cwd, 'bills.yaml'), SPEC);
    expect(await fleet('up other.yaml --yes --detach --run r1')).toMatchObject({
      status: 1,
      err: expect.stringContaining('error CONFLICT: run r1 has none of the specs of this fleet: nothing') as string,
    });
  });

  it('register takes addresses, and says where no engine answers', async () => {
    const { run: fleet } = aFleet();
    expect(await fleet('register 10.0.1.7:9080')).toMatchObject({
      status: 64,
      err: expect.stringContaining('INVALID_INPUT: <address> is not an address') as string,
    });
    expect(await fleet('register http://127.0.0.1:9080 --admin http://127.0.0.1:1')).toMatchObject({
      status: 1,
      err: expect.stringContaining('ENDPOINT_UNREACHABLE') as string,
    });
  });

  it('status takes the admin address', async () => {
    const { run: fleet } = aFleet();
    await fleet('up --yes --detach --run r1');
    expect(await fleet('status --admin http://127.0.0.1:9070')).toMatchObject({ status: 0 });
  });

  it('up --on-schedule says what is next, and ends with the signal', async () => {
    const { cwd, fleet, requests } = aFleet();
    const controller = new AbortController();
    const file = FLEET + "schedules: [{ run: check, cron: '0 3 1 1 *' }, { run: check, cron: '0 3 1 2 *' }]\n";
    writeFileSync(path.join(cwd, 'fleet.yaml'), file);
    const end = (out: string): void => void (out.includes('Next run') && controller.abort(new Interrupted('SIGINT')));
    const ran = await run(['fleet', 'up', '--on-schedule'], { cwd, fleet, signal: controller.signal, onOut: end });
    expect(ran.err).toContain('A run that was sent continues on the engine');
    expect(ran).toMatchObject({
      status: 130,
      out: expect.stringMatching(/Next run: check at \d{4}-01-01T03:00:00.000Z\n$/) as string,
    });
    expect(requests).toEqual([]);
  });

  it('waits for the end of a run; approvals are listed and given', async () => {
    const { run: fleet } = aFleet();
    await fleet('up --yes --detach --run r1');
    expect((await fleet('approve')).out).toContain('Begin wave rest?\n    postern fleet approve wave rest\n');
    expect(await fleet('approve wave rest')).toMatchObject({ status: 64 });
    expect(await fleet('approve wave rest --yes --as eve')).toMatchObject({
      status: 1,
      err: 'error PERMISSION_DENIED: eve may not approve\n  Ask a user of `approvals.by`, or name yourself with --as.\n',
    });
    expect((await fleet('approve wave best --yes')).err).toContain('Write one of wave rest.');
    expect(await fleet('approve rest --yes')).toMatchObject({ status: 0, out: 'Approved by ana: wave rest\n' });
    expect((await fleet('approve wave rest --yes')).err).toContain('was approved by ana');
    const { status, out } = await fleet('status --watch --json');
    const states = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { state?: string }).state);
    expect({ status, states }).toEqual({ status: 0, states: [undefined, 'done'] });
    expect((await fleet('status --all')).out).toContain('r1   apply  done');
    expect(await fleet('approve')).toMatchObject({
      status: 1,
      err: expect.stringContaining('every run has ended') as string,
    });
  });

  it('pauses, resumes and cancels the run that has not ended', async () => {
    const { run: fleet, calls } = aFleet();
    await fleet('up --yes --detach --run r1');
    expect((await fleet('pause --reason freeze')).out).toMatch(/^Run r1 \(apply\): paused, started .* by ana\n/);
    await fleet('resume r1 --as bo');
    expect(await fleet('cancel')).toMatchObject({ status: 64 });
    expect(await fleet('cancel --yes')).toMatchObject({ status: 0 });
    expect(calls).toEqual([
      ['pause', 'r1', { by: 'ana', reason: 'freeze' }],
      ['resume', 'r1', { by: 'bo', reason: undefined }],
      ['cancel', 'r1', { by: 'ana', reason: undefined }],
    ]);
    expect(await fleet('status r2')).toMatchObject({ status: 1, err: expect.stringContaining('NOT_FOUND') as string });
  });

  it('prints events of a spec or a unit, and reports a run', async () => {
    const { run: fleet, calls, cwd } = aFleet();
    await fleet('up --yes --detach --run r1');
    const spec = 'orders.yaml@prod/eu-west-1';
    expect((await fleet(`logs ${spec}/link:eu`)).out).toBe(
      '2026-11-25T12:00:01.000Z link:eu create link: done in 2 s\n',
    );
    await fleet(`logs ${spec}`);
    expect(calls).toEqual([{ spec, unit: 'link:eu' }, { spec }]);
    expect(await fleet('logs orders')).toMatchObject({ status: 1 });
    const { out } = await fleet('report --report html=run.html --report json=run.json');
    expect(out).toContain('Run r1 (apply): asking, 2 specs, 0 units');
    expect(readFileSync(path.join(cwd, 'run.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*Apply r1/);
    expect(JSON.parse(readFileSync(path.join(cwd, 'run.json'), 'utf8'))).toMatchObject({
      version: 1,
      run: { run: 'r1' },
    });
  });

  it('apply --fleet sends one spec, which names its accounts', async () => {
    const engine = anEngine();
    const cwd = folder({
      'postern.yaml': SPEC,
      'other.yaml': SPEC.replace('region', "account: '111111111111', region"),
    });
    const apply = (...args: string[]) =>
      run(['apply', ...args, '--fleet', 'http://127.0.0.1:1'], { cwd, fleet: engine.fleet });
    expect((await apply()).err).toMatch(/INVALID_SPEC: links.eu: `account` is required[\s\S]*postern.yaml:4:\d+/);
    expect(await apply('other.yaml', '--only', 'eu')).toMatchObject({ status: 64 });
    expect((await apply('other.yaml', '--yes')).out).toMatch(/^Run shop-.*: running[\s\S]*\nRun shop-.*: done/);
    expect(engine.requests).toMatchObject([{ accounts: [{ id: '111111111111' }], waves: [{ specs: ['shop'] }] }]);
    expect(JSON.parse(JSON.stringify(engine.requests))).toEqual(engine.requests);
  });

  it('up --goal migrate makes the moves of the file', async () => {
    const move = 'moves: [{ api: a1b2c3, from: vlink1, to: vlink2, accounts: [tri*], regions: [eu-west-1] }]\n';
    const cwd = folder({ 'fleet.yaml': FLEET + move, 'orders.yaml': SPEC });
    const { fleet, requests } = anEngine();
    const up = (...args: string[]) => run(['fleet', 'up', ...args], { cwd, fleet });
    expect((await up('--goal', 'migrate', '--dry-run')).out).toBe(`Fleet shop: 1 move in 1 wave and 2 accounts
  first
    moves@trial/eu-west-1
      api a1b2c3, from vlink1 to vlink2
`);
    const { waves } = JSON.parse((await up('--goal', 'migrate', '--dry-run', '--json')).out) as {
      readonly waves: object;
    };
    expect(waves).toMatchObject([
      { specs: [{ moves: [{ request: { api: 'a1b2c3', from: 'vlink1', to: 'vlink2' } }] }] },
    ]);
    await up('--goal', 'migrate', '--yes', '--detach');
    expect(requests).toMatchObject([{ goal: 'migrate', specs: [{ name: 'moves@trial/eu-west-1' }] }]);
    expect((await up('--goal', 'migrate', '--rollback', '--yes')).err).toContain('LOCKED: run shop-');
    expect((await up('--rollback', '--yes')).err).toContain('--rollback has no meaning without --goal migrate');
    expect((await up('orders.yaml', '--goal', 'migrate', '--dry-run')).err).toContain('INVALID_FLEET');
  });

  it.each([
    ['an ID that is not one', 'up --run a/b', 64, "argument 'a/b' is invalid"],
    ['--engine is an address', 'status --engine localhost', 64, 'INVALID_INPUT: --engine is not the address'],
    ['a fleet that cannot be read', 'up --dry-run other.yaml', 64, 'FILE_UNREADABLE: other.yaml'],
    ['an engine without a run', 'status', 1, 'NOT_FOUND: fleet: the engine has no run'],
  ])('refuses: %s', async (_, line, status, text) => {
    const { run: fleet } = aFleet();
    expect(await fleet(line)).toMatchObject({ status, err: expect.stringContaining(text) as string });
  });
});
