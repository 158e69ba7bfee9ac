import { remark, type Remark } from '@postern/core/internal/kinds';

export const MISMATCH =
  'A target that is unhealthy with the reason Target.ResponseCodeMismatch answers calls: its health checks did return an HTTP code. [I]';
export const TOKENS =
  'The action jwt-validation rejects calls without a valid token. Whether a call brings one is not known before it is made. [U]';
export const HOST_OF_CALLER =
  'An HTTP API that sets no Host sends the Host of its caller: its own name or that of a custom domain. AWS does not document that, and callers choose the name, so that rules on hosts are unknown. [I]';
export const KEY_IN_PATH =
  'Behind a custom domain, a target that keeps the path of an HTTP API gets the key of the mapping before it [I]; with another stage than `$default` the name of the stage in place of the key. [U]';
export const URI_OF_INTEGRATION =
  "A REST API sends the path and the host of the integration's URI to a private target. The name of the stage is not added. [I]";
export const ZONE_WITHOUT_TARGETS =
  'An NLB does not balance across zones by default; a zone without targets leaves its DNS. Whether links ask that name is not documented. [U]';

/** What the documentation of the checks of targets says of AWS, by the check. */
export const targetRemarks: Readonly<Record<string, Remark>> = {
  'target/answers': {
    about:
      'On AWS, `authenticate-oidc` and `authenticate-cognito` are the actions that require a login. An HTTP API that sets no Host sends the Host of its caller, which is not known: write it under `assume.hosts`.',
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html',
      'https://repost.aws/knowledge-center/api-gateway-500-error-vpc',
    ],
    unsettled: [TOKENS, HOST_OF_CALLER, KEY_IN_PATH, URI_OF_INTEGRATION],
  },
  'target/balancer-active': remark('On AWS a load balancer in the state `active_impaired` still answers calls.', [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerState.html',
  ]),
  'target/certificate': remark(
    'On AWS, calls fail with "Host name does not match the certificate subject provided by the peer" if ' +
      'no certificate covers the name. HTTP APIs accept only certificates of public certificate ' +
      'authorities, and have no client certificate for a listener that requires one. Stages of REST and ' +
      'WebSocket APIs can present one: whether the trust store of the listener accepts it cannot be read. ' +
      'It ends after 365 days if API Gateway generated it. An integration of a REST API with ' +
      '`tlsConfig.insecureSkipVerification` accepts those of any authority, if the name and the dates are ' +
      'right.',
    [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integration-tls-config.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html',
      'https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html',
      'https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/mutual-authentication.html',
    ],
  ),
  'target/deregistration-delay': remark(
    'On AWS the delay is `deregistration_delay.timeout_seconds` (300 s by default). After it, an ' +
      'application load balancer answers the calls with the status 502, and a network load balancer closes ' +
      'their connections if `deregistration_delay.connection_termination.enabled` is true. If it is false, ' +
      'connections are kept, and this is a note: the target counts as removed, and an Auto Scaling group ' +
      'can terminate it. The default timeout is 30 s for an HTTP API, 29 s for a REST API or a WebSocket ' +
      'API. The attributes of a group whose target is a load balancer cannot be changed.',
    [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
    ],
  ),
  'target/exists': remark(
    'On AWS, other checks evaluate the ARN itself: a resource that is not a listener or service (`target/kind`), or one in another region or account (`target/region`, `target/account`).',
    ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html'],
  ),
  'target/exposed': {
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    ],
  },
  'target/healthy': {
    about:
      'On AWS, load balancers fail open: if all targets of a group fail their health checks, they forward ' +
      'calls to all of them until one passes. This is still an error. If all of them answer with a status ' +
      'code that the health check does not accept (`Target.ResponseCodeMismatch`), calls reach them. This ' +
      'is a warning, and `path/*` passes. The same holds if only health checks do not reach them, because they ' +
      'use another port or come from another address, and no ECS service or Auto Scaling group with ELB ' +
      'health checks replaces the targets. If an ECS service or an Auto Scaling group registers the targets ' +
      'of a group without a healthy one, the finding says why there is none: its desired count is 0, its ' +
      'tasks or instances fail (with the reason that AWS reports), its subnets are in another VPC, or ' +
      'health checks do not reach them. While tasks or instances start and no failure is reported, the ' +
      'result is unknown. Without the permission to read ECS or Auto Scaling, the result is the same as ' +
      'without a service or group.',
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/modify-target-group-health-settings.html',
    ],
    unsettled: [MISMATCH],
  },
  'target/healthy-zones': {
    about:
      'On AWS, load balancing across zones is off by default for network load balancers. AWS removes the ' +
      'address of a zone without healthy targets from the DNS name of the load balancer; it is not ' +
      'documented whether links use that name. So one zone without healthy targets is unknown. A zone that ' +
      'a zonal shift moves calls away from needs no healthy target, as long as another zone has one.',
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/zonal-shift.html',
      'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
    ],
    unsettled: [ZONE_WITHOUT_TARGETS],
  },
  'target/kind': remark(
    'On AWS, a VPC link V2 forwards calls to listeners of application and network load balancers and, for ' +
      'HTTP APIs, to Cloud Map services. The ARN of a load balancer, a target group or a rule in place of ' +
      'that of a listener is rejected: "integration uri should be a valid ELB listener ARN or a valid Cloud ' +
      'Map service ARN". A VPC link V1 forwards calls to one network load balancer, which is fixed when the ' +
      'link is created. In us-gov-west-1 HTTP APIs cannot call Cloud Map services.',
    [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html',
      'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
    ],
  ),
  'target/listener': {
    sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html'],
  },
  'target/network': {
    about:
      'On AWS the load balancer of a target must be in the VPC of the link; a backend in another VPC is reached through a load balancer with IP targets.',
    sources: [
      'https://aws.amazon.com/blogs/compute/understanding-vpc-links-in-amazon-api-gateway-private-integrations/',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    ],
    unsettled: [
      'A VPC link V2 does not call a load balancer of another VPC, however the two VPCs are connected. The developer guide does not say so. [I]',
    ],
  },
  'target/protocol': remark('On AWS, target groups for only HTTP/2 or gRPC return status 464.', [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html',
    'https://repost.aws/knowledge-center/api-gateway-private-integration-errors',
  ]),
};
