import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { analysisOf } from '../../src/migrate/analysis.js';

const batch = { units: ['api-group a', 'api-group b'], switched: 2, percent: 100 };

/** An address that answers so, or never. */
async function address(answer: { readonly status: number; readonly body: string } | undefined): Promise<string> {
  const server = createServer((_, response) => {
    if (answer !== undefined) response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it.each([
  [
    { status: 200, body: '' },
    { ok: true, because: 'status 200' },
  ],
  [
    { status: 503, body: 'no' },
    { ok: false, because: 'status 503' },
  ],
  [
    { status: 200, body: '{"errorRate":0.5}' },
    { ok: true, errorRate: 0.5, because: 'status 200, errorRate 0.5' },
  ],
  [
    { status: 200, body: '{"errorRate":"all"}' },
    { ok: true, because: 'status 200' },
  ],
])('of an address that answers %j', async (answer, found) => {
  expect(await analysisOf(await address(answer))(batch)).toEqual(found);
});

it('fails where an address does not answer, or nothing listens there', async () => {
  const hanging = analysisOf(await address(undefined), { timeoutMs: 200 });
  expect(await hanging(batch)).toEqual({ ok: false, because: 'no answer in 0.2 s' });
  expect(await analysisOf('http://127.0.0.1:1/')(batch)).toMatchObject({ ok: false });
});

it('reads the beginning of an answer that does not end', async () => {
  const server = createServer((_, response) => {
    const more = (): unknown => response.write('x'.repeat(16_384), (error) => error ?? setImmediate(more));
    response.writeHead(200);
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  expect(await analysisOf(url)(batch)).toEqual({ ok: true, because: 'status 200' });
});

it.each([
  ['exit 0', { ok: true, because: 'exit status 0' }],
  ['exit 3', { ok: false, because: 'exit status 3' }],
  [`echo '{"errorRate":0.01}'`, { ok: true, errorRate: 0.01, because: 'exit status 0, errorRate 0.01' }],
  ['test "$POSTERN_MOVED_COUNT" = 2', { ok: true, because: 'exit status 0' }],
])('of the command %s', async (command, found) => {
  expect(await analysisOf(command)(batch)).toEqual(found);
});

it('ends a command that does not end, with all that it started', async () => {
  const found = await analysisOf('sleep 60 & sleep 60', { timeoutMs: 300 })(batch);
  expect(found).toEqual({ ok: false, because: 'the command did not end in 0.3 s' });
});
