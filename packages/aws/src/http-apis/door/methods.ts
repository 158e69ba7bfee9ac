import type { WingMethods } from '../../gateways/wings.js';
import { httpApiReader } from '../gateway-reader.js';
import { httpApiMoves } from '../moves/http-api.js';
import { HTTP_PROTOCOL } from '../protocol.js';
import { routes } from '../route.js';
import { WEB_SOCKET_PROTOCOL } from '../web-socket-protocol.js';

/** What the driver does with HTTP and WebSocket APIs. */
export const httpApis: WingMethods = {
  reader: httpApiReader,
  open: (session) => ({
    gateways: { 'http-api': routes(session, HTTP_PROTOCOL), 'websocket-api': routes(session, WEB_SOCKET_PROTOCOL) },
    moves: { 'http-api': httpApiMoves(session) },
  }),
};
