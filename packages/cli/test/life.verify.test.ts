import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from './run-command.js';

/** A cloud, a network in it, and a folder with a spec. */
async function scene(options: Parameters<typeof cloud>[0] = {}) {
  const server = await cloud(options);
  const there = await network(server);
  const cwd = folder({ 'postern.yaml': specOf(there) });
  const env = { POSTERN_SIMULATOR: server.url };
  return { server, there, cwd, env, postern: (...argv: string[]) => run(argv, { cwd, env }) };
}

const calls = (server: Awaited<ReturnType<typeof cloud>>) =>
  server.simulation.journal().map(({ service, operation }) => `${service}.${operation}`);

/** Sets every VPC link of the cloud to FAILED. */
function fail({ simulation }: Awaited<ReturnType<typeof cloud>>): void {
  const world = simulation.world();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const one of Object.values(value)) visit(one);
    if ('VpcLinkStatus' in value) Object.assign(value, { VpcLinkStatus: 'FAILED', VpcLinkStatusMessage: 'no address' });
  };
  visit(world);
  simulation.load(world);
}

describe('the life cycle of a private integration', () => {
  it('plan, apply, empty plan, list, destroy', async () => {
    const { postern, cwd, server } = await scene();

    expect(await postern('plan')).toMatchObject({ status: 0, out: expect.stringContaining('+ create link main') });
    expect(await postern('plan', '--detailed-exitcode')).toMatchObject({ status: 2 });
    expect(
      calls(server).filter(
        (call) => /Create|Authorize/.test(call) && !/Listener|Balancer|Api$|Stage|Vpc$|Subnet/.test(call),
      ),
    ).toEqual([]);

    const applied = await postern('apply', '--yes');
    expect(applied).toMatchObject({ status: 0, out: expect.stringMatching(/create link main: done in .*\n/) });
    expect(applied.out).toMatch(/Done: 2 changes, 0 unchanged\.\n$/);
    expect(applied.err).toMatch(
      /^\*\*\* SIMULATOR: every call goes to http:\/\/127\.0\.0\.1:\d+, none to a cloud \*\*\*\n$/,
    );

    expect(await postern('plan', '--detailed-exitcode')).toMatchObject({
      status: 0,
      out: expect.stringContaining('No changes; 2 unchanged.\n'),
    });
    expect(await postern('apply', '--yes')).toMatchObject({
      status: 0,
      out: expect.stringContaining('No changes; 2 unchanged.\n'),
    });

    const links = await postern('links');
    expect(links.out).toMatch(
      /^ID +NAME +CLOUD +REGION +STATE +OWNER +NETWORK +SUBNETS\n\w+ +main +aws +eu-west-1 +ready +shop\/main +vpc-\w+ +subnet-\w+ subnet-\w+\n$/,
    );
    const uses = await postern('links', 'main', '--uses');
    expect(uses.out).toMatch(/\(main\)\nGATEWAY.*\n\w+ +orders +ANY \/orders +\w+ +orders:80\n/);
    const listed = JSON.parse((await postern('links', 'main', '--uses', '--json')).out) as {
      links: [{ uses: [{ targetId: string }] }];
    };
    expect(listed.links[0].uses[0].targetId).toMatch(/^arn:aws:/); // names for people, ids for programs
    const egress = await postern('egress', 'main', '--json');
    expect(JSON.parse(egress.out)).toMatchObject({ prefixes: ['10.0.1.0/24', '10.0.2.0/24'], stability: 'momentary' });

    expect(existsSync(path.join(cwd, '.postern', 'shop.journal'))).toBe(true);
    expect(statSync(path.join(cwd, '.postern', 'shop.journal')).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(cwd, '.postern', '.gitignore'), 'utf8')).toBe('*\n');

    expect(await postern('destroy', '--yes')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/Done: \d changes/),
    });
    expect(await postern('links')).toMatchObject({ status: 0, out: 'No links in eu-west-1.\n' });
    expect(await postern('destroy', '--yes')).toMatchObject({ status: 0 });
  });

  it('streams events as JSON lines that begin with their version', async () => {
    const { postern } = await scene();
    const { status, out } = await postern('apply', '--yes', '--json');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(status).toBe(0);
    expect(lines[0]).toMatchObject({ type: 'version', version: 1 });
    expect(lines[1]).toMatchObject({ type: 'run.started', steps: 2 });
    expect(lines.at(-1)).toMatchObject({ type: 'run.done', applied: 2, failed: 0, integrations: { orders: 'done' } });

    const again = await postern('apply', '--yes', '--json');
    expect(
      again.out
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { type: string }).type),
    ).toEqual(['version', 'run.started', 'run.done']);
  });

  it('applies a saved plan, or refuses it when the current state has changed', async () => {
    const { postern, cwd, server } = await scene();
    expect(await postern('plan', '-o', 'plan.json')).toMatchObject({
      status: 0,
      err: expect.stringContaining('plan.json'),
    });
    expect(await postern('apply', '--plan', 'plan.json', '--yes')).toMatchObject({ status: 0 });
    const moved = await postern('apply', '--plan', 'plan.json', '--yes');
    expect(moved).toMatchObject({ status: 75, err: expect.stringContaining('error WORLD_MOVED: ') });

    // A13: a plan that was edited is refused.
    await postern('destroy', '--yes');
    await postern('plan', '-o', 'plan.json');
    const file = path.join(cwd, 'plan.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('ANY /orders', 'ANY /other'));
    const before = calls(server).length;
    expect(await postern('apply', '--plan', 'plan.json', '--yes')).toMatchObject({ status: 75 });
    expect(
      calls(server)
        .slice(before)
        .filter((call) => /Create/.test(call)),
    ).toEqual([]);
    writeFileSync(file, '{"version":1,"nonsense":true}');
    expect(await postern('apply', '--plan', 'plan.json', '--yes')).toMatchObject({ status: 64 });
    expect(await postern('apply', '--plan', 'none.json', '--yes')).toMatchObject({
      status: 64,
      err: expect.stringContaining('FILE_UNREADABLE'),
    });
  });

  it('replaces a failed link when that is requested, and deletes the failed one', async () => {
    const { postern, server } = await scene({ clock: { speed: 30_000 } });
    await postern('apply', '--yes');
    const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
    const idOf = async () => (await apiGatewayV2.getVpcLinks({})).Items?.map(({ VpcLinkId }) => VpcLinkId);
    const before = await idOf();
    fail(server);

    const kept = await postern('plan');
    expect(kept.out).toContain('apply with --replace-failed');
    expect(await postern('apply', '--yes')).toMatchObject({ status: 1, err: expect.stringContaining('WAIT_FAILED') });

    const planned = await postern('plan', '--replace-failed', '-o', 'plan.json');
    expect(planned.out).toMatch(/replace link main[\s\S]*delete link main/);
    for (const flag of ['--replace-failed', '--delete-instances', '--all']) {
      expect(await postern('apply', '--plan', 'plan.json', '--yes', flag)).toMatchObject({
        status: 64,
        err: expect.stringContaining(`postern plan ${flag} -o plan.json`),
      });
    }
    expect(await idOf()).toEqual(before);
    expect(await postern('apply', '--replace-failed', '--yes')).toMatchObject({ status: 0 });
    const after = await idOf();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    expect(await postern('plan')).toMatchObject({ out: expect.stringContaining('No changes; 2 unchanged.\n') });
  });

  it('allow asks for ports where no target says which to open', async () => {
    const { postern, there, cwd } = await scene();
    const link = { provider: 'aws', region: 'eu-west-1', subnets: there.subnets, allowlist: [] };
    const only = { version: 1, project: 'shop', spec: 'next-1', links: { next: link } };
    writeFileSync(path.join(cwd, 'next.json'), JSON.stringify(only));
    expect(await postern('apply', 'next.json', '--yes')).toMatchObject({ status: 0 });
    const allow = (...more: string[]) =>
      postern('allow', 'next', '10.9.0.0/24', '--spec', 'next.json', '--json', ...more, '--yes');
    expect(await allow()).toMatchObject({
      status: 64,
      err: expect.stringContaining('Add --ports 443, or --ports all.'),
    });
    expect(await allow('--ports', '443,0')).toMatchObject({ status: 64, err: expect.stringContaining('Write ports') });
    const entries = async (...more: string[]) =>
      (JSON.parse((await allow(...more)).out) as { entries: { fromPort: number; toPort: number }[] }).entries.map(
        ({ fromPort, toPort }) => [fromPort, toPort],
      );
    expect(await entries('--ports', '443,8443')).toEqual([
      [443, 443],
      [8443, 8443],
    ]);
    expect(await entries('--ports', 'all')).toContainEqual([0, 65_535]);
  });

  it('changes an allowlist by allow and revoke', async () => {
    const { postern } = await scene();
    await postern('apply', '--yes');
    const allowed = await postern('allow', 'main', '10.9.0.0/24', '--json', '--yes');
    expect(allowed).toMatchObject({ status: 0, err: expect.stringContaining('the next apply reverts it') });
    expect(
      (JSON.parse(allowed.out) as { entries: { cidrBlock: string }[] }).entries.map((one) => one.cidrBlock).toSorted(),
    ).toEqual(['10.0.0.0/16', '10.9.0.0/24']);
    const revoked = await postern('revoke', 'main', '10.9.0.0/24', '--yes');
    expect(revoked.out).toMatch(/may reach\n {2}10\.0\.0\.0\/16 tcp 80\n$/);
    expect(await postern('allow', 'main', '10.9.0.1/24', '--yes')).toMatchObject({
      status: 64,
      err: expect.stringMatching(/error INVALID_PREFIX[\s\S]*10\.9\.0\.0\/24/),
    });
    expect(await postern('allow', 'main', '10.9.0.0/24', '--project', 'other', '--yes')).toMatchObject({
      status: 1,
      err: expect.stringContaining('error NOT_FOUND: this spec owns no link main'),
    });
  });

  it('revoke refuses a block that a route needs, unless it is forced', async () => {
    const { postern } = await scene();
    await postern('apply', '--yes');
    expect(await postern('revoke', 'main', '10.0.0.0/16', '--yes')).toMatchObject({
      status: 1,
      err: expect.stringMatching(
        /error STILL_REFERENCED: revoke: 10\.0\.0\.0\/16 is still needed by ANY \/orders[\s\S]*--revoke-needed/,
      ),
    });
    expect((await postern('plan')).out).toContain('No changes');
    await postern('allow', 'main', '10.0.0.0/8', '--yes');
    expect((await postern('revoke', 'main', '10.0.0.0/16', '10.0.0.0/8', '--revoke-needed', '--yes')).status).toBe(0);
    expect((await postern('plan')).out).toContain('10.0.0.0/16 tcp 80');
  });

  it('contact L: allow and revoke report the blocks that changed nothing', async () => {
    const { postern } = await scene();
    await postern('apply', '--yes');
    expect((await postern('allow', 'main', '0.0.0.0/0', '--yes')).err).toContain(
      '0.0.0.0/0 allows the link to reach every address',
    );
    const covered = await postern('allow', 'main', '8.8.8.0/24', '--yes');
    expect(covered.err).toContain('8.8.8.0/24 is covered by 0.0.0.0/0: nothing was added');
    expect(covered.err).not.toContain('the next apply reverts it');
    expect((await postern('revoke', 'main', '0.0.0.0/0', '10.0.0.0/16', '--revoke-needed', '--yes')).err).toContain(
      'the next apply reverts it',
    );
    const absent = await postern('revoke', 'main', '192.168.0.0/16', '--yes');
    expect(absent.err).toContain('192.168.0.0/16 is not on the allowlist: nothing was revoked');
    expect(absent.err).not.toContain('the next apply reverts it');
  });

  it('imports the current state as a spec whose plan is empty', async () => {
    const { postern, cwd } = await scene();
    await postern('apply', '--yes');
    for (const project of ['shop', 'somebody']) {
      const imported = await postern('import', '--provider', 'aws', '--region', 'eu-west-1', '--project', project);
      expect(imported.status).toBe(0);
      writeFileSync(path.join(cwd, `${project}.yaml`), imported.out);
      expect(await postern('plan', `${project}.yaml`, '--detailed-exitcode')).toMatchObject({
        status: 0,
        out: expect.stringMatching(/^No changes/),
      });
    }
    expect(await postern('import', '--region', 'eu-west-1', '-o', 'out.yaml')).toMatchObject({ status: 0, out: '' });
    expect(readFileSync(path.join(cwd, 'out.yaml'), 'utf8')).toContain('owner: external');
  });

  it('prints each call with its request ID when that is requested', async () => {
    const { postern } = await scene();
    const { err, out } = await postern('plan', '--debug');
    expect(err).toMatch(/^debug \w+ GetCallerIdentity eu-west-1: 200 in \d[\d hms]*, request [\w-]{8,}$/m);
    expect(out).not.toContain('debug');
  });

  it('finishes and records the current step when it is interrupted', async () => {
    const { server, cwd, env } = await scene();
    const interrupted = new AbortController();
    const { Interrupted } = await import('../src/process/interruption.js');
    const { status, err } = await run(['apply', '--yes'], {
      cwd,
      env,
      signal: interrupted.signal,
      onOut: (out) => {
        if (out.includes('create link main …')) interrupted.abort(new Interrupted('SIGTERM'));
      },
    });
    expect(status).toBe(143);
    expect(err).toContain('stopped by SIGTERM');
    // The next run finds every created resource: one link, not two.
    expect(await run(['apply', '--yes'], { cwd, env })).toMatchObject({ status: 0 });
    expect(calls(server).filter((call) => call.endsWith('CreateVpcLink'))).toHaveLength(1);
  });
});
