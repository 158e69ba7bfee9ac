import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { secretTexts } from '../../src/process/secret-texts.js';
import type { Io } from '../../src/process/io.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

async function scene() {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder({ 'postern.yaml': specOf(there) });
  const env = { POSTERN_SIMULATOR: server.url };
  return { postern: (...argv: string[]) => run(argv, { cwd, env }) };
}

describe('a command in a folder with a spec', () => {
  it('reads the regions of the spec where none is named', async () => {
    const { postern } = await scene();
    const quotas = await postern('quotas', '--json');
    expect(quotas).toMatchObject({ status: 0, err: expect.stringContaining('eu-west-1 of postern.yaml is read') });
    expect(JSON.parse(quotas.out)).toHaveProperty('quotas');
    const imported = await postern('import');
    expect(imported).toMatchObject({ status: 0, err: expect.stringContaining('eu-west-1 of postern.yaml is read') });
    expect(imported.out).toMatch(/^# What was there at .*\nversion: 1\n/);
    expect(await postern('quotas', '--provider', 'alibaba')).toMatchObject({
      status: 64,
      err: expect.stringContaining('REGION_MISSING'),
    });
  });

  it('looks in the cloud and region that are named, also where the spec has none of that cloud', async () => {
    const { postern } = await scene();
    for (const argv of [
      ['--provider', 'alibaba', '--region', 'cn-hangzhou'],
      ['--region', 'cn-hangzhou'],
    ])
      expect(await postern('links', ...argv)).toMatchObject({ status: 0, out: 'No links in cn-hangzhou.\n' });
    expect(await postern('links', '--provider', 'alibaba')).toMatchObject({
      status: 64,
      err: expect.stringContaining('REGION_MISSING'),
    });
    expect(await postern('links')).toMatchObject({ status: 0, out: 'No links in eu-west-1.\n' });
    expect(await postern('links', '--region', 'no where')).toMatchObject({ status: 64 });
  });
});

describe('errors with --json', () => {
  it('are a line of JSON each on stderr, and a document on stdout', async () => {
    const cwd = folder({
      'postern.yaml':
        'version: 1\nproject: shop\nlinks:\n  eu: { provider: aws, region: eu-west-1, subnets: [sg-1], allowlist: [10.0.0.1/8] }\n',
    });
    const { status, out, err } = await run(['plan', '--json'], { cwd });
    expect([status, JSON.parse(out)]).toMatchObject([
      64,
      { error: { code: 'WRONG_KIND' }, also: [{ code: 'INVALID_PREFIX' }] },
    ]);
    const errors = err
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { error: object });
    expect(errors).toMatchObject([
      { error: { code: 'WRONG_KIND', place: { file: 'postern.yaml', line: 4 }, remedy: 'Write the ID of a subnet.' } },
      { error: { code: 'INVALID_PREFIX', message: expect.stringContaining('links.eu.allowlist[0]') } },
    ]);
  });

  it('are JSON for wrong usage, too', async () => {
    const { status, err } = await run(['plan', '--json', '--nonsense']);
    expect(status).toBe(64);
    expect(JSON.parse(err)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining('--nonsense') },
    });
  });
});

describe('POSTERN_SIMULATOR', () => {
  it.each(['localhost:4112', '127.0.0.1:4112'])('without a scheme (%s) is named as such', async (POSTERN_SIMULATOR) => {
    const { status, err } = await run(['links', '--region', 'eu-west-1'], { env: { POSTERN_SIMULATOR } });
    expect(status).toBe(64);
    expect(err).toContain(`POSTERN_SIMULATOR lacks http://\n  Write http://${POSTERN_SIMULATOR}, or unset it.`);
  });

  it('of another machine is refused, with and without a scheme', async () => {
    for (const POSTERN_SIMULATOR of ['http://example.com:4010', 'example.com:4010', 'localhost@example.com'])
      expect((await run(['links', '--region', 'eu-west-1'], { env: { POSTERN_SIMULATOR } })).err).toContain(
        'is not an address of this machine',
      );
  });
});

describe('options that hold secrets', () => {
  it('are read from arguments, files, variables and standard input', async () => {
    const cwd = folder({ 'headers.txt': '# of the shop\nauthorization: Bearer a\n\nx-key: b\r\n' });
    const readStdin = () => Promise.resolve(new TextEncoder().encode('x-in: d\n'));
    const io = { cwd, env: { HEADER: 'x-env: c', EMPTY: '' }, readStdin } as unknown as Io;
    const texts = ['x-one: 1', '@headers.txt', '@env:HEADER', '@-'];
    expect(await secretTexts(io, '--header', texts)).toEqual([
      'x-one: 1',
      'authorization: Bearer a',
      'x-key: b',
      'x-env: c',
      'x-in: d',
    ]);
    await expect(secretTexts(io, '--header', ['@none.txt'])).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    for (const name of ['EMPTY', 'NONE', '__proto__'])
      await expect(secretTexts(io, '--header', [`@env:${name}`])).rejects.toMatchObject({ code: 'MISSING_VARIABLE' });
  });

  it('are accepted by the commands', async () => {
    const cwd = folder({ 'keys.txt': 'AKIAFILE:secret-of-the-file\nnonsense\n' });
    const { status, err } = await run(['simulate', '--port', '0', '--verify-signatures', '--key', '@keys.txt'], {
      cwd,
    });
    expect(status).toBe(64);
    expect(err).toContain('--key: not valid credentials');
    expect(err).not.toContain('nonsense');
  });
});

describe('an endpoint that cannot be reached', () => {
  it('is named with its address', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => void server.close(resolve));
    const before = { ...process.env };
    onTestFinished(() => {
      for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
    });
    process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${port}`;
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIAIOSFODNN7EXAMPLE';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'not-a-secret-of-anybody';
    const { status, err } = await run(['links', '--region', 'eu-west-1'], { cwd: folder({}) });
    expect(status).toBe(1);
    expect(err).toContain(`the endpoint refused the connection (ECONNREFUSED): 127.0.0.1 port ${port}`);
  });
});
