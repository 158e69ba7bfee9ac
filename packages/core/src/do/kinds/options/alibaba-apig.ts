import { cloudNativeIn } from './product-regions.js';
import type { OptionTraits } from './option.js';

/**
 * A Cloud-native API Gateway, located in the VPC of its backends. Its prices by the hour are known. Its quotas, its
 * requests per second and its price of data could not be read [U]: what depends on them is unknown.
 */
export const ALIBABA_APIG: OptionTraits = {
  id: 'alibaba-apig',
  provider: 'alibaba',
  title: 'Cloud-native API Gateway',
  names: { gateway: 'Cloud-native API Gateway', link: 'gateway in the VPC' },
  gateway: 'apig-http-api',
  link: 'apig-gateway',
  // Its nodes are in vSwitches of one VPC.
  linkServes: 'vpc',
  balancing: 'none',
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
  instance: 'unknown',
  servedIn: cloudNativeIn,
};
