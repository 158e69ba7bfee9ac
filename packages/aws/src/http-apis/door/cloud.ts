import { HTTP_API_RULES, WEBSOCKET_API_RULES } from '../cloud/rules.js';
import { HTTP_API_TRAITS, WEBSOCKET_API_TRAITS } from '../cloud/traits.js';

/** What the value of the cloud has of HTTP and WebSocket APIs. Each has its own place in the order of kinds. */
export const httpApis = {
  traits: { httpApi: HTTP_API_TRAITS, webSocketApi: WEBSOCKET_API_TRAITS },
  rules: { 'http-api': HTTP_API_RULES, 'websocket-api': WEBSOCKET_API_RULES },
  /** How a spec names one. */
  examples: [{ httpApi: 'a1b2c3d4e5' }],
} as const;
