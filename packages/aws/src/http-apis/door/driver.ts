import type { WingTraits } from '../../gateways/wings.js';
import { HTTP_MOVE_TRAITS } from '../moves/traits.js';

/** What is known of HTTP and WebSocket APIs before the first call. */
export const httpApis: WingTraits = {
  gateways: ['http-api', 'websocket-api'],
  moves: { 'http-api': HTTP_MOVE_TRAITS },
};
