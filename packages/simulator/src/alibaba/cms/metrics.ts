/**
 * Metrics of gateways of Cloud-native API Gateway. Calls of the data path have no connections: here each call opens one, which is open
 * for its minute [I]. The other metrics are not simulated.
 * @see https://cloudmonitor.console.alibabacloud.com/metric-meta/acs_cnapigateway/cnapigateway
 */
export const NAMESPACE = 'acs_cnapigateway';

type ValueOf = (calls: number) => number;

/** Open connections between callers and the gateway. */
const open: ValueOf = (calls) => calls;
/** Connections a second. */
const perSecond: ValueOf = (calls) => calls / 60;

/** The value of a minute by the calls of that minute; undefined for a metric that is not simulated. */
export const GATEWAY_METRICS: ReadonlyMap<string, ValueOf | undefined> = new Map<string, ValueOf | undefined>([
  ['EnvoyClientActiveConnection', open],
  ['EnvoyClientNewConnection', perSecond],
  ['EnvoyClientDestroyConnection', perSecond],
  ...[
    'EnvoyClientDestroySSL',
    'EnvoyClientNewSSL',
    'EnvoyClientReuseSSL',
    'EnvoyCpuUsageRate',
    'EnvoyFsReadBytes',
    'EnvoyFsWriteBytes',
    'EnvoyMemoryUsage',
    'EnvoyMemoryUsageRate',
    'EnvoyNetworkInBytes',
    'EnvoyNetworkOutBytes',
    'EnvoyRateLimitRequests',
    'EnvoyUpstreamActiveConnection',
    'EnvoyUpstreamDestroyConnection',
    'EnvoyUpstreamNewConnection',
    'Ipv4EipRateIn',
    'Ipv4EipRateOut',
    'Ipv6GatewayRateIn',
    'Ipv6GatewayRateOut',
    'SlbInstanceTrafficRX',
    'SlbInstanceTrafficTX',
  ].map((name) => [name, undefined] as const),
]);
