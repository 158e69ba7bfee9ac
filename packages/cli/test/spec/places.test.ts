import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { secretTexts } from '../../src/process/secrets.js';
import type { Io } from '../../src/process/io.js';
import { folder, run } from '../run-command.js';

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

it('an endpoint that cannot be reached: is named with its address', async () => {
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
