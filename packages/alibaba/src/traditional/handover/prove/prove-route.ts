import { defined, PosternError, type Json, type CallContext } from '@postern/core/internal/adapter';
import type { PlannedRoute } from '../plan/plan-values.js';
import type { HandoverDriver } from '../run/driver.js';
import type { CallPinned, PinnedAnswer, PinnedCall, ProofCode, ProvenRoute } from './proof.js';
import { textIn } from '../assess/view.js';

/** Methods that a proof may send: they change nothing. */
const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** The method and the path that a route is called with; a method is undefined where all of them may change something. */
function sampleOf(
  { key }: Pick<PlannedRoute, 'key'>,
  given: string | undefined,
): { readonly method: string | undefined; readonly path: string } {
  const [declared = ''] = key.split(' ', 1);
  const method = declared === 'ANY' ? 'GET' : SAFE.find((one) => one === declared);
  return { method, path: given ?? pathOf(key) };
}

/** `/orders/[id]/files/*` becomes `/orders/1/files/1`. */
function pathOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1).replace(/\[[^[\]]*\]|\*$/g, '1');
}

const ALLOWED = 'access-control-allow-origin';

/** What a browser asks before it calls a route with CORS; undefined of a route without. */
function preflightOf(
  { key, policies }: PlannedRoute,
  path: string,
): Pick<PinnedCall, 'method' | 'path' | 'headers'> | undefined {
  const cors = policies.find((policy) => policy.class === 'Cors');
  if (cors === undefined) return undefined;

  const [method = ''] = key.split(' ', 1);
  const headers = {
    origin: originOf(cors.settings['classic'] ?? null),
    'access-control-request-method': method === 'ANY' ? 'GET' : method,
  };
  return { method: 'OPTIONS', path, headers };
}

/** An origin that the plug-in allows: `*.a.com` allows `https://x.a.com`. */
function originOf(body: Json): string {
  const [first = '*'] = (textIn(body, 'allowOrigins') ?? '*').split(',').map((one) => one.trim());
  if (first === '*' || first === '') return 'https://x.example.com';

  const name = first.replace('*', 'x');
  return name.includes('://') ? name : `https://${name}`;
}

/** Why a browser that may call by the classic group may not by the target; undefined where it may, or may by neither. */
function preflightProblem(classic: PinnedAnswer, target: PinnedAnswer): string | undefined {
  if (classic.status >= 300) return undefined;
  if (target.status >= 300) {
    return `${target.status} on the target to a preflight request of a browser, ${classic.status} on the classic group`;
  }
  if (target.headers[ALLOWED] === classic.headers[ALLOWED]) return undefined;

  return `the header ${ALLOWED} differs in the answer to a preflight request of a browser`;
}

/** What one route is proven with. */
export interface RouteTools {
  readonly driver: HandoverDriver;
  readonly call: CallPinned;
  readonly context: CallContext;
  /** Milliseconds since the epoch, by which calls are signed. */
  readonly now: () => number;
  readonly timeoutMs: number;
  readonly host: string;
  readonly protocol: 'http' | 'https';
  /** The address of the target, and of the classic group. */
  readonly target: string;
  readonly classic: string | undefined;
  /** The app whose signature is used; undefined: none may call the route. */
  readonly appId: string | undefined;
  /** A path that the backend answers, where the default one is not enough. */
  readonly sample: string | undefined;
}

/** Headers of answers by which callers decide. */
const COMPARED = ['content-type', 'content-encoding', 'location', 'cache-control', 'www-authenticate'] as const;

/** A change takes seconds until all nodes of a gateway have it [I]: what differs is called again. */
const TRIES = 3;
const PAUSE_MS = 5_000;

/** How often the classic group is called again before its body counts as always the same. */
const REPEATED = 3;

/** Calls one route on both gateways, and compares what they answer. */
export async function proveRoute(route: PlannedRoute, tools: RouteTools): Promise<ProvenRoute> {
  for (let count = 1; ; count += 1) {
    const proven = await browsed(route, tools, await compared(route, tools));
    if (proven.verdict !== 'failed' || count === TRIES) return proven;

    await tools.context.clock.sleep(PAUSE_MS, tools.context.signal);
  }
}

/** A route with CORS is also asked as browsers ask before they call, which changes nothing. */
async function browsed(route: PlannedRoute, tools: RouteTools, proven: ProvenRoute): Promise<ProvenRoute> {
  const asked = preflightOf(route, sampleOf(route, tools.sample).path);
  if (asked === undefined || proven.verdict === 'failed') return proven;

  const target = await ask(tools, 'target', asked);
  if (target === undefined) return { ...proven, ...unreachable(tools) };

  const classic = await ask(tools, 'classic', asked);
  const problem = classic && preflightProblem(classic, target);
  return problem === undefined ? proven : { ...proven, ...failed('PREFLIGHT_DIFFERS', problem) };
}

async function compared(route: PlannedRoute, tools: RouteTools): Promise<ProvenRoute> {
  const { driver, context, now, appId, sample, host } = tools;
  const { method, path } = sampleOf(route, sample);
  const base = { route: route.name, key: route.key };
  if (method === undefined) {
    return {
      ...base,
      ...unknown('UNSAFE_METHOD', `${route.key.split(' ', 1)[0]} may change something, and is not sent`),
    };
  }

  const called = `${method} ${host}${path}`;
  const send = (side: 'classic' | 'target', headers: Readonly<Record<string, string>>) =>
    ask(tools, side, { method, path, headers });
  let refusals: ProvenRoute['refusals'];
  let headersOf = (): Promise<Readonly<Record<string, string>>> => Promise.resolve({});
  if (route.signed || route.guard !== undefined) {
    const noKey = await send('target', {});
    if (noKey === undefined) return { ...base, called, ...unreachable(tools) };
    if (!isRefusal(noKey)) return { ...base, called, ...notRefused('without a key', noKey.status) };
    if (appId === undefined) {
      const why = route.signed ? 'callers sign, and no app may call it' : 'callers send what a proof does not have';
      return { ...base, called, ...unknown('NO_CONSUMER', why) };
    }

    headersOf = () => driver.sign(appId, { method, path, at: now(), nonce: nonceOf(context) }, context);
    const wrong = await send('target', { ...(await headersOf()), 'x-ca-signature': 'AAAA' });
    if (wrong === undefined) return { ...base, called, ...unreachable(tools) };
    if (!isRefusal(wrong)) return { ...base, called, ...notRefused('with a wrong signature', wrong.status) };

    refusals = { noKey: noKey.status, wrongSignature: wrong.status };
  }
  const target = await send('target', await headersOf());
  if (target === undefined) return { ...base, called, ...unreachable(tools) };

  const shown = { ...base, called, target: short(target), ...defined({ refusals }) };
  if (route.signed && isRefusal(target)) {
    return {
      ...shown,
      ...failed('SIGNATURE_REFUSED', `the target answers ${target.status} to a call that ${appId} signs`),
    };
  }

  const classic = await send('classic', await headersOf());
  if (classic === undefined) {
    return { ...shown, ...unknown('CLASSIC_UNREACHABLE', 'the classic group gives no answer to compare with') };
  }

  const both = { ...shown, classic: short(classic) };
  if (classic.status >= 500 || (route.signed && isRefusal(classic))) {
    return { ...both, ...unknown('CLASSIC_FAILS', `the classic group answers ${classic.status}`) };
  }
  if (target.status !== classic.status) {
    return {
      ...both,
      ...failed('STATUS_DIFFERS', `${target.status} on the target, ${classic.status} on the classic group`),
    };
  }

  const header = COMPARED.find((name) => target.headers[name] !== classic.headers[name]);
  if (header !== undefined && target.status < 400)
    return { ...both, ...failed('HEADERS_DIFFER', `the header ${header} differs`) };
  if (target.bodyHash === classic.bodyHash) return { ...both, ...PROVEN };
  if (target.status >= 400) {
    const message = `both answer ${target.status}, in other words: name a path that the backend answers`;
    return { ...both, ...unknown('ERROR_ANSWER', message) };
  }

  // A body with the time or an ID in it differs from itself, and shows nothing. One with the address that the backend was called
  // from is equal now and then.
  for (let count = 0; count < REPEATED; count += 1) {
    const again = await send('classic', await headersOf());
    if (again !== undefined && again.bodyHash !== classic.bodyHash) {
      return { ...both, ...PROVEN, message: 'status and headers are equal; the body is another one each time' };
    }
  }
  return { ...both, ...failed('BODY_DIFFERS', 'the body differs') };
}

type Outcome = Pick<ProvenRoute, 'verdict' | 'code' | 'message'>;

const PROVEN: Outcome = { verdict: 'proven', code: 'PROVEN', message: 'both gateways answer the same' };

const failed = (code: ProofCode, message: string): Outcome => ({ verdict: 'failed', code, message });

const unknown = (code: ProofCode, message: string): Outcome => ({ verdict: 'unknown', code, message });

const unreachable = ({ target, host }: RouteTools): Outcome =>
  failed('TARGET_UNREACHABLE', `${target} gives no answer for ${host}`);

const notRefused = (how: string, status: number): Outcome =>
  failed('NOT_REFUSED', `the target answers ${status} ${how}`);

const isRefusal = ({ status }: PinnedAnswer): boolean => [400, 401, 403].includes(status);

const short = ({ status, latencyMs }: PinnedAnswer) => ({ status, latencyMs });

function nonceOf({ random }: CallContext): string {
  return Array.from({ length: 4 }, () => Math.floor(random() * 0x1_0000_0000).toString(16)).join('');
}

/** The answer; undefined where none comes. */
async function ask(
  { call, context, target, classic, host, protocol, timeoutMs }: RouteTools,
  side: 'classic' | 'target',
  what: Pick<PinnedCall, 'method' | 'path' | 'headers'>,
): Promise<PinnedAnswer | undefined> {
  const address = side === 'target' ? target : classic;
  try {
    return await call({ ...what, side, address, host, protocol, timeoutMs }, context.signal);
  } catch (error) {
    if (context.signal?.aborted) throw error;
    if (error instanceof PosternError && error.code === 'INTERNAL') throw error;

    return undefined;
  }
}
