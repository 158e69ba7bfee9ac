import {
  NOWHERE,
  type GatewayAnswer,
  type GatewayCall,
  type Journey,
  type Trace,
} from '../../../simulation/traffic/gateway-call.js';
import type { CalledDomain } from '../../callers/answered.js';
import type { GatewayInstanceRow } from '../control/state.js';
import { admit } from './admit.js';
import { isThrottled } from './admission.js';
import { entranceOf } from './entrance.js';
import { type GroupView, type PublishedApi, findRoute, routerOf, type Match, type Router } from './group-view.js';
import { bodyOf, listIn, numberIn, textIn, type Body } from './plugins/body.js';
import { errorAnswer, type Failure, answerTo, type Ground } from './received.js';
import { ADDRESS_HEADER, CALLER_HEADER, PROTOCOL_HEADER } from '../../traffic/caller-headers.js';
import { answeredBy, ended, notReceived, notSimulated, withHeaders } from '../../traffic/journey.js';

/** The most that URL and headers may have together, and the body: on the shared instance, and on others. */
const LARGEST_HEAD = 8 * 1024;
const LARGEST_BODY = { shared: 8 * 1024 * 1024, dedicated: 32 * 1024 * 1024 };
/** `debug`: the answer says how long it took. */
const MODE_HEADER = 'x-ca-request-mode';
const STAGE_HEADER = 'x-ca-stage';

/**
 * What a group of APIs does with a call: the instance that receives it, limits, stage, API, authentication, backend.
 * @param from where the caller is: an instance, for a call of another group
 */
export function carry(
  ground: Ground,
  domain: CalledDomain,
  view: GroupView,
  call: GatewayCall,
  from: string | undefined,
): Journey {
  const gateway = domain.group.id;
  // A call of another group asks DNS: its caller's headers are of the first group.
  const caller =
    from === undefined
      ? { from: call.headers[CALLER_HEADER], addressOf: call.headers[ADDRESS_HEADER], sourceIp: call.sourceIp }
      : { from, addressOf: undefined, sourceIp: call.sourceIp };
  const entrance = entranceOf(domain, caller, ground);
  if (entrance.kind === 'open') {
    const trace = { ...NOWHERE, gateway, link: entrance.instance.id };
    const before = beforeHttp(domain, call, trace);
    if (before) return ended(before);

    const { name, problem } = domain.domain;
    if (problem !== undefined) {
      return notSimulated(
        `${name} is ABNORMAL: ${problem}. What callers get then is not documented.`,
        'unauthorized',
        trace,
      );
    }

    const journey = receive(ground, domain, view, call, entrance.instance);
    return call.headers[MODE_HEADER]?.toLowerCase() === 'debug' ? withDebugInfo(journey, ground) : journey;
  }

  const trace = { ...NOWHERE, gateway, link: entrance.instanceId };
  if (entrance.kind === 'not-received') return ended(notReceived(entrance.outcome, entrance.because, trace));

  return ended(errorAnswer(entrance.failure, ground.requestId(), trace));
}

function receive(
  ground: Ground,
  called: CalledDomain,
  view: GroupView,
  call: GatewayCall,
  instance: GatewayInstanceRow,
): Journey {
  const { group, domain } = called;
  const requestId = ground.requestId();
  const arrivedAt = ground.now();
  const stage = domain.stageName ?? (call.headers[STAGE_HEADER] ?? 'RELEASE').toUpperCase();
  const start = { ...NOWHERE, gateway: group.id, link: instance.id };
  const fail = (failure: Failure, trace: Trace): Journey => ended(errorAnswer(failure, requestId, trace));
  const first = tooLarge(call, instance) ?? isThrottled(ground.admits, instance, group);
  if (first) return fail(first, start);

  const router = routerOf(view, stage);
  if (!router) {
    return fail({ code: 'I400SG', outcome: 'no-stage', because: `Group ${group.id} has no stage ${stage}.` }, start);
  }

  const mark = call.path.indexOf('?');
  const path = mark < 0 ? call.path : call.path.slice(0, mark);
  const match = matchOf(router, call, path);
  const trace = { ...start, stage, route: match?.route.name ?? '' };
  if (!match) return fail(noRoute(call.method, path, stage), trace);

  const { route } = match;
  const closed = wrongProtocol(match, call) ?? notOnInternet(match, domain);
  if (closed) return fail(closed, trace);

  const cors = corsOf(route.published, call);
  if ('failure' in cors) return fail(cors.failure, trace);

  const received = {
    call,
    instance,
    requestId,
    arrivedAt,
    trace,
    match,
    app: undefined,
    added: [],
    served: route.published,
  };
  const journey = cors.isPreflight
    ? ended(answerTo({ kind: 'answered', status: 200, headers: {}, body: '' }, received))
    : admit(ground, called, received);
  const { added } = cors;
  return added === undefined ? journey : answeredBy(journey, (answer) => withHeaders(answer, added));
}

/** The API of a call. What a browser asks before it calls is for the API that it will call [I], but for APIs of OPTIONS. */
function matchOf(router: Router, call: GatewayCall, path: string): Match | undefined {
  const own = findRoute(router, call.method, path);
  const wanted = preflightOf(call);
  if (wanted === undefined || own?.route.service.request.method === 'OPTIONS') return own;

  const asked = findRoute(router, wanted, path);
  return asked && bodyOf(asked.route.published, 'cors') ? asked : own;
}

/**
 * What a domain of a user's own does by its protocol: without a certificate no TLS handshake succeeds, and HTTP is redirected where
 * the domain says so. The status of the redirect is [U].
 * @see https://www.alibabacloud.com/help/doc-detail/29494.htm (certificates)
 */
function beforeHttp(
  { domain }: CalledDomain,
  { headers, host, path }: GatewayCall,
  trace: Trace,
): GatewayAnswer | undefined {
  const protocol = headers[PROTOCOL_HEADER]?.toLowerCase();
  if (protocol === 'https' && domain.certificate === 'none') {
    return notReceived('unreachable', `The TLS handshake fails: ${domain.name} has no certificate.`, trace);
  }
  if (protocol !== 'http' || domain.redirects !== true) return undefined;

  const because = `${domain.name} redirects HTTP to HTTPS.`;
  return {
    status: 301,
    headers: { Location: `https://${host}${path}` },
    body: '',
    outcome: 'no-route',
    because,
    trace,
  };
}

/**
 * How long the call took, in simulated milliseconds, of which all are the backend's [I].
 * @see https://github.com/aliyun/api-gateway-demo-sign-java (README, `X-Ca-Debug-Info`)
 */
function withDebugInfo(journey: Journey, { now }: Ground): Journey {
  const startedAt = now();
  const shown = (answer: GatewayAnswer, ms: number): GatewayAnswer => {
    const info = JSON.stringify({ ServiceLatency: ms, TotalLatency: ms });
    return { ...answer, headers: { ...answer.headers, 'X-Ca-Debug-Info': info } };
  };
  if ('answer' in journey) return { ...journey, answer: shown(journey.answer, journey.afterMs ?? 0) };

  return { ...journey, finish: (result) => shown(journey.finish(result), now() - startedAt) };
}

function tooLarge({ path, headers, body }: GatewayCall, { kind, id }: GatewayInstanceRow): Failure | undefined {
  let head = path.length;
  for (const name in headers) head += name.length + (headers[name]?.length ?? 0);
  if (head > LARGEST_HEAD) {
    return { code: 'I413UL', outcome: 'too-large', because: 'URL and headers have more than 8 KB.' };
  }

  const most = LARGEST_BODY[kind === 'shared' ? 'shared' : 'dedicated'];
  if (body.length <= most) return undefined;

  return { code: 'I413RL', outcome: 'too-large', because: `Instance ${id} takes bodies of ${most} bytes.` };
}

function noRoute(method: string, path: string, stage: string): Failure {
  const what = `${method} ${path}`;
  return { code: 'I404NF', detail: what, outcome: 'no-route', because: `No API on ${stage} is for ${what}.` };
}

function wrongProtocol({ route }: Match, { headers }: GatewayCall): Failure | undefined {
  const protocol = headers[PROTOCOL_HEADER];
  const { protocols } = route.service.request;
  if (protocol === undefined || protocols.includes(protocol.toUpperCase())) return undefined;

  const because = `${route.name} is called over ${protocols.join(', ')}.`;
  return { code: 'I403PT', detail: protocol, outcome: 'no-route', because };
}

/** An API may be closed on the names of the Internet: `DisableInternet`. */
function notOnInternet({ route }: Match, { kind, isIntranet }: CalledDomain['domain']): Failure | undefined {
  const isPublic = kind === 'public' || (kind === 'custom' && isIntranet !== true);
  if (!isPublic || !route.service.isInternal) return undefined;

  return { code: 'A403IN', outcome: 'unauthorized', because: `${route.name} is not called from the Internet.` };
}

type Headers = Readonly<Record<string, string>>;

/** What the plug-in `cors` adds to an answer; a preflight request is answered with it, without a call of the backend; or why a call is refused. */
type Cors = { readonly added: Headers | undefined; readonly isPreflight: boolean } | { readonly failure: Failure };

const NOTHING: Cors = { added: undefined, isPreflight: false };
/** Seconds; the default is [U]. */
const MAX_AGE = 86_400;

/** The method that a preflight request asks for; undefined for other calls. */
function preflightOf({ method, headers }: Pick<GatewayCall, 'method' | 'headers'>): string | undefined {
  return method === 'OPTIONS' && headers['origin'] !== undefined ? headers['access-control-request-method'] : undefined;
}

/**
 * What the plug-in `cors` of an API does with a call that names an origin. Origins are names of hosts with or without a scheme: `a.com`,
 * `*.a.com`, `https://a.com`; all where none is given. The code of other origins is seen in public clients; its trigger is [I]. What is not
 * given of methods and headers is `*` [U].
 * @see https://www.alibabacloud.com/help/doc-detail/103230.htm
 */
function corsOf(published: PublishedApi, call: GatewayCall): Cors {
  const body = bodyOf(published, 'cors');
  const { origin } = call.headers;
  if (!body || origin === undefined) return NOTHING;

  const origins = listIn(body, 'allowOrigins');
  if (origins.length > 0 && !origins.some((one) => isOrigin(one, origin))) {
    const because = `The plug-in cors does not allow ${origin}.`;
    return { failure: { code: 'A403CO', detail: origin, outcome: 'unauthorized', because } };
  }

  const isPreflight = preflightOf(call) !== undefined;
  const added = { ...always(body, origin), ...(isPreflight ? ofPreflight(body) : ofAnswer(body)) };
  return { added, isPreflight };
}

function always(body: Body, origin: string): Headers {
  const credentials = textIn(body, 'allowCredentials') === 'true';
  return {
    'access-control-allow-origin': origin,
    ...(credentials && { 'access-control-allow-credentials': 'true' }),
  };
}

const ofPreflight = (body: Body): Headers => ({
  'access-control-allow-methods': joined(body, 'allowMethods') || '*',
  'access-control-allow-headers': joined(body, 'allowHeaders') || '*',
  'access-control-max-age': String(numberIn(body, 'maxAge') ?? MAX_AGE),
});

function ofAnswer(body: Body): Headers {
  const exposed = joined(body, 'exposeHeaders');
  return exposed === '' ? {} : { 'access-control-expose-headers': exposed };
}

const joined = (body: Body, name: string): string => listIn(body, name).join(',');

function isOrigin(given: string, origin: string): boolean {
  if (given === '*' || given === origin) return true;

  const [scheme = '', host = ''] = origin.split('://');
  const [ownHost = '', ownScheme = scheme] = given.split('://').toReversed();
  if (ownScheme !== scheme) return false;

  return ownHost.startsWith('*.') ? host.endsWith(ownHost.slice(1)) : ownHost === host;
}
