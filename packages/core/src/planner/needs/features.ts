/** What services can need of a gateway. */
export const FEATURES = [
  'authorizers',
  'usage-plans',
  'caching',
  'waf',
  'private-endpoint',
  'websocket',
  'streaming',
] as const;
export type Feature = (typeof FEATURES)[number];

/** What callers speak to a service. */
export const PROTOCOLS = ['http', 'https', 'grpc', 'websocket'] as const;
export type Protocol = (typeof PROTOCOLS)[number];
