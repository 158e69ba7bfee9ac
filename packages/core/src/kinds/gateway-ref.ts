import type { Gateway, GatewayRef } from '../model/gateway.js';

/** The id that a reference to a gateway names. */
export function gatewayId(ref: GatewayRef): string {
  if ('httpApi' in ref) return ref.httpApi;
  if ('restApi' in ref) return ref.restApi;
  if ('webSocketApi' in ref) return ref.webSocketApi;
  return ref.apiGroup;
}

/** The kind of gateway that a reference means. */
export function gatewayKind(ref: GatewayRef): Gateway['kind'] {
  if ('httpApi' in ref) return 'http-api';
  if ('restApi' in ref) return 'rest-api';
  if ('webSocketApi' in ref) return 'websocket-api';
  return 'api-group';
}
