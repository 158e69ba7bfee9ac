/** The simulated services, by the name in their endpoints' signatures, save that HTTP APIs are told from REST APIs. */
export type ServiceName =
  | 'apigatewayv2'
  | 'ec2'
  | 'elasticloadbalancingv2'
  | 'servicediscovery'
  | 'acm'
  | 'directconnect'
  | 'sts'
  | 'servicequotas';
