import { HTTP_OR_REST, OF_REST_API, REQUESTS } from './aws-features.js';
import type { OptionTraits } from './option.js';

/** What all options with a REST API have in common. */
export const REST_OPTION = {
  provider: 'aws',
  gateway: 'rest-api',
  features: OF_REST_API,
  featuresFrom: HTTP_OR_REST,
  protocols: REQUESTS,
  payload: {
    mostKb: 10_240,
    source:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
  },
  timeout: 'integration-timeout',
  routesDeployAlone: false,
  apis: 'regional-rest-apis',
  // `ANY /orders` and `ANY /orders/{proxy+}` are two resources; the root is one, and counts.
  perApi: [{ quota: 'resources-per-rest-api', perService: 2, fixed: 1 }],
  requests: 'requests-per-second',
  calls: 'rest-api-calls',
} as const satisfies Partial<OptionTraits>;

/** The services that fit in one REST API. */
export const IN_ONE_REST_API = {
  when: 'in one REST API',
  formula: '(resources-per-rest-api - 1) / 2',
  services: (limit) => Math.floor((limit('resources-per-rest-api') - 1) / 2),
} as const satisfies OptionTraits['ceilings'][number];
