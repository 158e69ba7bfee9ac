import type { GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import type { Failure } from '../received.js';
import type { PublishedApi } from '../group-view.js';
import { bodyOf, listIn, numberIn, textIn, type Body } from './body.js';

type Headers = Readonly<Record<string, string>>;

/** What the plug-in `cors` adds to an answer; a preflight request is answered with it, without a call of the backend; or why a call is refused. */
type Cors = { readonly added: Headers | undefined; readonly isPreflight: boolean } | { readonly failure: Failure };

const NOTHING: Cors = { added: undefined, isPreflight: false };
/** Seconds; the default is [U]. */
const MAX_AGE = 86_400;

/** The method that a preflight request asks for; undefined for other calls. */
export function preflightOf({ method, headers }: Pick<GatewayCall, 'method' | 'headers'>): string | undefined {
  return method === 'OPTIONS' && headers['origin'] !== undefined ? headers['access-control-request-method'] : undefined;
}

/**
 * What the plug-in `cors` of an API does with a call that names an origin. Origins are names of hosts with or without a scheme: `a.com`,
 * `*.a.com`, `https://a.com`; all where none is given. The code of other origins is seen in public clients; its trigger is [I]. What is not
 * given of methods and headers is `*` [U].
 * @see https://www.alibabacloud.com/help/doc-detail/103230.htm
 */
export function corsOf(published: PublishedApi, call: GatewayCall): Cors {
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
