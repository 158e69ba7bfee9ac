import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveUi } from '../../src/fleet/ui-server.js';
import { anEngine } from './an-engine.js';

const RUN = 'shop-1';
const SPEC = 'orders.yaml@prod/eu-west-1';

/** A page of a run that waits for an approval, and a browser that has opened it. */
async function aPage() {
  const engine = anEngine();
  const spec = { version: 1 as const, project: 'shop', spec: 'shop', links: {}, integrations: {} };
  const specs = [{ name: SPEC, spec }];
  const waves = [{ name: 'all', specs: [SPEC], approval: true }];
  await engine.client.start({ run: RUN, goal: 'check', specs, accounts: [], waves });
  const server = await serveUi({ client: engine.client, port: 0, by: 'ana' });
  onTestFinished(() => server.close());
  const { origin, searchParams } = new URL(server.url);
  const token = searchParams.get('token') ?? '';
  const first = await fetch(server.url, { redirect: 'manual' });
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  const get = async (path: string, headers: Record<string, string> = { cookie }) => {
    const response = await fetch(origin + path, { headers, redirect: 'manual' });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const post = async (form: Record<string, string>) => {
    const body = new URLSearchParams({ token, approval: 'wave all', answer: 'approve', by: 'ana', ...form });
    const sent = { method: 'POST', body, headers: { cookie }, redirect: 'manual' } as const;
    const response = await fetch(`${origin}/runs/${RUN}`, sent);
    return { status: response.status, text: await response.text() };
  };
  return { ...engine, origin, first, get, post };
}

describe('serveUi', () => {
  it('shows runs, a run and a spec; a form approves', async () => {
    const { first, get, post, client } = await aPage();
    expect(first.headers.get('set-cookie')).toMatch(/^postern-\d+=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/);
    const runs = await get('/');
    expect(runs.text).toContain(`<a href="/runs/${RUN}">${RUN}</a>`);
    expect(runs.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(runs.text).not.toMatch(/<script|\bsrc=|https?:\/\//);
    expect((await get(`/runs/${RUN}`)).text).toMatch(
      /Begin wave all\?[\s\S]*<button disabled hidden>[\s\S]*value="wave all"/,
    );
    expect((await get(`/runs/${RUN}/${encodeURIComponent(SPEC)}`)).text).toContain('link:eu');
    expect(await post({ by: 'eve' })).toMatchObject({
      status: 403,
      text: 'PERMISSION_DENIED: eve may not approve\nAsk ana.',
    });
    expect(await post({ reason: 'fine' })).toMatchObject({ status: 303 });
    const { approvals } = await client.status(RUN);
    expect(approvals[0]?.answer).toMatchObject({ approved: true, by: 'ana' });
  });

  it('refuses whoever does not have the token, other names of this machine, and forms of other pages', async () => {
    const { origin, get, post, client } = await aPage();
    expect(await get('/', {})).toMatchObject({ status: 403 });
    expect(await get('/?token=guess', {})).toMatchObject({ status: 403 });
    expect(await get('/', { cookie: 'token=guess' })).toMatchObject({ status: 403 });
    const status = await new Promise((resolve) => {
      request(origin, { headers: { host: 'evil.example' } }, (response) => resolve(response.statusCode)).end();
    });
    expect(status).toBe(403);
    expect(await post({ token: 'guess' })).toMatchObject({ status: 403 });
    expect(await post({ answer: '' })).toMatchObject({ status: 400 });
    expect(await post({ reason: 'x'.repeat(20_000) })).toMatchObject({ status: 502 });
    expect(await get('/runs/none')).toMatchObject({ status: 404 });
    expect(await get('/%ff')).toMatchObject({ status: 404 });
    expect((await client.runs())[0]?.approvals[0]?.answer).toBeUndefined();
  });
});
