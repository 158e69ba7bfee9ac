/** A type of Cloud-native API Gateway. */
interface CloudNativeType {
  readonly name: string;
  /** US dollars an hour, pay-as-you-go, in the mainland of China. */
  readonly hour: number;
  /** New HTTPS connections a second up to which the type is safe: half of those from which the gateway warns. */
  readonly newConnections: number;
}

/**
 * The page with the prices; it is of January 2025. The price of data that is processed, another item of the bill, was
 * not on the part of the page that could be read.
 */
export const CLOUD_NATIVE_PRICES_FROM =
  'https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/product-overview/billing-overview';
export const CLOUD_NATIVE_PRICES_OF = '2025-01';

/**
 * The page with the connections; it is of September 2026. Its requests per second of each type, and its quotas, were not
 * on the part of the page that could be read.
 */
export const CLOUD_NATIVE_CAPACITY_FROM =
  'https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/product-overview/capacity-description';

const type = (name: string, hour: number, newConnections: number): CloudNativeType => ({ name, hour, newConnections });

/** The types with an SLA, smallest first. `apigw.dev.x1` is a single node, for tests. */
export const CLOUD_NATIVE_TYPES: readonly [CloudNativeType, ...CloudNativeType[]] = [
  type('apigw.small.x1', 0.291, 800),
  type('apigw.small.x2', 0.557, 1_600),
  type('apigw.small.x4', 1.054, 3_200),
  type('apigw.medium.x1', 2.109, 6_400),
  type('apigw.medium.x2', 4.154, 12_800),
  type('apigw.medium.x3', 6.198, 19_200),
  type('apigw.large.x1', 8.242, 25_600),
  type('apigw.large.x2', 16.42, 51_200),
  type('apigw.large.x3', 24.598, 76_800),
  type('apigw.large.x4', 32.775, 102_400),
];

/** The one environment of a gateway of Cloud-native API Gateway, as a stage. */
export const APIG_STAGE = 'default';
