/**
 * The simulated services, by the name in their endpoints' signatures. HTTP APIs and REST APIs are separate
 * services here.
 */
export type ServiceName =
  | 'apigateway'
  | 'apigatewayv2'
  | 'ec2'
  | 'elasticloadbalancingv2'
  | 'servicediscovery'
  | 'acm'
  | 'ecs'
  | 'directconnect'
  | 'sts'
  | 'servicequotas'
  | 'iam'
  | 'logs'
  | 'autoscaling'
  | 'route53';
