import type { GatewayAnswer, Journey, Trace, GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import type { Outcome } from '../../../../simulation/traffic/outcomes.js';
import { UNREAD_BACKEND } from '../../control/integration.js';
import { certificateNow } from '../../../rest-apis/control/client-certificate.js';
import type { IntegrationRow, RouteRow, StageRow } from '../../control/state.js';
import type { ServedStage } from '../../../traffic/throttled.js';
import type { Ground } from '../../../traffic/front.js';
import { ownValue } from '../../../../simulation/own-value.js';

const TIMEOUT_MS = 29_000;
/** How long the service tries to connect through a V1 link, in milliseconds [I]: one record, of a REST API. */
const CONNECT_MS = 10_000;
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** A route that was found for something that happens on a connection. */
export interface Matched {
  readonly ground: Ground;
  readonly served: ServedStage;
  readonly route: RouteRow;
  readonly event: SocketEvent;
  /** Gateway, stage and route. */
  readonly trace: Trace;
}

/** Calls the integration of a route. Private ones use V1 links; MOCK agrees to everything. */
export function integrate(matched: Matched): Journey {
  const { served, route, trace } = matched;
  const [, id] = /^integrations\/(.+)$/.exec(route.Target ?? '') ?? [];
  const own = served.deployment?.integrations.find(({ IntegrationId }) => IntegrationId === id);
  if (!own) return made(trace, 500, 'no-integration', `Route ${route.RouteKey} has no integration.`);
  if (own.IntegrationType === 'MOCK') return made(trace, 200, 'delivered');
  if (own.ConnectionType !== 'VPC_LINK') {
    return made(
      trace,
      501,
      'no-integration',
      own.IntegrationUri === UNREAD_BACKEND
        ? 'Only private integrations are simulated; this one has no link, and its type is not in the snapshot.'
        : `Only private integrations are simulated; this is ${own.IntegrationType}.`,
    );
  }

  return privately(matched, own);
}

function privately({ ground, served, event, trace }: Matched, own: IntegrationRow): Journey {
  const { StageVariables: variables = {} } = served.stage;
  const unset = [...`${own.ConnectionId} ${own.IntegrationUri}`.matchAll(VARIABLE)].find(
    ([, name = '']) => !Object.hasOwn(variables, name),
  );
  if (unset) return made(trace, 500, 'no-integration', `Stage variable ${unset[1]} is not set.`);

  const linkId = rendered(own.ConnectionId ?? '', variables);
  const onLink = { ...trace, link: linkId };
  const parts = mappedParts(own, served.stage, event);
  const uri = rendered(own.IntegrationUri ?? '', variables).replaceAll(/\{([^{}]+)\}/g, (all, name: string) =>
    Object.hasOwn(parts.path, name) ? encodeURIComponent(parts.path[name] ?? '') : all,
  );
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  const port = url && (url.port === '' ? PORTS[url.protocol] : Number(url.port));
  if (!url || port === undefined) return made(onLink, 500, 'no-integration', `${uri} is no HTTP endpoint.`);

  for (const [name, value] of Object.entries(parts.querystring)) url.searchParams.append(name, value);
  const gateway = trace.gateway;
  const delivery = ground.deliver({
    gateway,
    linkId,
    targetId: ground.region.restApi.vpcLinks.get(linkId)?.fields.targetArns[0] ?? '',
    port,
    isTls: url.protocol === 'https:' || url.protocol === 'wss:',
    certificate: certificateNow(ground.region, served.stage.ClientCertificateId, ground.now()),
    method: own.IntegrationMethod === 'ANY' ? 'POST' : (own.IntegrationMethod ?? 'POST'),
    path: `${url.pathname}${url.search}`,
    host: url.hostname,
    headers: headersTo(gateway, url.host, event, parts.header),
    body: Buffer.from(event.body),
  });
  if (delivery.kind === 'stopped') {
    const { outcome, because, source, isRefused } = delivery;
    const ended = made({ ...onLink, source }, 500, outcome, because);
    return { ...ended, afterMs: isRefused === true || outcome.startsWith('link-') ? 0 : CONNECT_MS };
  }
  if (delivery.kind === 'answered') {
    const { status, headers, body, outcome = 'delivered', because, target, source } = delivery;
    return { answer: { status, headers, body, outcome, because, trace: { ...onLink, target, source } } };
  }

  const { target, source } = delivery.request;
  const there = { ...onLink, target, source };
  return {
    request: delivery.request,
    timeoutMs: own.TimeoutInMillis ?? TIMEOUT_MS,
    broken: delivery.broken,
    finish: (result): GatewayAnswer => {
      if (result.kind === 'timeout') return made(there, 504, 'timeout', 'The backend did not answer in time.').answer;
      if (result.kind === 'reset') return made(there, 500, 'reset', result.because).answer;

      const { status, headers, body, outcome = 'delivered', because } = result;
      return { status, headers, body, outcome, because, trace: there };
    },
  };
}

const VARIABLE = /\$\{stageVariables\.(\w+)\}/g;

function rendered(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(VARIABLE, (_, name: string) => ownValue(variables, name) ?? '');
}

/** As for an HTTP integration of a REST API [I]. */
function headersTo(
  gateway: string,
  host: string,
  { body }: SocketEvent,
  mapped: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...(body === '' ? {} : { 'content-type': 'application/json' }),
    'content-length': `${Buffer.byteLength(body)}`,
    'user-agent': `AmazonAPIGateway_${gateway}`,
    'x-amzn-apigateway-api-id': gateway,
    ...Object.fromEntries(Object.entries(mapped).map(([name, value]) => [name.toLowerCase(), value])),
    host,
  };
}

/** An answer that the API makes itself. Its body is never sent: the message to the caller is made for each event. */
export function made(
  trace: Trace,
  status: number,
  outcome: Outcome,
  because?: string,
): { readonly answer: GatewayAnswer } {
  return { answer: { status, headers: {}, body: '', outcome, because, trace } };
}

type Texts = Readonly<Record<string, string>>;

/** What an integration's request parameters say: path parameters, query string and headers of the backend request. */
export interface MappedParts {
  readonly path: Texts;
  readonly querystring: Texts;
  readonly header: Texts;
}

/**
 * The request parameters of an integration, with their values.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
 */
function mappedParts({ RequestParameters = {} }: IntegrationRow, stage: StageRow, event: SocketEvent): MappedParts {
  const of = (location: keyof MappedParts): Texts =>
    Object.fromEntries(
      Object.entries(RequestParameters).flatMap(([key, source]) => {
        const prefix = `integration.request.${location}.`;
        const value = key.startsWith(prefix) ? valueOf(source, stage, event) : undefined;
        return value === undefined ? [] : [[key.slice(prefix.length), value]];
      }),
    );
  return { path: of('path'), querystring: of('querystring'), header: of('header') };
}

function valueOf(source: string, { StageVariables = {}, StageName }: StageRow, event: SocketEvent): string | undefined {
  const [, literal] = /^'([^']*)'$/.exec(source) ?? [];
  if (literal !== undefined) return literal;

  const [, place = '', name = ''] = /^(stageVariables|context|route\.request\.\w+)\.?(.*)$/s.exec(source) ?? [];
  switch (place) {
    case 'stageVariables':
      return ownValue(StageVariables, name);
    case 'context':
      return ownValue(contextOf(StageName, event), name);
    case 'route.request.body':
      return name === '' ? event.body : textIn(event.body, name);
    case 'route.request.header':
    case 'route.request.multivalueheader':
      return event.type === 'CONNECT' ? ownValue(event.opening.headers, name.toLowerCase()) : undefined;
    default:
      return event.type === 'CONNECT' ? (queryOf(event.opening).get(name) ?? undefined) : undefined;
  }
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html */
function contextOf(stage: string, event: SocketEvent): Texts {
  return {
    connectionId: event.connectionId,
    routeKey: event.routeKey,
    eventType: event.type,
    requestId: event.requestId,
    extendedRequestId: event.requestId,
    messageId: event.requestId,
    connectedAt: `${event.connectedAt}`,
    requestTimeEpoch: `${event.at}`,
    domainName: event.opening.host,
    apiId: event.opening.host.split('.')[0] ?? '',
    stage,
    'identity.sourceIp': event.opening.sourceIp,
  };
}

function queryOf({ path }: { readonly path: string }): URLSearchParams {
  return new URLSearchParams(path.split('?')[1] ?? '');
}

/** A member of a JSON text, by its path: `action`, `order.id`. */
export function textIn(body: string, path: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const name of path.split('.')) {
    value =
      typeof value === 'object' && value !== null
        ? ownValue(value as Readonly<Record<string, unknown>>, name)
        : undefined;
  }
  if (value === undefined || value === null) return undefined;

  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Something that happens on a connection, which a route is for. */
export interface SocketEvent {
  readonly type: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  readonly routeKey: string;
  /** The text of a message; empty for the others. */
  readonly body: string;
  readonly requestId: string;
  readonly connectionId: string;
  /** Simulated milliseconds since the epoch. */
  readonly at: number;
  readonly connectedAt: number;
  /** The request that opened the connection; only `$connect` may look at its headers and query string. */
  readonly opening: GatewayCall;
}
