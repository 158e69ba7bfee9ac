import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { MINUTE, movingShop, publishApi } from '../../../simulator/test/moves/scene.js';
import { cloud, folder, run } from '../run-command.js';

const ASSUME =
  'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks: {}\nintegrations: {}\nassume: { internalBlocks: { cn-hangzhou: [10.250.0.0/16] } }\n';

/** A shop that moves, on a served cloud, and the command line in a folder of its own. */
async function served() {
  const shop = await movingShop();
  const server = await cloud({ dataPathDelay: 0 });
  server.simulation.load(shop.sim.world());
  const cwd = folder({ 'assume.yaml': ASSUME });
  const env = { POSTERN_SIMULATOR: server.url };
  const migrate = (verb: string, ...more: readonly string[]) => run(['migrate', verb, ...more], { cwd, env });
  const request = ['--region', 'cn-hangzhou', '--group', shop.groupId, '--to', shop.to, '--spec', 'assume.yaml'];
  return {
    ...shop,
    sim: server.simulation,
    migrate,
    request,
    managed: [...request, '--manage', shop.serverGroup],
    path: (name: string) => path.join(cwd, name),
    cwd,
    env,
  };
}

/** A server whose answers a test decides; it may not answer at all. */
async function analysisServer(answer: (() => { status: number; body: string }) | undefined): Promise<string> {
  const server: Server = createServer((_, response) => {
    if (answer === undefined) return;
    const { status, body } = answer();
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it('postern log in a folder with moves: lists them without a spec, and with one in the order of all runs', async () => {
  const { migrate, managed, cwd, sim, groupId, from, to } = await served();
  expect((await run(['log'], { cwd })).err).toContain('error FILE_UNREADABLE');
  expect((await migrate('run', ...managed, '--yes', '--pause', '0s')).status).toBe(0);
  await sim.advance(20 * MINUTE);
  expect((await migrate('finish', '--yes')).status).toBe(0);
  const alone = await run(['log'], { cwd });
  expect(alone).toMatchObject({ status: 0, err: '' });
  const row = (does: string) => new RegExp(`^[0-9a-f]{8} .* migrate ${does} [0-9a-f]{16}: ${groupId} .* done$`);
  expect(alone.out.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^RUN /),
    expect.stringMatching(row('finish')),
    expect.stringMatching(row('run')),
  ]);
  const { runs } = JSON.parse((await run(['log', '--json'], { cwd })).out) as {
    runs: { run: string; move: string }[];
  };
  expect(runs.map(({ move }) => move)).toEqual([runs[0]?.move, runs[0]?.move]);
  const [finish = '', moved = ''] = await Promise.all(
    runs.map(async (one) => (await run(['log', '--run', one.run], { cwd })).out),
  );
  expect(moved).toContain('shift');
  for (const details of [finish, moved])
    expect(details).toMatch(new RegExp(`^ {2}moves: +shop \\(${groupId}\\), from ${from} to ${to}$`, 'm'));

  const spec = 'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks: {}\nintegrations: {}\n';
  writeFileSync(path.join(cwd, 'postern.yaml'), spec);
  mkdirSync(path.join(cwd, '.postern'), { recursive: true });
  const { fileJournal } = await import('@postern/core/internal/node');
  const journal = fileJournal(path.join(cwd, '.postern', 'shop.journal'));
  const at = '2000-01-01T00:00:00.000Z';
  const lock = await journal.lock();
  await journal.append({ type: 'run', at, run: `${at}-1a2b3c4d`, value: { project: 'shop', command: 'apply' } });
  await lock.release();
  const both = (await run(['log'], { cwd })).out.trimEnd().split('\n');
  expect(both.slice(1)).toEqual([
    expect.stringMatching(row('finish')),
    expect.stringMatching(row('run')),
    expect.stringMatching(/^1a2b3c4d .* apply .* not finished/),
  ]);
});

describe('postern migrate plan', () => {
  it('shows the phases, and what it may not add as to-dos, with exit status 3', async () => {
    const { migrate, request, managed, from, to, serverGroup, path: at } = await served();
    const open = await migrate('plan', ...request);
    expect(open.status).toBe(3);
    expect(open.out).toContain('To do before the move (');
    expect(open.out).toContain('path/security-group');
    const ready = await migrate('plan', ...managed, '--html', 'move.html');
    expect(ready.status).toBe(0);
    const page = readFileSync(at('move.html'), 'utf8');
    const [before = '', after = ''] = page.match(/<svg [\s\S]*?<\/svg>/g) ?? [];
    expect([before.includes(from), before.includes(to), after.includes(from), after.includes(to)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    for (const text of ['~ GET /orders/{id}', '+ to be added']) expect(after).toContain(text);
    expect(page).not.toMatch(/<script|<img|\son\w+=/);
    expect(ready.out).toContain(`Move 1 unit from ${from} to ${to} in alibaba cn-hangzhou`);
    expect(ready.out).toContain(`allow ingress tcp 80 from 10.0.1.0/24 in ${serverGroup}`);
    expect(ready.out).toContain('ModifyApiGroupInstance');
    expect(ready.out).toContain('Undo: postern migrate rollback, until finish.');
  });

  it('names the request that is wrong', async () => {
    const { migrate, request, from, groupId } = await served();
    const at = ['--region', 'cn-hangzhou', '--provider', 'alibaba', '--spec', 'assume.yaml'];
    const absent = await migrate('plan', ...at, '--group', 'nothere', '--to', from);
    expect(absent).toMatchObject({ status: 1, err: expect.stringContaining('error NOT_FOUND') });
    const same = await migrate('plan', ...at, '--group', groupId, '--to', from);
    expect(same).toMatchObject({ status: 64, err: expect.stringContaining('is already on') });
    const gone = await migrate('plan', ...at, '--group', groupId, '--to', 'apigateway-hz-000000000000');
    expect(gone).toMatchObject({ status: 1, err: expect.stringContaining('error NOT_FOUND') });
    const manage = await migrate('plan', ...request, '--manage', 'sg-nothere');
    expect(manage).toMatchObject({ status: 1, err: expect.stringContaining('sg-nothere does not exist') });
    const many = await migrate('run', ...request, '--yes', '--max-error-rate', '101%');
    expect(many.status).toBe(64);
  });
});

describe('postern migrate run', () => {
  it('moves, says where it stands, finishes after the drain, and does not return after that', async () => {
    const { migrate, managed, from, to, sim, groupId, path: at } = await served();
    const moved = await migrate('run', ...managed, '--yes');
    expect(moved.err).not.toContain('error');
    expect(moved.out).toContain('Edit what declares the link, or the next run of that tool undoes the move:');
    expect(moved.out).toContain(`instance_id = "${to}"`);
    expect(moved.status).toBe(0);
    expect(moved.out).toContain('widen: 4 entries are added, and nothing is removed');
    expect(moved.out).toMatch(
      /Moved: 1 unit on the new link, 0 on the old one\. Finish after 2026-.*: postern migrate finish [0-9a-f]{16}\n$/,
    );
    const status = await migrate('status');
    expect(status.out).toContain('draining, phase drain');
    const early = await migrate('finish', '--yes');
    expect(early.status).toBe(75);
    expect(early.err).toMatch(
      /error DRAINING: calls may still use apigateway-hz-\w+: \d+ min(?: \d+ s)? of the drain are left/,
    );
    // The clock of the cloud counts, in whole seconds.
    await sim.advance(15 * MINUTE + 5_000);
    const unnamed = await migrate('finish', '--yes', '--write');
    expect(unnamed).toMatchObject({ status: 64, err: expect.stringContaining('error FILE_UNREADABLE: --write: this') });
    const spec = (id: string): string => `# by hand
links: { hz: { provider: alibaba, region: cn-hangzhou, id: ${id} } } # the gateway
integrations: { shop: { link: hz, gateway: { apiGroup: ${groupId} }, targets: {}, routes: {} } }
`;
    writeFileSync(at('shop.yaml'), spec(from));
    const finished = await migrate('finish', '--yes', '--write', '--spec', 'shop.yaml');
    expect(finished).toMatchObject({ status: 0, out: expect.stringContaining('Nothing uses the old link any more.') });
    expect(finished.out).toContain(`Edited shop.yaml:\n  links.hz.id: ${from} → ${to} (line 2)\n`);
    expect(readFileSync(at('shop.yaml'), 'utf8')).toBe(spec(to));
    const late = await migrate('rollback', '--yes');
    expect(late).toMatchObject({ status: 1, err: expect.stringContaining('error MOVE_ENDED: no move is open') });
    // A process that was killed may have come to the end: the same command finds nothing left to do.
    for (const [command, ...more] of [['finish'], ['run', ...managed, '--finish']] as const) {
      const { status, err } = await migrate(command, ...more, '--yes');
      expect({ status, err }).toMatchObject({ status: 0, err: expect.stringContaining('finished') });
    }
    expect((await migrate('status', '--json')).out).toContain(`"to": "${to}"`);
  });

  it('ends with exit status 3 before anything has changed while to-dos are open, or waits for them', async () => {
    const { migrate, request, sim, serverGroup, state } = await served();
    const before = state();
    const refused = await migrate('run', ...request, '--yes');
    expect(refused.status).toBe(3);
    expect(refused.err).toContain('error FINDINGS_FAILED: path/security-group');
    expect(state()).toEqual(before);
    const waiting = migrate('run', ...request, '--yes', '--wait-for-todos', '30m');
    await sim.advance(2 * MINUTE);
    for (const SourceCidrIp of ['10.0.1.0/24', '10.0.2.0/24']) {
      sim.callAlibaba(
        { product: 'Ecs', action: 'AuthorizeSecurityGroup', region: 'cn-hangzhou' },
        { SecurityGroupId: serverGroup, IpProtocol: 'tcp', PortRange: '80/80', SourceCidrIp },
      );
    }
    expect((await waiting).status).toBe(0);
  });

  it('carries out a saved plan, and refuses one that was edited', async () => {
    const { migrate, managed, path: at } = await served();
    await migrate('plan', ...managed, '-o', 'move.json');
    const text = readFileSync(at('move.json'), 'utf8');
    writeFileSync(at('edited.json'), text.replace('"10.0.3.10/32"', '"10.0.0.0/8"'));
    const edited = await migrate('run', '--plan', 'edited.json', '--spec', 'assume.yaml', '--yes');
    expect(edited).toMatchObject({ status: 64, err: expect.stringContaining('was edited after it was computed') });
    const both = await migrate('run', '--plan', 'move.json', '--manage', 'sg-1', '--yes');
    expect(both).toMatchObject({
      status: 64,
      err: expect.stringContaining('--manage is not allowed with a saved plan'),
    });
    expect((await migrate('run', '--plan', 'move.json', '--spec', 'assume.yaml', '--yes')).status).toBe(0);
  });

  it('returns what was switched where the analysis fails, reports too many errors, or does not end', async () => {
    const { migrate, managed, sim, groupId, from } = await served();
    const on = () => {
      const target = { product: 'CloudAPI', action: 'DescribeApiGroup', region: 'cn-hangzhou' } as const;
      return (sim.callAlibaba(target, { GroupId: groupId }) as { readonly InstanceId: string }).InstanceId;
    };
    const url = await analysisServer(() => ({ status: 200, body: '{"errorRate":0.02}' }));
    const failed = await migrate('run', ...managed, '--yes', '--analysis', url, '--max-error-rate', '1%');
    expect(failed.status).toBe(1);
    expect(failed.err).toContain(
      'error ANALYSIS_FAILED: analyze batch 1: 2 % of the calls failed, and at most 1 % may',
    );
    expect(failed.out).toContain('Rolled back: 0 units on the new link, 1 on the old one. 4 entries removed.');
    expect(on()).toBe(from);
    const kept = await migrate('run', ...managed, '--yes', '--analysis', 'exit 3', '--no-auto-rollback');
    expect(kept.status).toBe(1);
    expect(kept.out).toContain('Not done: 1 unit on the new link');
    expect((await migrate('rollback', '--yes', '--spec', 'assume.yaml')).status).toBe(0);
  });

  it('calls the public domain after the switch, and returns where that fails', async () => {
    const { migrate, managed, sim, serverId } = await served();
    const works = await migrate('run', ...managed, '--yes', '--probe-path', '/orders/1');
    expect(works.out).toContain('GET /orders/1: status 200');
    expect((await migrate('rollback', '--yes', '--spec', 'assume.yaml')).status).toBe(0);
    expect(await migrate('rollback', '--yes')).toMatchObject({
      status: 0,
      err: expect.stringContaining('rolled back'),
    });
    sim.backends.add({ instance: serverId, port: 80, behavior: { status: 500 } });
    const fails = await migrate('run', ...managed, '--yes', '--probe-path', '/orders/1');
    expect(fails.status).toBe(1);
    expect(fails.err).toMatch(/error VERIFICATION_FAILED: switch shop .*: GET https:.*\/orders\/1: status 500/);
    expect(fails.out).toContain('Rolled back');
  });

  it('says where it stands after an interruption, and continues', async () => {
    const { migrate, managed, cwd, env } = await served();
    const stop = new AbortController();
    const ended = await run(['migrate', 'run', ...managed, '--yes'], {
      cwd,
      env,
      signal: stop.signal,
      onOut: (out) => {
        if (out.includes('switch: '))
          stop.abort(Object.assign(new Error('stopped by SIGINT'), { name: 'Interrupted', exitCode: 130 }));
      },
    });
    expect(ended.status).toBe(130);
    expect(ended.out).toContain('Continue with the same command, or return with postern migrate rollback');
    const next = (await migrate('status')).out.match(/next: `postern migrate (run [0-9a-f]{16})` continues it/)?.[1];
    const again = await migrate(...(next?.split(' ') as [string, string]), '--yes');
    expect(again.status).toBe(0);
    expect(again.out).toMatch(/Move [0-9a-f]{16} is continued\./);
  });

  it('continues the only open move without options, and lists several', async () => {
    const { migrate, managed, sim, from, to, cwd } = await served();
    const by = (product: any, action: string, input = {}): any =>
      sim.callAlibaba({ product, action, region: 'cn-hangzhou' }, input);
    const at = ['--spec', 'assume.yaml', '--yes'];
    // Nothing to continue: the request is missing.
    expect(await migrate('run', ...at)).toMatchObject({ status: 64, err: expect.stringContaining('--to is missing') });
    expect(existsSync(path.join(cwd, '.postern'))).toBe(false);
    const { GroupId } = by('CloudAPI', 'CreateApiGroup', { GroupName: 'other', InstanceId: from });
    publishApi(by, GroupId, { name: 'other', path: '/other', access: 'server' });
    expect((await migrate('run', ...managed, '--yes', '--pause', '0s')).status).toBe(0);
    const again = await migrate('run', ...at);
    expect(again).toMatchObject({ status: 0, out: expect.stringContaining('is continued.') });
    const both = await migrate('run', ...at, '--group', '0f1e2d3c');
    expect(both).toMatchObject({ status: 64, err: expect.stringContaining('--to is missing') });
    const [, id = ''] = /Move ([0-9a-f]{16}) is continued/.exec(again.out) ?? [];
    const mixed = await migrate('run', id, '--to', to, ...at);
    expect(mixed).toMatchObject({
      status: 64,
      err: expect.stringContaining('--to is not allowed with the ID of a move'),
    });
    const other = ['--region', 'cn-hangzhou', '--group', GroupId, '--to', to, '--pause', '0s'];
    expect((await migrate('run', ...other, ...at)).status).toBe(0);
    const several = await migrate('run', ...at);
    expect(several).toMatchObject({ status: 64, err: expect.stringContaining(`several moves are open: ${id} (`) });
    expect((await migrate('run', id, ...at)).status).toBe(0);
  });
});

describe('postern migrate status', () => {
  it('gives a repeated request an ID of its own, and commands that work as printed', async () => {
    const { migrate, managed } = await served();
    expect((await migrate('run', ...managed, '--yes', '--pause', '0s')).status).toBe(0);
    expect((await migrate('rollback', '--spec', 'assume.yaml', '--yes', '--drain', '11m')).status).toBe(0);
    expect((await migrate('run', ...managed, '--yes', '--pause', '0s')).status).toBe(0);
    const { moves } = JSON.parse((await migrate('status', '--json')).out) as {
      moves: { move: string; state: string; next: string }[];
    };
    expect(moves.map(({ state }) => state)).toEqual(['draining', 'rolled-back']);
    const [open = '', ended = ''] = moves.map(({ move }) => move);
    expect(open).toBe(`${ended}-2`);
    expect(moves[0]?.next).toContain(`\`postern migrate rollback ${open}\` returns`);
    const back = await migrate('rollback', open, '--spec', 'assume.yaml', '--yes', '--drain', '11m');
    expect(back).toMatchObject({ status: 0, out: expect.stringContaining('Rolled back: 0 units') });
  });

  it('makes nothing in its folder', async () => {
    const { migrate, cwd } = await served();
    expect((await migrate('status')).out).toBe('No moves in the journal of this folder.\n');
    expect(existsSync(path.join(cwd, '.postern'))).toBe(false);
  });
});

it('postern migrate abort: says that no move is open', async () => {
  const { migrate } = await served();
  expect(await migrate('abort', '--yes')).toMatchObject({
    status: 1,
    err: expect.stringContaining('error MOVE_ENDED'),
  });
  expect((await migrate('status')).out).toBe('No moves in the journal of this folder.\n');
});

describe('postern migrate run of a stage', () => {
  it('names what is missing', async () => {
    const { migrate } = await served();
    const at = ['--region', 'eu-west-1', '--rest-api', 'a1b2c3'];
    expect((await migrate('plan', ...at, '--to', 'v2')).err).toContain('--stage is missing');
    expect((await migrate('plan', ...at, '--stage', 'prod', '--to', 'v2')).err).toContain(
      '--target-balancer is missing',
    );
    expect((await migrate('plan', ...at, '--group', 'x', '--to', 'v2')).err).toContain('cannot be combined');
    expect((await migrate('plan', '--stage', 'prod', '--to', 'v2')).err).toContain('no meaning without --rest-api');
  });

  it('moves it through a canary', async () => {
    const shop = await restShop();
    const server = await cloud({ dataPathDelay: 0 });
    server.simulation.load(shop.simulation.world());
    const cwd = folder({});
    const env = { POSTERN_SIMULATOR: server.url };
    const request = ['--region', 'eu-west-1', '--rest-api', shop.restApiId, '--stage', 'prod', '--to', 'two'];
    const named = [...request, '--target-balancer', 'orders-alb'];
    const judged = await run(['migrate', 'validate', ...named, '--json'], { cwd, env });
    const planned = await run(['migrate', 'plan', ...named, '--json'], { cwd, env });
    const failed = (text: string): readonly string[] =>
      (JSON.parse(text) as { findings: readonly { check: string; verdict: string }[] }).findings.flatMap((one) =>
        one.verdict === 'pass' ? [] : [one.check],
      );
    expect(judged.status).toBe(0);
    expect(failed(judged.out)).toEqual(failed(planned.out));
    expect(failed(judged.out)).toContain('migrate/owner');
    const argv = ['migrate', 'run', ...named, '--canary', '10%', '--yes'];
    const { status, out } = await run(argv, { cwd, env });
    expect(out).toContain('for 10 % of the calls');
    expect(out).toContain('Moved: 1 unit on the new link');
    expect(status).toBe(0);
  });
});
