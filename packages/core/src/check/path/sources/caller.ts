import type { Clouds } from '../../../do/kinds/cloud/clouds.js';
import type { LinkKindTraits } from '../../../do/kinds/link/link-traits.js';
import type { LinkKind, Link } from '../../../do/model/link.js';
import type { SecurityGroup } from '../../../do/model/network.js';
import type { Missing } from '../../../do/world/views.js';
import type { KeptGroup } from '../model/group-set.js';

/** A link as traces use it, whether it exists or not. */
export interface Caller {
  /** Its readable name. */
  readonly name: string;
  /** Of the link, or of the one that would be created. */
  readonly kind: LinkKind;
  readonly link?: Link | undefined;
  /** The load balancers that its calls go to, where its kind is made for some and they are known. */
  readonly loadBalancerIds?: readonly string[] | undefined;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly networkId?: string | undefined;
  /**
   * The group that will hold the allowlist of a link that does not exist yet, where its cloud keeps
   * allowlists in groups.
   */
  readonly planned?: SecurityGroup | undefined;
  /** The managed group that holds the allowlist of an existing link. */
  readonly kept?: KeptGroup | undefined;
  /** Why it cannot be determined whether the link exists: it may be a failed one. */
  readonly unseen?: Missing | undefined;
  /**
   * Why a link that does not exist yet may have further subnets, or groups: names of the spec that could not
   * be resolved.
   */
  readonly unread?: { readonly subnets?: Missing | undefined; readonly groups?: Missing | undefined } | undefined;
}

/** Where calls of a link come from: see `LinkKindTraits`. */
export function callsFrom(clouds: Clouds, { kind }: Pick<Caller, 'kind'>): LinkKindTraits['callsFrom'] {
  return clouds.link(kind).callsFrom;
}

/** The group of the interface in a subnet, where the cloud reports it with the link: one for each zone. */
export function groupOfSubnet(link: Link | undefined, subnetId: string): string | undefined {
  const zones = link?.native?.['zones'];
  if (!Array.isArray(zones)) return undefined;

  for (const zone of zones) {
    if (typeof zone !== 'object' || zone === null || Array.isArray(zone) || zone['subnetId'] !== subnetId) continue;

    const group = zone['securityGroupId'];
    return typeof group === 'string' && group !== '' ? group : undefined;
  }
  return undefined;
}

/**
 * The group that the interface in a subnet will have: an integration instance is created with one for all of its subnets, or with one
 * for each in their order. Undefined where it can be created with neither.
 * @see https://github.com/aliyun/terraform-provider-alicloud/blob/master/website/docs/r/api_gateway_instance.html.markdown
 */
export function plannedGroup(
  { subnetIds, securityGroupIds }: Pick<Caller, 'subnetIds' | 'securityGroupIds'>,
  subnetId: string,
): string | undefined {
  if (securityGroupIds.length === 1) return securityGroupIds[0];

  return securityGroupIds.length === subnetIds.length ? securityGroupIds[subnetIds.indexOf(subnetId)] : undefined;
}
