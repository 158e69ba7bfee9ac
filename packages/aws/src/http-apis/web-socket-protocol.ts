import { PARAMETER_FORMS, UnsupportedError, type RouteCall } from '@postern/core/internal/adapter';
import type { IntegrationShape } from '../sdk-types.js';
import { parseBackendUri, type Leading, backendUri, tlsOf } from '../gateways/integration-target.js';
import type { ApiProtocol } from './protocol.js';
import {
  checkHost,
  checkParameters,
  checkTimeout,
  checkTls,
  declaredParameters,
  invalid,
} from '../gateways/declared-route.js';

const TIMEOUT_MS = { smallest: 50, largest: 29_000 } as const;

/** The one route whose call has headers and a query: the handshake. */
const CONNECT = '$connect';

/**
 * Private integrations of WebSocket APIs: the link is a V1 one, and the port of the URI selects the listener of its
 * load balancer. The host of the URI is what calls have as `Host`, and what the certificate is checked for. A route
 * of messages has no path, so that the URI has none.
 *
 * The method is POST: a message has no method of its own that `ANY` could pass on, and has a body.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export const WEB_SOCKET_PROTOCOL: ApiProtocol = {
  kind: 'websocket-api',
  timeoutMs: TIMEOUT_MS,
  parameters: PARAMETER_FORMS['websocket-api'],
  isOwnParameter: () => false,
  ownParameters: () => ({}),
  check: (request) => {
    checkTarget(request);
    checkTls(request);
    checkTimeout(request, TIMEOUT_MS);
    checkParameters(request);
    checkSources(request);
    checkHost(request, 'a WebSocket API');
  },
  backend: async (request, kept, nameOf, ctx) => ({
    IntegrationMethod: 'POST',
    IntegrationUri: await backendUri(request, '/', kept && leadingOf(kept), nameOf, ctx),
  }),
  routeParameters: (request) =>
    callParts(request).map(({ word, name }) => `route.request.${word === 'query' ? 'querystring' : 'header'}.${name}`),
  leading: leadingOf,
  shape: ({ IntegrationUri: uri }) => ({
    tls: tlsOf({ uri }),
    path: parseBackendUri(uri)?.path === '/' ? 'overwrite' : 'keep',
  }),
  host: ({ IntegrationUri }) => parseBackendUri(IntegrationUri)?.host,
};

/** The members that decide where the calls of an integration go, as REST APIs name them. */
function leadingOf({ ConnectionId, IntegrationUri }: IntegrationShape): Leading {
  return { connectionId: ConnectionId, uri: IntegrationUri };
}

/** The parts of the call that parameters come from: `header.tenant`. */
function callParts(request: Pick<RouteCall, 'settings'>) {
  return declaredParameters(request).flatMap(({ source }) => {
    const [, word, name] = /^(header|query|path)\.(.+)$/.exec(source) ?? [];
    return word === undefined || name === undefined ? [] : [{ word, name }];
  });
}

function checkSources(request: RouteCall): void {
  for (const { word, name } of callParts(request)) {
    if (word !== 'path' && request.key === CONNECT) continue;

    throw invalid(
      `a parameter of route ${request.key} comes from ${word}.${name}, which its calls do not have`,
      `Write context.NAME or a constant. Only ${CONNECT} has headers and a query.`,
    );
  }
}

/** A V1 link leads to listeners, and messages have no path. */
function checkTarget({ key, use: { target, path } }: RouteCall): void {
  if (target.kind !== 'listener' || target.port === undefined || target.resourceId === undefined) {
    throw new UnsupportedError(`${key}: ${target.id} is not a listener, and a WebSocket API needs one`, {
      remedy: 'Write listener: { loadBalancer, port } as the target.',
    });
  }
  if (path !== 'keep') return;

  throw invalid(`the target of route ${key} has path: keep, and a WebSocket API has no paths`, 'Remove path.');
}
