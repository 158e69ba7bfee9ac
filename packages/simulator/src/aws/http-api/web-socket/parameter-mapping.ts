import { badRequest } from '../../api-gateway/words.js';

/** A part of the backend request. `PARAM_NAME` is documented; that an integration with another name is refused is [I]. */
const KEY = /^integration\.request\.(?:header|querystring|path)\.[a-zA-Z0-9._$-]+$/;

/** Where a value comes from. */
const SOURCE =
  /^(?:route\.request\.(?:header|querystring|multivalueheader|multivaluequerystring)\.[a-zA-Z0-9._$-]+|route\.request\.body(?:\..+)?|stageVariables\.\w+|context\.[\w.]+|'[^']*')$/;

/**
 * Refuses request parameters of an integration of a WebSocket API that the service would refuse. The messages are [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
 * @throws {ServiceError} BadRequestException
 */
export function checkWebSocketParameters(parameters: Readonly<Record<string, string>>): void {
  for (const [key, source] of Object.entries(parameters)) {
    if (!KEY.test(key)) throw badRequest(`Invalid mapping expression parameter specified: ${key}`);
    if (!SOURCE.test(source)) throw badRequest(`Invalid mapping expression specified: ${source}`);
  }
}
