import type { Link, LinkKind } from '../../model/link.js';
import { createdKind } from './index.js';

/** How calls leave a kind of link, and what decides where they may go. */
export interface LinkTraits {
  /**
   * Where calls come from: the link's interfaces in `subnets` of the user, the interfaces of a `load balancer` that the link leads to
   * (PrivateLink), or `blocks` of the cloud's own.
   */
  readonly callsFrom: 'subnets' | 'load balancer' | 'blocks';
  /** What the allowlist of a link is: rules of a security group, or the accessible blocks of an instance. */
  readonly allowlist?: 'security group' | 'accessible blocks' | undefined;
  /** Whether the interface in each zone has one security group, which may be another one in each. */
  readonly groupPerZone: boolean;
}

/**
 * The kinds of link.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instance
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
 */
const LINK_TRAITS: Readonly<Record<LinkKind, LinkTraits>> = {
  'vpc-link-v2': { callsFrom: 'subnets', allowlist: 'security group', groupPerZone: false },
  'vpc-link-v1': { callsFrom: 'load balancer', groupPerZone: false },
  'integration-instance': { callsFrom: 'subnets', allowlist: 'accessible blocks', groupPerZone: true },
  'dedicated-instance': { callsFrom: 'blocks', groupPerZone: false },
};

/** The kind of a link that is there, or of the one that is created on a cloud; of one that is not known, that of AWS. */
export function kindOfLink(link: Pick<Link, 'kind'> | undefined, provider: string): LinkKind {
  return link?.kind ?? createdKind(provider)?.kind ?? 'vpc-link-v2';
}

/** How calls leave a link that is there, or the one that is created on a cloud. */
export function linkTraits(link: Pick<Link, 'kind'> | undefined, provider: string): LinkTraits {
  return LINK_TRAITS[kindOfLink(link, provider)];
}
