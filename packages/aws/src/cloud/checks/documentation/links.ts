import { remark, type Remark } from '@postern/core/internal/kinds';

/** What the documentation of the checks of links says of AWS, by the check. */
export const linkRemarks: Readonly<Record<string, Remark>> = {
  'link/adopted': { sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'] },
  'link/allowlist': remark(
    'On AWS the allowlist of a link is such a group. A security group holds 60 rules of one address family.',
    [
      'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    ],
  ),
  'link/exists': remark('A VPC link V1 of AWS leads to a load balancer and has no subnets and security groups.', [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
  ]),
  'link/free-addresses': {
    sources: [
      'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer',
    ],
  },
  'link/group-network': remark(
    'On AWS a group can be associated with further VPCs. Postern does not read associations, and AWS lists API Gateway among the services that support them for REST APIs only. The verdict for a group of another VPC is therefore unknown.',
    [
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
      'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html',
      'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html',
    ],
  ),
  'link/group-quota': remark(
    'On AWS a network interface accepts five security groups, unless the quota (L-2AFB9258) was raised. A VPC link V2 attaches all of its groups to each of its interfaces. CreateVpcLink refuses more.',
    ['https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups'],
  ),
  'link/no-group': remark('AWS does not document which group a link without one gets.', [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
  ]),
  'link/one-network': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  },
  'link/quota': remark(
    'AWS allows 10 VPC links V2 for HTTP and REST APIs together, and 20 VPC links V1, unless the quota was raised. It refuses a link beyond the quota: "There are too many Vpc Links defined for this account".',
    [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
      'https://github.com/hashicorp/terraform-provider-aws/issues/40500',
    ],
  ),
  'link/single-zone': {
    sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  },
  'link/state': {
    sources: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
      'https://repost.aws/knowledge-center/api-gateway-500-error-vpc',
    ],
  },
  'link/subnet-quota': remark('A VPC link V2 of AWS accepts ten subnets, unless the quota (L-668C9B28) was raised.', [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  ]),
  'link/zone-served': remark(
    'AWS compares zones by ID (`use1-az3`), because `us-east-1a` is a different zone in each account. The list of zones that AWS publishes may grow and lacks some regions, where the verdict is unknown. In us-gov-east-1 HTTP APIs have no private integrations at all.',
    [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
      'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
    ],
  ),
};
