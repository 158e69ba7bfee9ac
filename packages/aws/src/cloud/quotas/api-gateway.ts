import { quotasByName } from '@postern/core/internal/kinds';

const GUIDE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';
const ALL = `${GUIDE}/limits.html`;
const HTTP = `${GUIDE}/http-api-quotas.html`;
const REST = `${GUIDE}/api-gateway-execution-service-limits-table.html`;
const WEBSOCKET = `${GUIDE}/apigateway-execution-service-websocket-limits-table.html`;

/** Regions in which an account has 2,500 requests per second by default: the footnote of limits.html. */
const SLOW_REGIONS: readonly string[] = [
  'af-south-1',
  'eu-south-1',
  'eu-south-2',
  'eu-central-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ap-south-2',
  'me-central-1',
  'il-central-1',
  'ca-west-1',
  'mx-central-1',
];

/** Quotas of Amazon API Gateway, of links first. */
export const API_GATEWAY_QUOTAS = quotasByName({
  'vpc-links': {
    what: 'VPC links V2',
    byDefault: 10,
    code: 'L-608BDCD4',
    grows: 'each VPC, and each set of subnets or security groups that is kept apart',
    source: HTTP,
  },
  'vpc-links-v1': {
    what: 'VPC links V1',
    byDefault: 20,
    code: 'L-A4C7274F',
    grows: 'each Network Load Balancer that a REST or WebSocket API calls',
    source: ALL,
  },
  'subnets-per-vpc-link': {
    what: 'subnets of a link',
    byDefault: 10,
    code: 'L-668C9B28',
    grows: 'each zone that a link is in',
    source: HTTP,
  },
  'tags-per-resource': {
    what: 'tags of a resource',
    byDefault: 50,
    grows: 'each tag of the spec',
    source: `${GUIDE}/apigateway-tagging-supported-resources.html`,
  },
  'http-apis': {
    what: 'HTTP and WebSocket APIs',
    byDefault: 600,
    grows: 'each API',
    source: ALL,
    uncertain: true, // whether both kinds share it is on no page
  },
  'regional-rest-apis': {
    what: 'regional REST APIs',
    byDefault: 600,
    grows: 'each REST API',
    source: ALL,
  },
  'routes-per-api': {
    what: 'routes of an HTTP API',
    byDefault: 300,
    code: 'L-65B5C802',
    grows: 'each path that is a route of its own; two for a service',
    source: HTTP,
  },
  'integrations-per-api': {
    what: 'integrations of an HTTP API',
    byDefault: 300,
    grows: 'each target of routes',
    source: HTTP,
  },
  'resources-per-rest-api': {
    what: 'resources of a REST API',
    byDefault: 300,
    code: 'L-01C8A9E0',
    grows: 'each part of a path that no other route has; two for a service',
    source: REST,
    mayCount: 'its root',
  },
  'stages-per-api': {
    what: 'stages of an API',
    byDefault: 10,
    code: 'L-379E48B0',
    grows: 'each stage that a spec names',
    source: REST,
  },
  'routes-per-websocket-api': {
    what: 'routes of a WebSocket API',
    byDefault: 300,
    code: 'L-01C8A9E0',
    grows: 'each kind of message that is a route of its own',
    source: WEBSOCKET,
  },
  'integrations-per-websocket-api': {
    what: 'integrations of a WebSocket API',
    byDefault: 300,
    grows: 'each target of routes',
    source: WEBSOCKET,
  },
  'integration-timeout-http': {
    what: 'ms of timeout of a route of an HTTP API',
    byDefault: 30_000,
    grows: 'the slowest answer',
    source: HTTP,
  },
  'integration-timeout': {
    what: 'ms of timeout of a method of a REST API',
    byDefault: 29_000,
    code: 'L-E5AE38E3',
    raised:
      'AWS may raise it for regional and private APIs (L-E5AE38E3), and may then lower the requests per second of the account.',
    grows: 'the slowest answer',
    source: REST,
  },
  'integration-timeout-ws': {
    what: 'ms of timeout of a route of a WebSocket API',
    byDefault: 29_000,
    grows: 'the slowest answer',
    source: WEBSOCKET,
  },
  'requests-per-second': {
    what: 'requests per second to all APIs of the account',
    byDefault: 10_000,
    code: 'L-8A5B8E43',
    grows: 'traffic; HTTP, REST and WebSocket APIs share it',
    source: ALL,
    defaultsIn: Object.fromEntries(SLOW_REGIONS.map((region) => [region, 2_500])),
  },
});
