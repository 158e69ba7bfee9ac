import { defined } from '../../../../simulation/defined.js';
import { NOWHERE, type Ended, type GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import type { Sockets } from '../../../../simulation/traffic/sockets.js';
import type { ApiView } from '../../../traffic/throttled.js';
import type { Ground, Mapped } from '../../../traffic/front.js';

/**
 * The largest message to a connection. The error is in the service's model; its sentence is [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 * @see https://github.com/boto/botocore/blob/develop/botocore/data/apigatewaymanagementapi/2018-11-29/service-2.json
 */
const LARGEST_MESSAGE = 128 * 1024;
const PATH = /^\/([^/?]+)\/@connections\/([^/?]+)$/;
/** Below a base path of a custom domain name, which has chosen the stage. */
const MAPPED_PATH = /^\/@connections\/([^/?]+)$/;

/**
 * Calls of a WebSocket API over HTTP: how a backend sends to a connection, asks about it, or closes it. Requests must be signed; the
 * signature is not verified.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export function management(
  ground: Ground,
  view: ApiView,
  call: GatewayCall,
  sockets: Sockets,
  mapped: Mapped | undefined,
): Ended {
  const trace = { ...NOWHERE, gateway: view.fields.ApiId, route: `${call.method} @connections` };
  const [, named = '', below = ''] = PATH.exec(call.path) ?? [];
  const [stage, id] = mapped ? [mapped.stage, MAPPED_PATH.exec(mapped.path)?.[1] ?? ''] : [named, below];
  const answer = (
    status: number,
    outcome: Ended['answer']['outcome'],
    body: object | undefined,
    because?: string,
    type?: string,
  ): Ended => ({
    answer: {
      status,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        'x-amzn-RequestId': ground.requestId(),
        ...defined({ 'x-amzn-ErrorType': type }),
      },
      body: body ? JSON.stringify(body) : '',
      outcome,
      because,
      trace: { ...trace, stage },
    },
  });
  if (!view.stages.has(stage)) {
    return answer(403, 'no-stage', { message: 'Forbidden' }, 'There is no such stage.', 'ForbiddenException');
  }
  if (call.headers['authorization']?.startsWith('AWS4-HMAC-SHA256 ') !== true) {
    const body = { message: 'Missing Authentication Token' };
    return answer(403, 'unauthorized', body, 'The request is not signed.', 'MissingAuthenticationTokenException');
  }

  const socket = sockets.get(decodeURIComponent(id));
  // This call uses no private integration, so that it must not count as lost.
  if (!socket) return answer(410, 'no-route', undefined, `Connection ${id} is closed.`, 'GoneException');

  switch (call.method) {
    case 'POST':
      if (call.body.length > LARGEST_MESSAGE) {
        const because = `The message has ${call.body.length} bytes; a connection takes ${LARGEST_MESSAGE}.`;
        return answer(413, 'too-large', { message: 'Payload Too Large' }, because, 'PayloadTooLargeException');
      }

      socket.send(Buffer.from(call.body).toString('utf8'));
      return answer(200, 'delivered', undefined);
    case 'DELETE':
      socket.close('Connection closed by the backend');
      return answer(204, 'delivered', undefined);
    case 'GET':
      return answer(200, 'delivered', {
        connectedAt: new Date(socket.connectedAt).toISOString(),
        identity: socket.session.caller,
        lastActiveAt: new Date(socket.activeAt).toISOString(),
      });
    default:
      return answer(403, 'no-route', { message: 'Missing Authentication Token' }, `${call.method} is not served.`);
  }
}
