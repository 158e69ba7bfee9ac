import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const SPEC = `version: 1
project: shop
links:
  eu:
    provider: aws
    region: eu-west-1
    subnets: [sg-1]
    allowlist: [10.0.0.1/8]
`;

const VALID =
  'version: 1\nproject: shop\nlinks: { eu: { provider: aws, region: eu-west-1, subnets: [subnet-0123456789abcdef0] } }\n';

describe('errors', () => {
  it('print code, place and remedy on stderr, and nothing on stdout', async () => {
    const cwd = folder({ 'postern.yaml': SPEC });
    const { status, out, err } = await run(['plan'], { cwd });
    expect(status).toBe(64);
    expect(out).toBe('');
    expect(err).toMatch(
      /^error WRONG_KIND: links\.eu\.subnets\[0\]: .*\n {2}postern\.yaml:7:15\n {2}Write the ID of a subnet\.\nerror INVALID_PREFIX: links\.eu\.allowlist\[0\]: .*\n {2}postern\.yaml:8:17\n {2}.*10\.0\.0\.0\/8.*\n$/,
    );
  });

  it.each([
    ['no spec', ['plan'], {}, 64, /error FILE_UNREADABLE: none of postern\.yaml/],
    ['a named spec that does not exist', ['plan', 'other.yaml'], {}, 64, /error FILE_UNREADABLE: .*other\.yaml/],
    ['two specs', ['plan'], { 'postern.yaml': SPEC, 'postern.json': '{}' }, 64, /error AMBIGUOUS/],
    [
      'a spec that is not JSON',
      ['plan', 'a.json'],
      { 'a.json': 'version: 1' },
      64,
      /error INVALID_YAML[\s\S]*a\.json:1:1/,
    ],
    ['no terminal for the question', ['apply'], { 'postern.yaml': VALID }, 64, /error NO_TERMINAL[\s\S]*--yes/],
    ['no terminal for the question of destroy', ['destroy'], { 'postern.yaml': VALID }, 64, /error NO_TERMINAL/],
    ['no terminal for the question of allow', ['allow', 'main', '10.0.0.0/8'], {}, 64, /error NO_TERMINAL/],
    ['no terminal for the question of revoke', ['revoke', 'main', '10.0.0.0/8'], {}, 64, /error NO_TERMINAL/],
    ['no region', ['links'], {}, 64, /error REGION_MISSING[\s\S]*--region/],
    ['no region to import', ['import'], {}, 64, /error REGION_MISSING/],
    ['an invalid project', ['import', '--region', 'eu-west-1', '--project', '../x'], {}, 64, /error INVALID_INPUT/],
    [
      'no project',
      ['allow', 'x', '10.0.0.0/8', '--region', 'eu-west-1', '--yes'],
      {},
      64,
      /error INVALID_INPUT[\s\S]*--project/,
    ],
    [
      'a region that is not valid, where every link names its own',
      ['plan', '--region', 'eu-west1'],
      {
        'postern.yaml': VALID,
      },
      64,
      /error INVALID_INPUT: "eu-west1" is not a valid AWS region\n {2}Write it like eu-west-1\.\n/,
    ],
  ] as const)('%s', async (_, argv, files, status, text) => {
    const ran = await run(argv, { cwd: folder(files) });
    expect(ran).toMatchObject({ status, out: '', err: expect.stringMatching(text) });
  });

  it('an interrupted NUL in the spec is refused with its line', async () => {
    const cwd = folder({ 'postern.yaml': 'version: 1\nproject: a\u0000b\n' });
    expect(await run(['plan'], { cwd })).toMatchObject({ status: 64, err: expect.stringContaining('postern.yaml:2') });
  });

  it('names the listeners where the ARN of their load balancer was written', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf(there, { target: `'${there.balancer}'` }) });
    const { status, err } = await run(['plan'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect(status).toBe(64);
    expect(err).toMatch(/error WRONG_KIND: /);
    expect(err).toContain('postern.yaml:14:');
    expect(err).toContain(there.listener);
  });

  it('contact L: suggests the gateway that is meant, after one list', async () => {
    const server = await cloud();
    const there = await network(server);
    const env = { POSTERN_SIMULATOR: server.url };
    for (const [wrong, remedy] of [
      [`${there.api.slice(0, -1)}x`, `Did you mean ${there.api} (orders)? Write its ID.`],
      ['orders', `Did you mean ${there.api} (orders)? Write its ID.`],
      ['a1b2c3d4e5f6', `such as ${there.api} (orders)`],
    ] as const) {
      const cwd = folder({ 'postern.yaml': specOf({ ...there, api: wrong }) });
      const before = server.simulation.journal().length;
      expect((await run(['plan'], { cwd, env })).err).toContain(remedy);
      const calls = server.simulation.journal().slice(before);
      expect(calls.filter(({ operation }) => operation === 'GetApis')).toHaveLength(1);
    }
  });

  it('another account than the spec names is refused before anything else', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf(there, { link: "    account: '999999999999'" }) });
    const before = server.simulation.journal().length;
    const { status, err } = await run(['apply', '--yes'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect(status).toBe(64);
    expect(err).toMatch(/error WRONG_ACCOUNT: [\s\S]*999999999999/);
    expect(
      server.simulation
        .journal()
        .slice(before)
        .map(({ operation }) => operation),
    ).toEqual(['GetCallerIdentity']);
  });

  it('a step that fails is reported with its remedy, and the run exits with 1', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf(there) });
    server.simulation.faults.add({ operation: 'CreateRoute', service: 'apigatewayv2', kind: 'deny' });
    const { status, out, err } = await run(['apply', '--yes'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect(status).toBe(1);
    expect(out).toMatch(/create link main: done[\s\S]*Failed: 1 change, 0 unchanged, 1 failed\.\n$/);
    expect(err).toMatch(/error PERMISSION_DENIED: create route ANY \/orders[\s\S]*request [\w-]+/);
    server.simulation.faults.clear();
    const env = { POSTERN_SIMULATOR: server.url };
    expect(await run(['apply', '--yes'], { cwd, env })).toMatchObject({ status: 0 });
    expect(await run(['plan', '--detailed-exitcode'], { cwd, env })).toMatchObject({ status: 0 });
  });

  it('terminal escapes in names from a cloud have no effect', async () => {
    const server = await cloud();
    const there = await network(server);
    const evil = 'x\u001b[31m\u202e\u0007';
    const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
    await apiGatewayV2.createVpcLink({ Name: 'evil', SubnetIds: [...there.subnets], Tags: { Name: 'x' } });
    const world = JSON.parse(
      JSON.stringify(server.simulation.world()).replaceAll('"evil"', JSON.stringify(evil)),
    ) as unknown;
    server.simulation.load(world);
    const { status, out } = await run(['links', '--region', 'eu-west-1'], {
      cwd: folder(),
      env: { POSTERN_SIMULATOR: server.url },
    });
    expect(status).toBe(0);
    expect(out).toContain('\\x1b[31m');
    // oxlint-disable-next-line no-control-regex -- controls are what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('a spec that is code', () => {
  const code = `import { writeFileSync } from 'node:fs';
writeFileSync(new URL('./ran', import.meta.url), '');
export default { version: 1, project: 'shop', links: { eu: { provider: 'aws', region: 'eu-west-1', subnets: ['sg-1'] } } };
`;
  it.each(['postern.config.ts', 'postern.config.mjs', 'postern.ts'])('%s runs only when it is named', async (name) => {
    const cwd = folder({ [name]: code });
    expect(await run(['plan'], { cwd })).toMatchObject({ status: 64, err: expect.stringContaining('FILE_UNREADABLE') });
    const { existsSync } = await import('node:fs');
    expect(existsSync(path.join(cwd, 'ran'))).toBe(false);
    expect(await run(['plan', name], { cwd })).toMatchObject({
      status: 64,
      err: expect.stringContaining('WRONG_KIND'),
    });
    expect(existsSync(path.join(cwd, 'ran'))).toBe(true);
  });
  it('does not search the parent folders', async () => {
    const above = folder({ 'postern.yaml': SPEC });
    const { mkdirSync } = await import('node:fs');
    const cwd = path.join(above, 'below');
    mkdirSync(cwd);
    expect(await run(['plan'], { cwd })).toMatchObject({ status: 64, err: expect.stringContaining('FILE_UNREADABLE') });
  });
  it('code that throws is an error with its file', async () => {
    const cwd = folder({ 'postern.config.mjs': 'throw new Error("no luck")' });
    expect(await run(['plan', 'postern.config.mjs'], { cwd })).toMatchObject({
      status: 64,
      err: expect.stringMatching(/error FILE_UNREADABLE: .*no luck\n {2}postern\.config\.mjs:1:\d+\n/),
    });
  });
});

describe('POSTERN_SIMULATOR', () => {
  it.each([
    'http://example.com:4010',
    'http://10.0.0.1:4010',
    'http://127.0.0.1.nip.io:4010',
    'http://localhost.evil.example:4010',
    'https://127.0.0.1:4010',
    'http://user:secret@127.0.0.1:4010',
    'http://127.0.0.1:4010/path',
    'http://[::ffff:10.0.0.1]:4010',
    'file:///tmp/x',
    'nonsense',
  ])('%s is refused', async (url) => {
    const cwd = folder({ 'postern.yaml': SPEC.replace('sg-1', 'subnet-1').replace('.1/8', '.0/8') });
    const { status, out, err } = await run(['plan'], { cwd, env: { POSTERN_SIMULATOR: url } });
    expect({ status, out }).toEqual({ status: 64, out: '' });
    expect(err).toMatch(/^error INVALID_INPUT: POSTERN_SIMULATOR/);
    expect(err).not.toContain('secret');
  });

  it('real credentials are never sent there, for any environment and spec', async () => {
    const seen: string[] = [];
    const listener = createServer((request, response) => {
      if (request.url !== '/_postern/clock') seen.push(JSON.stringify(request.headers));
      response.setHeader('content-type', 'application/json');
      response.end(request.url === '/_postern/clock' ? '{"now":1780272000000,"speed":1}' : '{}');
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    const secrets = {
      AWS_ACCESS_KEY_ID: 'AKIAREALREALREALREAL',
      AWS_SECRET_ACCESS_KEY: 'realsecret',
      AWS_SESSION_TOKEN: 'realtoken',
    };
    const before = { ...process.env };
    Object.assign(process.env, secrets);
    try {
      const link = "    profile: production\n    assumeRole: 'arn:aws:iam::111122223333:role/deploy'\n";
      const spec = SPEC.replace('sg-1', 'subnet-1').replace('.1/8', '.0/8').replace('    region', `${link}    region`);
      const cwd = folder({ 'postern.yaml': spec });
      const { err } = await run(['plan'], { cwd, env: { ...secrets, POSTERN_SIMULATOR: `http://127.0.0.1:${port}` } });
      expect(seen.length).toBeGreaterThan(0);
      for (const headers of seen) {
        expect(headers).toContain('AKIASIMULATOR');
        expect(headers).not.toMatch(/REALREAL|realtoken|realsecret/);
      }
      expect(err).not.toMatch(/realsecret|realtoken/);
    } finally {
      for (const key of Object.keys(secrets)) delete process.env[key];
      Object.assign(process.env, before);
      listener.closeAllConnections();
      listener.close();
    }
  });

  it('a closed port and another server have different errors', async () => {
    const cwd = folder({ 'postern.yaml': SPEC.replace('sg-1', 'subnet-1').replace('.1/8', '.0/8') });
    expect(await run(['plan'], { cwd, env: { POSTERN_SIMULATOR: 'http://127.0.0.1:1' } })).toMatchObject({
      status: 1,
      err: expect.stringMatching(/SIMULATOR[\s\S]*error ENDPOINT_UNREACHABLE/),
    });
    const other = createServer((_, response) => response.end('<html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      expect(await run(['plan'], { cwd, env: { POSTERN_SIMULATOR: `http://127.0.0.1:${port}` } })).toMatchObject({
        status: 1,
        err: expect.stringContaining('error BAD_RESPONSE'),
      });
    } finally {
      other.closeAllConnections();
      other.close();
    }
  });
});

describe('secrets', () => {
  it.runIf(PROVE)('of the environment are in no output, journal or plan', async () => {
    const server = await cloud();
    const there = await network(server);
    const canaries = ['canary-1-secret', 'canary-2-secret'];
    const cwd = folder({ 'postern.yaml': specOf(there) });
    const env = {
      POSTERN_SIMULATOR: server.url,
      AWS_SECRET_ACCESS_KEY: canaries[0] ?? '',
      AWS_SESSION_TOKEN: canaries[1] ?? '',
    };
    const outputs: string[] = [];
    for (const argv of [
      ['plan', '-o', 'plan.json', '--debug'],
      ['apply', '--yes', '--json', '--debug'],
      ['import', '--region', 'eu-west-1', '--json'],
      ['destroy', '--yes', '--debug'],
    ]) {
      const { out, err } = await run(argv, { cwd, env });
      outputs.push(out, err);
    }
    const { readFileSync } = await import('node:fs');
    outputs.push(
      readFileSync(path.join(cwd, 'plan.json'), 'utf8'),
      readFileSync(path.join(cwd, '.postern', 'shop.journal'), 'utf8'),
    );
    for (const text of outputs) for (const canary of canaries) expect(text).not.toContain(canary);
  });
});

describe('file names that contain other names', () => {
  it.each(['../x', '/etc/x', '..', '.', 'a/b', 'a\\b'])('a project named %j creates no file', async (project) => {
    const cwd = folder({
      'postern.yaml': SPEC.replace('sg-1', 'subnet-1').replace('.1/8', '.0/8').replace('shop', JSON.stringify(project)),
    });
    expect(await run(['apply', '--yes'], { cwd })).toMatchObject({
      status: 64,
      err: expect.stringContaining('INVALID_SPEC'),
    });
  });
  it('a journal that is a symbolic link to another file is not followed', async () => {
    const server = await cloud();
    const there = await network(server);
    const { mkdirSync, symlinkSync, readFileSync } = await import('node:fs');
    const cwd = folder({ 'postern.yaml': specOf(there), precious: 'precious' });
    mkdirSync(path.join(cwd, '.postern'));
    symlinkSync(path.join(cwd, 'precious'), path.join(cwd, '.postern', 'shop.journal'));
    const { status } = await run(['apply', '--yes'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect(status).not.toBe(0);
    expect(readFileSync(path.join(cwd, 'precious'), 'utf8')).toBe('precious');
    expect(server.simulation.journal().some(({ operation }) => operation === 'CreateVpcLink')).toBe(false);
  });
});

describe('a lock that another process holds', () => {
  it('ends the run with exit status 75', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf(there) });
    const env = { POSTERN_SIMULATOR: server.url };
    await run(['apply', '--yes'], { cwd, env });
    writeFileSync(path.join(cwd, 'postern.yaml'), specOf(there, { link: '    tags: { a: b }' }));
    const { fileJournal } = await import('@postern/core/node');
    const lock = await fileJournal(path.join(cwd, '.postern', 'shop.journal')).lock();
    try {
      expect(await run(['apply', '--yes'], { cwd, env })).toMatchObject({
        status: 75,
        out: '',
        err: expect.stringContaining('error LOCKED'),
      });
    } finally {
      await lock.release();
    }
  });
});
