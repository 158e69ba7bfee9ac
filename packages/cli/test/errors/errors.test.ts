import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const SPEC = `version: 1
project: shop
spec: shop-7f3k2q
links:
  eu:
    provider: aws
    region: eu-west-1
    subnets: [sg-1]
    allowlist: [10.0.0.1/8]
`;

it('errors: terminal escapes in names from a cloud have no effect', async () => {
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

describe('POSTERN_SIMULATOR', () => {
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

it('file names that contain other names: a journal that is a symbolic link to another file is not followed', async () => {
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

it('a lock that another process holds: ends the run with exit status 75', async () => {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder({ 'postern.yaml': specOf(there) });
  const env = { POSTERN_SIMULATOR: server.url };
  await run(['apply', '--yes'], { cwd, env });
  writeFileSync(path.join(cwd, 'postern.yaml'), specOf(there, { link: '    tags: { a: b }' }));
  const { fileJournal } = await import('@postern/core/internal/node');
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
