import type { Remark } from '@postern/core/kinds';

/** What the documentation of the checks of core says of AWS, by the check. */
export const remarks: Readonly<Record<string, Remark>> = {
  'cidr/network-overlap': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
      'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
    ],
  },
  'cidr/outside-network': {
    sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html'],
  },
  'cidr/reserved': {
    sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html'],
  },
  'egress/admitted': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    ],
  },
  'egress/wider': {
    sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  },
  'gateway/domain': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html',
    ],
  },
  'gateway/domain-certificate': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains-prerequisites.html'],
  },
  'gateway/exists': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html'],
  },
  'gateway/link-kind': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html',
      'https://aws.amazon.com/about-aws/whats-new/2025/11/api-gateway-rest-apis-integration-load-balancer',
    ],
  },
  'gateway/live-route': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html'],
  },
  'gateway/open-route': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html',
    ],
  },
  'gateway/quota': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
    ],
  },
  'gateway/route-owner': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html'],
  },
  'gateway/stage': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html',
    ],
  },
  'gateway/timeout': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    ],
  },
  'gateway/undeployed': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html',
    ],
  },
  'link/adopted': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  },
  'link/allowlist': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    ],
  },
  'link/exists': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  },
  'link/free-addresses': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer',
    ],
  },
  'link/group-network': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
      'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html',
      'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html',
    ],
  },
  'link/group-quota': {
    sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups'],
  },
  'link/no-group': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
      'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
    ],
  },
  'link/one-network': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  },
  'link/quota': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
      'https://github.com/hashicorp/terraform-provider-aws/issues/40500',
    ],
  },
  'link/single-zone': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  },
  'link/state': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
      'https://repost.aws/knowledge-center/api-gateway-500-error-vpc',
    ],
  },
  'link/subnet-quota': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html'],
  },
  'link/zone-served': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
      'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
    ],
  },
  'migrate/deployment': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html',
    ],
  },
  'migrate/egress': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  },
  'migrate/owner': {
    sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_integration'],
  },
  'migrate/quota': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
      'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html',
    ],
  },
  'migrate/ready': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  },
  'migrate/same-machine': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
      'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
    ],
  },
  'migrate/shared-integration': {
    sources: [
      'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    ],
  },
  'migrate/zones': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing',
    ],
  },
  'path/link': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html'],
  },
  'path/load-balancer': {
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    ],
  },
  'path/network-acl': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
      'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html',
    ],
  },
  'path/on-premises': {
    sources: [
      'https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html',
      'https://docs.aws.amazon.com/directconnect/latest/UserGuide/virtualgateways.html',
    ],
  },
  'path/outside': {
    sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/extend-intro.html'],
  },
  'path/peering': {
    sources: ['https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html'],
  },
  'path/return': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html',
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    ],
  },
  'path/route': {
    sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html'],
  },
  'path/security-group': {
    sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  },
  'path/transit': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
      'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
    ],
  },
  'target/answers': {
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html',
      'https://repost.aws/knowledge-center/api-gateway-500-error-vpc',
    ],
  },
  'target/balancer-active': {
    sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerState.html'],
  },
  'target/certificate': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integration-tls-config.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html',
      'https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html',
      'https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/mutual-authentication.html',
    ],
  },
  'target/deregistration-delay': {
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
    ],
  },
  'target/exists': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    ],
  },
  'target/exposed': {
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    ],
  },
  'target/healthy': {
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/modify-target-group-health-settings.html',
    ],
  },
  'target/healthy-zones': {
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/zonal-shift.html',
      'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
    ],
  },
  'target/kind': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html',
      'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
    ],
  },
  'target/listener': {
    sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html'],
  },
  'target/network': {
    sources: [
      'https://aws.amazon.com/blogs/compute/understanding-vpc-links-in-amazon-api-gateway-private-integrations/',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    ],
  },
  'target/protocol': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html',
      'https://repost.aws/knowledge-center/api-gateway-private-integration-errors',
    ],
  },
};
