import type { LinkKind } from '../../model/link.js';
import type { Target } from '../../model/target.js';
import type { PlanTraits } from '../../model/traits.js';
import type { Quota } from '../quota.js';
import { API_GATEWAY_QUOTAS } from '../quotas/api-gateway-quotas.js';
import { LOAD_BALANCER_QUOTAS } from '../quotas/load-balancer-quotas.js';
import type { TargetKey } from '../target-key.js';

/** What only some kinds of link are created from. */
export type NativeKey = 'instanceCidr' | 'spec' | 'access';

/** How calls leave a kind of link, and what decides where they may go. */
export interface LinkKindTraits {
  /** The cloud on which Postern creates links of this kind; undefined where it creates none. Of several kinds of one cloud, the first is the one that a spec means where it names none. */
  readonly createdOn?: string | undefined;
  /** What a link of this kind is created from. */
  readonly createdFrom: 'subnets' | 'loadBalancer';
  /** What the planner needs of it. */
  readonly plans: PlanTraits;
  /**
   * The source of calls: the link's interfaces in `subnets` of the user, the interfaces of the link's `load
   * balancer` (PrivateLink), or the cloud's own `blocks`.
   */
  readonly callsFrom: 'subnets' | 'load balancer' | 'blocks';
  /**
   * What the allowlist of a link is: rules of a security group, the accessible blocks of an instance, or the security
   * groups of backends that admit the link.
   */
  readonly allowlist?: 'security group' | 'accessible blocks' | 'backend groups' | undefined;
  /** Whether the cloud creates the security group of its interfaces: none can be given. */
  readonly groupIsManaged?: true | undefined;
  /** Whether it is of the product that succeeds its cloud's first one: the dates on which that ends do not concern it. */
  readonly succeeds?: true | undefined;
  /** The kind of target that only routes through links of this kind lead to; no other targets are theirs. */
  readonly ownTargets?: Target['kind'] | undefined;
  /** What its IDs begin with, where they do: `gw`. */
  readonly idPrefix?: string | undefined;
  /** Whether it reaches addresses of the internet by the routes of its subnets. */
  readonly reachesInternet?: true | undefined;
  /** The references to targets that its routes can have. */
  readonly targets: readonly TargetKey[];
  /**
   * The keys of a spec for a link that is to be created, besides subnets and security groups: members of
   * `native`.
   */
  readonly settings: readonly NativeKey[];
  /** How many an account may have in a region, where that is a quota which can be read. */
  readonly quota?: Quota | undefined;
  /** Whether it has one subnet in a zone, and its interface there one security group, which may be another one in each zone. */
  readonly groupPerZone: boolean;
  /** How much one link may have of something, and how many tags. */
  readonly quotas?: Readonly<Partial<Record<'subnets' | 'groups' | 'tags', Quota>>> | undefined;
  /** The service-linked role by which the service uses the account's network. */
  readonly serviceRole?: string | undefined;
  /** Whether one without calls loses its interfaces, and gets others with the next call. */
  readonly fallsInactive?: true | undefined;
  /** Whether one in subnets of another account needs a security group of its own account. */
  readonly sharedSubnetsNeedGroup?: true | undefined;
  /** Whether encryption controls of its network may refuse it, or its calls. */
  readonly obeysEncryptionControls?: true | undefined;
  /** Whether one may be paid for in advance, and then ends at a date. */
  readonly mayEnd?: true | undefined;
}

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

/**
 * Instances are billed by the hour. A target is a VPC access authorization. Accessible blocks are added to an existing
 * instance.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
 * @see https://www.alibabacloud.com/help/doc-detail/179362.htm
 */
const INSTANCE: PlanTraits = {
  linksCostMoney: true,
  targetsAreResources: true,
  allowlistNeedsCreation: false,
  allowlistHasPorts: false,
};

/**
 * Gateways are billed by the hour. A target is a service of the gateway. The groups that admit it are written after it
 * exists, because the rules name its own group.
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/product-overview/billing-overview
 */
const GATEWAY: PlanTraits = {
  linksCostMoney: true,
  targetsAreResources: true,
  allowlistNeedsCreation: false,
  allowlistHasPorts: true,
};

/**
 * The kinds of link.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instance
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 */
export const LINK_TRAITS: Readonly<Record<LinkKind, LinkKindTraits>> = {
  'vpc-link-v2': {
    createdOn: 'aws',
    createdFrom: 'subnets',
    plans: VPC_LINK,
    callsFrom: 'subnets',
    allowlist: 'security group',
    targets: ['listener', 'service'],
    quota: API_GATEWAY_QUOTAS['vpc-links'],
    settings: [],
    groupPerZone: false,
    quotas: {
      subnets: API_GATEWAY_QUOTAS['subnets-per-vpc-link'],
      groups: LOAD_BALANCER_QUOTAS['security-groups-per-interface'],
      tags: API_GATEWAY_QUOTAS['tags-per-resource'],
    },
    fallsInactive: true,
    sharedSubnetsNeedGroup: true,
    obeysEncryptionControls: true,
  },
  'vpc-link-v1': {
    createdOn: 'aws',
    createdFrom: 'loadBalancer',
    plans: { ...VPC_LINK, allowlistNeedsCreation: false },
    callsFrom: 'load balancer',
    targets: ['listener'],
    quota: API_GATEWAY_QUOTAS['vpc-links-v1'],
    settings: [],
    groupPerZone: false,
    quotas: { tags: API_GATEWAY_QUOTAS['tags-per-resource'] },
  },
  'integration-instance': {
    createdOn: 'alibaba',
    createdFrom: 'subnets',
    plans: INSTANCE,
    callsFrom: 'subnets',
    allowlist: 'accessible blocks',
    targets: ['instance', 'address'],
    settings: ['instanceCidr', 'spec'],
    idPrefix: 'apigateway',
    groupPerZone: true,
    serviceRole: 'AliyunServiceRoleForApiGatewayConnectUserVpc',
    mayEnd: true,
  },
  'dedicated-instance': {
    createdFrom: 'subnets',
    plans: INSTANCE,
    callsFrom: 'blocks',
    targets: ['instance', 'address'],
    settings: ['instanceCidr', 'spec'],
    idPrefix: 'apigateway',
    groupPerZone: false,
    mayEnd: true,
  },
  'apig-gateway': {
    createdOn: 'alibaba',
    createdFrom: 'subnets',
    plans: GATEWAY,
    callsFrom: 'subnets',
    allowlist: 'backend groups',
    groupIsManaged: true,
    succeeds: true,
    ownTargets: 'apig-service',
    idPrefix: 'gw',
    reachesInternet: true,
    targets: ['instance', 'address', 'addresses', 'dnsName'],
    settings: ['spec', 'access'],
    groupPerZone: false,
    mayEnd: true,
  },
};
