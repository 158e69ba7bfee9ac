import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkEngine, isOldEnough, registerWorkers } from '../../src/engine/admin.js';

describe('the version of the engine', () => {
  it.each([
    ['1.7.5', true],
    ['1.7.12', true],
    ['1.10.0', true],
    ['2.0.0', true],
    ['1.7.4', false],
    ['1.6.9', false],
    ['undefined', false],
  ])('%s: %s', (version, is) => {
    expect(isOldEnough(version)).toBe(is);
  });

  it('names an old one, and what to do', async () => {
    const server = createServer((_request, answer) => answer.end(JSON.stringify({ version: '1.6.2' })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(checkEngine(url)).rejects.toMatchObject({
      code: 'ENGINE_TOO_OLD',
      message: `the engine at ${url} has version 1.6.2, and 1.7.5 is the oldest supported one`,
      remedy: 'Upgrade the server of Restate to 1.7.5 or newer.',
    });
    await expect(registerWorkers(url, url)).rejects.toMatchObject({ code: 'ENGINE_TOO_OLD' });
    server.close();
    await expect(checkEngine('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'ENDPOINT_UNREACHABLE' });
  });
});
