/** The names of the kinds of gateways. */
export const GATEWAY_KIND_NAMES = ['http-api', 'rest-api', 'websocket-api', 'api-group', 'apig-http-api'] as const;

/** What kind of resource callers call. */
export type GatewayKind = (typeof GATEWAY_KIND_NAMES)[number];
