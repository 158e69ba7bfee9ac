import { defined, isPosternError, PosternError, type Finding } from '@postern/core/internal/adapter';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FleetClient } from '@postern/fleet';
import { runPage, runsPage, specPage } from '@postern/fleet/internal/report';
import { listen } from '../process/listen.js';
import { isSameSecret } from '../process/secrets.js';

/** What a page is served from. */
export interface UiOptions {
  readonly client: FleetClient;
  /** 0 selects a free one. */
  readonly port: number;
  /** The name that forms suggest. */
  readonly by: string;
}

/** A page that is served on this machine. */
export interface UiServer {
  /** With the token, which the browser keeps as a cookie. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The longest form that is read. */
const MOST_BYTES = 16_384;

/**
 * Serves runs as pages on a loopback address, to whoever has the token. Pages have no scripts and load nothing.
 * @throws {PosternError} `PORT_IN_USE`.
 */
export async function serveUi({ client, port, by }: UiOptions): Promise<UiServer> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    const host = request.headers.host ?? '';
    const own = server.address() as AddressInfo;
    const answer = isAllowed(host, own)
      ? answerTo(request, { client, by, token, cookie: `postern-${own.port}` })
      : Promise.resolve<Answer>({ status: 403, text: 'Open the address that `postern fleet ui` printed.' });
    void answer.catch((error: unknown) => failed(error)).then((one) => send(response, one));
  });
  const remedy = 'Choose another one with --port, or 0 for any that is free.';
  const { address, close } = await listen(server, { port, remedy });
  return { url: `http://127.0.0.1:${address.port}/?token=${token}`, close };
}

interface Answer {
  readonly status: number;
  readonly html?: string | undefined;
  readonly text?: string | undefined;
  readonly location?: string | undefined;
  readonly cookie?: string | undefined;
}

interface Context {
  readonly client: FleetClient;
  readonly by: string;
  readonly token: string;
  /** The name of the cookie: browsers send a cookie to each port of a host, so pages of several ports need several names. */
  readonly cookie: string;
}

/** A page of another site could send a name that resolves to this machine. */
function isAllowed(host: string, { port }: AddressInfo): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

async function answerTo(request: IncomingMessage, context: Context): Promise<Answer> {
  const { client, token, by, cookie } = context;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const given = url.searchParams.get('token');
  if (given !== null && isSameSecret(given, token))
    return { status: 303, location: '/', cookie: `${cookie}=${token}; HttpOnly; SameSite=Strict; Path=/` };

  const sent = (request.headers.cookie ?? '').split(/;\s*/).find((one) => one.startsWith(`${cookie}=`));
  if (!isSameSecret(sent?.slice(cookie.length + 1) ?? '', token))
    return { status: 403, text: 'Open the address that `postern fleet ui` printed.' };

  const [, area, run, spec, ...more] = url.pathname.split('/').map((part) => decodeURIComponent(part));
  if (area === '' && run === undefined) return { status: 200, html: runsPage(await client.runs()) };
  if (area !== 'runs' || run === undefined || run === '' || more.length > 0) return { status: 404, text: 'Not found.' };
  if (request.method === 'POST') return approved(request, run, context);

  const state = await client.status(run);
  const now = new Date().toISOString();
  if (spec === undefined) return { status: 200, html: runPage(state, await client.units(run), now, { token, by }) };

  const units = await client.units(run, spec);
  const events = await client.events(run, { spec });
  const found: readonly Finding[] = state.goal === 'check' ? await client.findings(run, spec) : [];
  const watched = state.specs.find(({ name }) => name === spec)?.watched;
  const histories = watched && { [spec]: await client.history(watched.history) };
  const record = { run: state, units, events, findings: { [spec]: found }, histories };
  return { status: 200, html: specPage(record, spec, now) };
}

async function approved(request: IncomingMessage, run: string, { client, token }: Context): Promise<Answer> {
  const form = await formOf(request);
  if (!isSameSecret(form.get('token') ?? '', token)) return { status: 403, text: 'The form is not of this page.' };

  const by = form.get('by') ?? '';
  const reason = form.get('reason') ?? '';
  const answer = form.get('answer') ?? '';
  if (by === '' || !['approve', 'refuse'].includes(answer))
    return { status: 400, text: 'Name and answer are required.' };

  await client.approve(run, form.get('approval') ?? '', {
    approved: answer === 'approve',
    by,
    reason: reason === '' ? undefined : reason,
  });
  return { status: 303, location: `/runs/${encodeURIComponent(run)}` };
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MOST_BYTES) throw new PosternError('INPUT_TOO_LARGE', 'the form is too large');
  }
  return new URLSearchParams(text);
}

function failed(error: unknown): Answer {
  if (!isPosternError(error)) return { status: error instanceof URIError ? 404 : 500, text: 'The page failed.' };

  const status = error.code === 'NOT_FOUND' ? 404 : error.code === 'PERMISSION_DENIED' ? 403 : 502;
  return { status, text: `${error.code}: ${error.message}\n${error.remedy ?? ''}` };
}

function send(response: ServerResponse, { status, html, text = '', location, cookie }: Answer): void {
  response.writeHead(status, {
    'content-type': html === undefined ? 'text/plain; charset=utf-8' : 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...defined({ location, 'set-cookie': cookie }),
  });
  response.end(html ?? text);
}
