import {
  NOWHERE,
  type GatewayCall,
  type GatewayAnswer,
  type Trace,
  type Journey,
} from '../../../simulation/traffic/gateway-call.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';
import { handshakeProblem } from '../control/domain.js';
import { SERVES } from '../control/gateway/gateway-life.js';
import type { ApigDomainRow, ApigGatewayRow, NetworkType } from '../control/state.js';
import { callService, type ApigGround, ownAnswer, notFound, type Refusal } from './backend-call.js';
import type { AnswerHeaders } from '../../../simulation/traffic/backends/backend.js';
import { addressStops, corsOf, rateStops } from './admission.js';
import { routesAt, callableRoutes, type ApigView, type CallableRoute } from './callable-routes.js';
import { identify } from './identity.js';
import { findCallableRoute, hasHost, type MatchedCall } from './match.js';
import { numberOf, policiesOf, textOf, type Policies } from './policies.js';
import { modified } from './rewrite.js';
import { answeredBy, ended, notReceived, notSimulated, withHeaders } from '../../traffic/journey.js';
import { CALLER_HEADER, PROTOCOL_HEADER } from '../../traffic/caller-headers.js';

const STATES: Readonly<Record<string, Outcome>> = { Creating: 'link-pending', Deleting: 'link-missing' };

/**
 * What happens to a call before HTTP: no gateway, no way to its load balancer, no TLS, a redirection. Undefined: the gateway receives it.
 * @param via the load balancer whose address the caller has; undefined: the one that the caller reaches
 */
function stopsAtEntrance(
  ground: ApigGround,
  gateway: ApigGatewayRow,
  domain: ApigDomainRow | undefined,
  call: GatewayCall,
  via: NetworkType | undefined,
  trace: Trace,
): GatewayAnswer | undefined {
  if (!SERVES.has(gateway.status)) {
    return notReceived(STATES[gateway.status] ?? 'link-failed', `Gateway ${gateway.id} is ${gateway.status}.`, trace);
  }

  const unreachable = notReached(ground, gateway, call.headers[CALLER_HEADER], via);
  if (unreachable !== undefined) return notReceived('unreachable', unreachable, trace);

  return domain && stoppedByProtocol(ground, domain, call, trace);
}

function notReached(
  { alibaba }: ApigGround,
  { id, vpcId, loadBalancers }: ApigGatewayRow,
  given: string | undefined,
  via: NetworkType | undefined,
): string | undefined {
  const has = (type: NetworkType): boolean => loadBalancers.some(({ addressType }) => addressType === type);
  // Calls to the simulator have no network position: one to an intranet address counts as coming from the VPC.
  const usual = via === 'Intranet' || !has('Internet') ? vpcId : 'internet';
  const from = given ?? usual;
  const type = via ?? (from === 'internet' || !has('Intranet') ? 'Internet' : 'Intranet');
  if (!has(type)) return `Gateway ${id} has no ${type} load balancer.`;
  if (type === 'Internet' || from === vpcId) return undefined;

  const isPeered = [...alibaba.peerings.values()].some(
    ({ status, requester, accepter }) =>
      status === 'Activated' &&
      [requester.vpcId, accepter.vpcId].includes(from) &&
      [requester.vpcId, accepter.vpcId].includes(vpcId),
  );
  return isPeered ? undefined : `The intranet address of ${id} is called from ${vpcId}, not from ${from}.`;
}

/**
 * Without a header that names the protocol, a domain is called by its own. HTTPS needs a certificate that is for the name. Port 80 of an
 * HTTPS domain is open unless HTTPS is forced [I]; the status of the redirection is [U].
 */
function stoppedByProtocol(
  { state, now }: ApigGround,
  { protocol, certIdentifier, forceHttps, mTLSEnabled }: ApigDomainRow,
  { host, path, headers }: GatewayCall,
  trace: Trace,
): GatewayAnswer | undefined {
  const used = (headers[PROTOCOL_HEADER] ?? protocol).toUpperCase();
  if (used === 'HTTP') {
    if (!forceHttps || protocol !== 'HTTPS') return undefined;

    const because = `${host} forces HTTPS.`;
    return ownAnswer(
      { status: 301, headers: { location: `https://${host}${path}` }, outcome: 'no-route', because },
      trace,
    );
  }
  if (protocol !== 'HTTPS')
    return notReceived('unreachable', `The TLS handshake fails: ${host} is an HTTP domain.`, trace);

  const problem = handshakeProblem(state.apig.certificates.get(certIdentifier), host, now());
  if (problem !== undefined) return notReceived('unreachable', `The TLS handshake fails: ${problem}`, trace);
  if (!mTLSEnabled || headers[CERTIFICATE_HEADER] !== undefined) return undefined;

  return notReceived('unreachable', `The TLS handshake fails: ${host} asks for a certificate of the client.`, trace);
}

/** The caller has a certificate of its own, which counts as a right one. */
const CERTIFICATE_HEADER = 'x-postern-client-certificate';

/** @see https://github.com/alibaba/higress/blob/main/plugins/wasm-cpp/extensions/hmac_auth/README.md (413) */
const LARGEST_BODY = 32 * 1024 * 1024;
/** Policies that decide whether a call is answered, and that are not simulated. */
const UNDECIDED = ['JWTAuth', 'OIDCAuth', 'ExternalZAuth', 'Waf'] as const;

/** What a gateway does with a call: entrance, route, policies, consumer, backend. */
export function carryThroughGateway(
  ground: ApigGround,
  view: ApigView,
  call: GatewayCall,
  via: NetworkType | undefined,
): Journey {
  const { gateway } = view;
  const start = { ...NOWHERE, gateway: gateway.id, link: gateway.id };
  const domain = domainOf(view, call.host);
  const stopped = stopsAtEntrance(ground, gateway, domain, call, via, start);
  if (stopped) return ended(stopped);

  const refuse = (refusal: Refusal, trace: Trace): Journey => ended(ownAnswer(refusal, trace));
  if (call.body.length > LARGEST_BODY) {
    return refuse(
      { status: 413, body: 'Payload Too Large', outcome: 'too-large', because: 'Gateways take bodies of 32 MB.' },
      start,
    );
  }

  const route = routeOf(view, call);
  if (!route || 'status' in route) return refuse(route ?? notFound('no-route', ''), start);

  const trace = { ...start, route: route.name };
  const policies = policiesOf(view, route, domain?.id ?? '');
  const undecided = UNDECIDED.find((name) => policies.has(name));
  if (undecided !== undefined) return notSimulated(`The policy ${undecided} is not simulated.`, 'unauthorized', trace);

  const barred = addressStops(policies, call);
  if (barred) return refuse(barred, trace);

  const { preflight, added } = corsOf(policies, call);
  if (preflight) return refuse(preflight, trace);

  const clocks = {
    now: ground.now(),
    realNow: ground.realNow(),
    changeAt: (ms: number): void => ground.decisions.changeAt(ms),
  };
  const caller = identify(view, route, policies, call, clocks);
  if ('status' in caller) return refuse(caller, trace);

  const throttled = rateStops(policies, route.id, ground.admits);
  if (throttled) return refuse(throttled, trace);

  const journey = behindRoute(
    ground,
    view,
    route,
    policies,
    { ...call, headers: { ...call.headers, ...caller.headers } },
    trace,
  );
  return answeredBy(journey, (answer) => {
    const headers = modified<AnswerHeaders[string]>(policies, 'Response', answer.headers);
    return withHeaders({ ...answer, headers }, added);
  });
}

/** The custom domain of a call, the longest one; undefined at a default one. */
function domainOf({ domains }: ApigView, host: string): ApigDomainRow | undefined {
  const [found] = domains.filter(({ name }) => hasHost(name, host)).toSorted((a, b) => b.name.length - a.name.length);
  return domains.find(({ name }) => name === host) ?? found;
}

function routeOf(view: ApigView, call: GatewayCall): CallableRoute | Refusal {
  const mark = call.path.indexOf('?');
  const asked: MatchedCall = {
    host: call.host,
    method: call.method,
    headers: call.headers,
    pathname: mark < 0 ? call.path : call.path.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : call.path.slice(mark)),
  };
  const { published, drafts } = callableRoutes(view);
  const route = findCallableRoute(routesAt(published, call.host), asked);
  if (route) return route;

  const draft = findCallableRoute(routesAt(drafts, call.host), asked);
  if (draft) return notFound('no-integration', `Route ${draft.id} is not published.`);

  return notFound('no-route', `No route of ${view.gateway.id} is for ${call.method} ${call.path} at ${call.host}.`);
}

function behindRoute(
  ground: ApigGround,
  view: ApigView,
  route: CallableRoute,
  policies: Policies,
  call: GatewayCall,
  trace: Trace,
): Journey {
  const redirect = policies.get('Redirect')?.config;
  const direct = policies.get('DirectResponse')?.config;
  const answered = (status: number, body: string, headers: AnswerHeaders = {}): Journey =>
    ended(ownAnswer({ status, body, headers, outcome: 'delivered' }, trace));
  if (redirect) {
    const location = `https://${textOf(redirect, 'host') || call.host}${textOf(redirect, 'path') || call.path}`;
    return answered(numberOf(redirect, 'code', 302), '', { location });
  }
  if (direct) return answered(numberOf(direct, 'code', 200), textOf(direct, 'body'));
  if (route.scene === 'Mock') {
    const { responseCode = 200, responseContent = '' } = route.mock ?? {};
    return answered(responseCode, responseContent);
  }
  if (route.scene === 'Redirect')
    return notSimulated('Redirect is simulated as a policy only.', 'no-integration', trace);

  return callService(ground, { view, route, policies, call, trace });
}
