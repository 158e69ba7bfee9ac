import { cloudNativeIn } from '../cloud/regions.js';
import { MAINLAND, isMainland, type AlibabaOption } from '../planner/option.js';
import {
  CLOUD_NATIVE_CAPACITY_FROM,
  CLOUD_NATIVE_PRICES_FROM,
  CLOUD_NATIVE_PRICES_OF,
  CLOUD_NATIVE_TYPES,
} from './cloud/types.js';

/**
 * A Cloud-native API Gateway, located in the VPC of its backends. Its prices by the hour are known. Its quotas, its
 * requests per second and its price of data could not be read [U]: what depends on them is unknown.
 */
export const ALIBABA_APIG: AlibabaOption = {
  id: 'alibaba-apig',
  title: 'Cloud-native API Gateway',
  names: { gateway: 'Cloud-native API Gateway', link: 'gateway in the VPC' },
  gateway: 'apig-http-api',
  link: 'apig-gateway',
  // Its nodes are in vSwitches of one VPC.
  linkServes: 'vpc',
  target: { key: 'instance', port: 8080 },
  hops: [],
  // No plug-in for caching and no limits by app were found in its documentation, which does not exclude them.
  features: {
    authorizers: 'yes',
    'usage-plans': 'unknown',
    caching: 'unknown',
    waf: 'unknown',
    'private-endpoint': 'yes',
    websocket: 'yes',
    streaming: 'unknown',
  },
  featuresFrom:
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/use-cases/migrate-to-cloud-native-api-gateway-by-tool/',
  protocols: { http: 'yes', https: 'yes', grpc: 'unknown', websocket: 'yes' },
  // DeployHttpApi publishes one API.
  routesDeployAlone: false,
  perApi: [],
  ceilings: [],
  instance: {
    types: CLOUD_NATIVE_TYPES,
    capacity: 'unknown',
    connectionsFrom: CLOUD_NATIVE_CAPACITY_FROM,
    least: ', the smallest type with an SLA',
    prices: {
      asOf: CLOUD_NATIVE_PRICES_OF,
      source: CLOUD_NATIVE_PRICES_FROM,
      place: MAINLAND,
      appliesIn: isMainland,
      unknown: ['the price of data that is processed'],
      without: 'Not in it: traffic to the internet.',
    },
  },
  servedIn: cloudNativeIn,
};
