import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { MigrationReport } from '@postern/core/internal/moves';
import { beforeAll, describe, expect, it } from 'vitest';
import { openScene, stageOf, type Scene, type Stage } from '../../../simulator/test/migrate/scene.js';
import { ownGroup } from '../../../simulator/test/migrate/changes.js';
import { cloud, folder, run } from '../run-command.js';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});

/** A served cloud with the scene in it, after a change. */
async function served(change?: (stage: Stage) => unknown) {
  const stage = stageOf(scene);
  await change?.(stage);
  const server = await cloud();
  server.simulation.load(stage.simulation.world());
  const cwd = folder({
    'assume.yaml':
      'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks: {}\nintegrations: {}\nassume: { internalBlocks: { cn-hangzhou: [10.250.0.0/16] } }\n',
  });
  const { apiGroup, next } = stage.parts;
  const base = ['migrate', 'validate', '--provider', 'alibaba', '--region', 'cn-hangzhou'];
  const env = { POSTERN_SIMULATOR: server.url };
  const validate = (...more: readonly string[]) =>
    run([...base, '--group', apiGroup, '--to', next, '--spec', 'assume.yaml', ...more], { cwd, env });
  return {
    ...stage,
    server,
    cwd,
    env,
    validate,
    raw: (...argv: readonly string[]) => run(argv, { cwd, env }),
    offline: (...more: readonly string[]) =>
      run([...base, '--group', apiGroup, '--to', next, '--spec', 'assume.yaml', '--snapshot', 'now.json', ...more], {
        cwd,
      }),
    file: (name: string) => readFileSync(path.join(cwd, name), 'utf8'),
    write: (name: string, text: string) => writeFileSync(path.join(cwd, name), text),
  };
}

/** A plug-in of a backend on the API of the stock. */
const routed =
  (PluginName: string, PluginData: string) =>
  ({ call, parts }: Stage) => {
    const { PluginId } = call('CloudAPI', 'CreatePlugin', { PluginName, PluginType: 'routing', PluginData });
    const at = { GroupId: parts.apiGroup, ApiId: parts.apis['/stock'], StageName: 'RELEASE' };
    call('CloudAPI', 'AttachPlugin', { PluginId, ...at });
  };

const reportIn = (out: string) => JSON.parse(out) as MigrationReport;

describe('postern migrate validate', () => {
  it('reports that a move is possible, and the new source addresses of calls', async () => {
    const { validate, parts } = await served();
    const { status, out } = await validate();
    expect(status).toBe(0);
    expect(out).toMatch(/^Current state at 2026-/);
    expect(out).toContain(`now   ${parts.oldBlocks[0]}`);
    expect(out).toContain('then  10.10.0.0/24, 10.10.1.0/24');
    expect(out).toContain(`instance_id = "${parts.next}"`);
    expect(out.trimEnd()).toMatch(/✓ shop \([0-9a-f]{32}\) → apigateway-hz-[0-9a-f]{12} may go ahead$/);
  });

  it('exits with 3 where a move is not possible, and names the rules to add', async () => {
    const { validate } = await served((stage) => ownGroup(stage));
    const { status, out } = await validate();
    expect(status).toBe(3);
    expect(out).toContain('✗ path/security-group');
    expect(out).toMatch(/add {3}sg-\w+: in tcp 8080 from 10\.10\.0\.0\/24/);
    expect(out).toContain('must not go ahead: 1 error\n');
  });

  it('gives the same findings and impact table from a file, byte for byte', async () => {
    const { validate, raw, offline, file } = await served((stage) => ownGroup(stage));
    await raw('snapshot', '--provider', 'alibaba', '--region', 'cn-hangzhou', '-o', 'now.json');
    const live = await validate('--json');
    const from = await offline('--json');
    expect(live.status).toBe(3);
    expect(from.status).toBe(3);
    expect(from.err).toContain('From now.json, taken');
    expect(Object.keys(reportIn(live.out)).slice(0, 3)).toEqual(['version', 'findings', 'impact']);
    const body = (out: string) => out.slice(0, out.indexOf('\n  "gaps"'));
    expect(body(from.out)).toBe(body(live.out));
    const text = (out: string) => out.slice(out.indexOf('\n'));
    expect(text((await offline()).out)).toBe(text((await validate()).out));
    expect(file('now.json')).not.toContain('"raw"');
  });

  it('writes a page, Markdown and SARIF', async () => {
    const { validate, file } = await served((stage) => ownGroup(stage));
    const reports = ['--report', 'html=also.html', '--report', 'md=also.md', '--report', 'sarif=also.sarif'];
    const { status, out, err } = await validate('--html', 'move.html', '--md', ...reports);
    expect([file('also.html'), file('also.md')]).toEqual([file('move.html'), out]);
    expect(JSON.parse(file('also.sarif'))).toMatchObject({ version: '2.1.0' });
    expect(status).toBe(3);
    expect(err).toContain('the page is in move.html');
    const page = file('move.html');
    expect(page).toContain('It must not go ahead: 1 error');
    expect(page).not.toMatch(/<script|src=|href="(?!#)/);
    const sarif = JSON.parse((await validate('--sarif')).out) as { runs: { results: unknown[] }[] };
    expect(sarif.runs[0]?.results.length).toBeGreaterThan(0);
  });

  it('accepts an unknown that --accept-unknown names', async () => {
    const { validate } = await served(
      routed('by_variable', 'routes:\n- backend: { type: HTTP-VPC, vpcAccessName: "#WHERE#" }\n'),
    );
    const stopped = await validate();
    expect(stopped).toMatchObject({ status: 3, out: expect.stringContaining('1 undecided') });
    expect((await validate('--accept-unknown', 'migrate/stage-variable')).status).toBe(0);
    const subject = 'migrate/stage-variable:plug-in by_variable (RELEASE), #WHERE#';
    expect((await validate('--accept-unknown', subject)).status).toBe(0);
    const other = await validate('--accept-unknown', 'migrate/stage-variable:another');
    expect(other).toMatchObject({ status: 3, err: expect.stringContaining('is unknown') });
    expect(await validate('--accept-unknown', 'all')).toMatchObject({ status: 64 });
  });

  it('an address without an interface is reported, with the options that accept it', async () => {
    const { validate } = await served(
      routed('away', 'routes:\n- backend: { type: HTTP, address: "http://10.10.20.99:8080" }\n'),
    );
    const stopped = await validate();
    expect(stopped.status).toBe(3);
    const text = stopped.out.replace(/\s+/g, ' ');
    expect(text).toMatch(/the owner of 10\.10\.20\.99 in vpc-\w+ \(no interface has it\)/);
    expect(text).not.toContain('the delegation of a block');
    const options = /undecided; to accept (?:it|them): (.*?) ?$/.exec(text)?.[1]?.split(' ') ?? [];
    expect(options).toContain('path/security-group');
    expect((await validate(...options)).status).toBe(0);
  });

  it('checks all API groups of an instance, and reports the order of their moves', async () => {
    const { raw, parts } = await served(({ call, parts: { old, elsewhere, foreign } }) => {
      const { GroupId } = call('CloudAPI', 'CreateApiGroup', { GroupName: 'stuck', InstanceId: old });
      call('CloudAPI', 'SetVpcAccess', { Name: 'foreign', VpcId: elsewhere, InstanceId: foreign, Port: 8080 });
      call('CloudAPI', 'CreateApi', {
        GroupId,
        ApiName: 'far_away',
        Visibility: 'PRIVATE',
        AuthType: 'APP',
        RequestConfig: JSON.stringify({
          RequestProtocol: 'HTTP',
          RequestHttpMethod: 'GET',
          RequestPath: '/far',
          RequestMode: 'PASSTHROUGH',
        }),
        ServiceConfig: JSON.stringify({
          ServiceProtocol: 'HTTP',
          ServiceVpcEnable: 'TRUE',
          VpcConfig: { Name: 'foreign', VpcScheme: 'http' },
        }),
      });
      call('CloudAPI', 'CreateApiGroup', { GroupName: 'blank', InstanceId: old });
    });
    const { old, next } = parts;
    const whole = [
      'migrate',
      'validate',
      '--provider',
      'alibaba',
      '--region',
      'cn-hangzhou',
      '--from',
      old,
      '--to',
      next,
    ];
    const { status, out } = await raw(...whole);
    expect(status).toBe(3);
    expect(out).toMatch(/can move, in this order\n {2}1\. blank .*\n {2}2\. shop .*\nmust not move\n {2}✗ stuck /);
    const { groups } = JSON.parse((await raw(...whole, '--json', '--html', 'all.html')).out) as {
      groups: { name: string; mayGo: boolean }[];
    };
    expect(groups.map(({ name, mayGo }) => [name, mayGo])).toEqual([
      ['blank', true],
      ['shop', true],
      ['stuck', false],
    ]);
  });

  it.each<[string, readonly string[], string]>([
    ['no target', ['--group', 'G'], '--to is missing'],
    ['no group to move', ['--to', 'NEXT'], 'nothing to move was named'],
    ['a group and an instance', ['--group', 'G', '--from', 'OLD', '--to', 'NEXT'], 'cannot be combined'],
    ['an option of AWS', ['--group', 'G', '--to', 'NEXT', '--route', 'GET /'], 'not supported'],
    [
      'a group that does not exist',
      ['--group', '0'.repeat(32), '--to', 'NEXT'],
      'does not exist in cn-hangzhou of account',
    ],
    [
      'an instance that does not exist',
      ['--group', 'G', '--to', 'apigateway-hz-000000000000'],
      'link apigateway-hz-000000000000 does not exist',
    ],
    [
      'the shared instance',
      ['--group', 'G', '--to', 'api-shared-vpc-001'],
      'WRONG_KIND: api-shared-vpc-001 is a shared instance',
    ],
    ['the current instance', ['--group', 'G', '--to', 'OLD'], 'already'],
    ['an instance without groups', ['--from', 'NEXT', '--to', 'OLD'], 'no API group is on'],
    ['two forms', ['--group', 'G', '--to', 'NEXT', '--md', '--sarif'], 'Give only one'],
  ])('refuses %s', async (_, argv, words) => {
    const { raw, parts } = await served();
    const names: Readonly<Record<string, string>> = { G: parts.apiGroup, OLD: parts.old, NEXT: parts.next };
    const given = argv.map((word) => names[word] ?? word);
    const { status, err, out } = await raw(
      'migrate',
      'validate',
      '--provider',
      'alibaba',
      '--region',
      'cn-hangzhou',
      ...given,
    );
    // A resource that does not exist in the cloud is not wrong usage.
    expect({ status, out }).toEqual({ status: err.includes('error NOT_FOUND: ') ? 1 : 64, out: '' });
    expect(err).toContain(words);
  });

  it('shows markup in names as text', async () => {
    const { offline, raw, file, write } = await served((stage) => ownGroup(stage));
    await raw('snapshot', '--provider', 'alibaba', '--region', 'cn-hangzhou', '-o', 'now.json');
    const evil = '<img src=x onerror=alert(1)>"\\u001b[31m';
    write(
      'now.json',
      file('now.json')
        .replaceAll('"name": "shop"', `"name": "${evil.replace('"', '\\"')}"`)
        .replaceAll('"name":"shop"', `"name":"${evil.replace('"', '\\"')}"`),
    );
    const { out, status } = await offline('--html', 'evil.html');
    expect(status).toBe(3);
    expect(out).not.toContain('\u001b');
    expect(file('evil.html')).toContain('&lt;img src=x');
    expect(file('evil.html')).not.toContain('<img');
  });
});
