import type { IntegrationRow, StageRow } from '../../control/state.js';
import type { GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import { ownValue } from '../../../../simulation/own-value.js';

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
export function mappedParts(
  { RequestParameters = {} }: IntegrationRow,
  stage: StageRow,
  event: SocketEvent,
): MappedParts {
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
