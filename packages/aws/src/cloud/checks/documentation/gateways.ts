import { remark, type Remark } from '@postern/core/internal/kinds';

/** What the documentation of the checks of gateways says of AWS, by the check. */
export const gatewayRemarks: Readonly<Record<string, Remark>> = {
  'gateway/domain': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html',
    ],
  },
  'gateway/domain-certificate': remark(
    'On AWS the certificate is one of Certificate Manager, which renews its own ones sixty days before their end. That of an edge-optimized domain is in us-east-1, which is another region, so that it is unknown elsewhere.',
    ['https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains-prerequisites.html'],
  ),
  'gateway/exists': remark('On AWS a gateway is an API, and an HTTP API is not a REST API.', [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html',
  ]),
  'gateway/link-kind': remark(
    'On AWS, HTTP APIs support VPC links V2 only. WebSocket APIs support V1 only. REST APIs support V1 and, since November 2025, V2.',
    [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html',
      'https://aws.amazon.com/about-aws/whats-new/2025/11/api-gateway-rest-apis-integration-load-balancer',
    ],
  ),
  'gateway/live-route': {
    about:
      'On AWS, the export of a stage of an HTTP API or a REST API shows its deployment. No call returns ' +
      'that of a WebSocket API, or that of a canary which is not the deployment of a stage. An integration ' +
      'of type HTTP needs a response of its own for the answers of its backend: without one, callers get ' +
      'status 500.',
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html'],
    unsettled: [
      'Open connections of a WebSocket API stay open when a stage gets another deployment, and their next messages take its routes. A link that no deployment leads to has no calls after the timeout of the last message. [I]',
    ],
  },
  'gateway/open-route': remark(
    'On AWS the route $connect of a WebSocket API counts: its other routes receive the messages of connected callers.',
    [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html',
    ],
  ),
  'gateway/quota': {
    about:
      'On AWS, an HTTP API can have 300 routes and 300 integrations. The quota of routes (L-65B5C802) can ' +
      'be increased, the quota of integrations cannot. CreateRoute or CreateIntegration is refused above a ' +
      'quota. A WebSocket API has the same two quotas. A REST API can have 300 resources (L-01C8A9E0), one ' +
      'for each part of a path, and 10 stages: the stage that the spec names counts if it does not exist. ' +
      'Resources without methods are counted only where they are part of the path of a route.',
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
    ],
    unsettled: ['Whether the root of a REST API counts as one of its 300 resources. [U]'],
  },
  'gateway/route-owner': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html'],
  },
  'gateway/stage': remark(
    'On AWS, an HTTP API without a stage that has automatic deployment or a deployment is a warning, too ' +
      '(`postern apply` deploys its changes to each stage), and an error where the integration is `owner: ' +
      'external`. The resource policy of a REST API takes effect with a deployment: one that denies every ' +
      'call is an error, and one whose conditions decide is unknown. `postern apply` creates the stage that ' +
      'the spec names for a REST API with the first deployment, so a missing one is an error only where the ' +
      'integration is `owner: external`.',
    [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html',
    ],
  ),
  'gateway/timeout': remark(
    'On AWS, a route of an HTTP API can wait 50 ms to 30 s for its backend, a route of a REST API or a ' +
      'WebSocket API 50 ms to 29 s. The quota of REST APIs (L-E5AE38E3) can be increased for regional and ' +
      'private APIs, not for edge-optimized ones. A route of a REST API with `stream` can wait up to 900 s. ' +
      'API Gateway refuses other values. A request or an answer of an HTTP API or a REST API can have 10 ' +
      'MB, a message of a WebSocket API 128 KB; these limits are fixed, and no snapshot shows the sizes of ' +
      'payloads.',
    [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    ],
  ),
  'gateway/throttle': {
    about:
      'On AWS stages keep throttles: of a route of an HTTP or WebSocket API, of a method of a REST API, and one for ' +
      'the others. An account gets 10,000 calls per second in a region, and 2,500 in newer regions (L-8A5B8E43); HTTP, ' +
      'REST and WebSocket APIs share them. Usage plans of a REST API are not compared.',
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
    ],
    unsettled: ['A rate or a burst of 0 refuses each call. [I]', 'A rate of -1 of a method sets no limit. [I]'],
  },
  'gateway/undeployed': remark(
    'On AWS a stage of a REST API serves the methods as of its deployment. API Gateway refuses a deployment to a stage with a canary.',
    [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html',
    ],
  ),
};
