import type { Cloud, PlanTraits } from '@postern/core/internal/kinds';
import { API_GATEWAY_QUOTAS as QUOTAS } from '../../cloud/quotas/api-gateway.js';
import { LOAD_BALANCER_QUOTAS } from '../../cloud/quotas/load-balancers.js';

/**
 * VPC links have no hourly price. An integration names a listener or a Cloud Map service directly, so that no resource is
 * created for a target. The security groups of a link are fixed when it is created.
 * @see https://aws.amazon.com/api-gateway/pricing/
 */
const VPC_LINK: PlanTraits = {
  linksCostMoney: false,
  targetsAreResources: false,
  allowlistNeedsCreation: true,
  allowlistHasPorts: true,
};

const TARGET_ADVICE =
  'Put a load balancer in front of it and write its listener, or register it in AWS Cloud Map and write its service.';

/**
 * Both kinds of VPC link.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 */
export const VPC_LINK_TRAITS = {
  'vpc-link-v2': {
    title: 'a VPC link V2',
    createdOn: 'aws',
    createdFrom: 'subnets',
    plans: VPC_LINK,
    callsFrom: 'subnets',
    allowlist: 'security group',
    targets: ['listener', 'service'],
    targetAdvice: TARGET_ADVICE,
    quota: QUOTAS['vpc-links'],
    settings: [],
    groupPerZone: false,
    quotas: {
      subnets: QUOTAS['subnets-per-vpc-link'],
      groups: LOAD_BALANCER_QUOTAS['security-groups-per-interface'],
      tags: QUOTAS['tags-per-resource'],
    },
    fallsInactive: true,
    sharedSubnetsNeedGroup: true,
    obeysEncryptionControls: true,
  },
  'vpc-link-v1': {
    title: 'a VPC link V1',
    createdOn: 'aws',
    createdFrom: 'loadBalancer',
    plans: { ...VPC_LINK, allowlistNeedsCreation: false },
    callsFrom: 'load balancer',
    callers: 'API Gateway (PrivateLink)',
    balancerKind: 'network',
    targets: ['listener'],
    targetAdvice: TARGET_ADVICE,
    quota: QUOTAS['vpc-links-v1'],
    settings: [],
    groupPerZone: false,
    quotas: { tags: QUOTAS['tags-per-resource'] },
  },
} as const satisfies Readonly<Record<string, Omit<Cloud['links'][string], 'rules'>>>;
