import { domainsOfGroup } from '../traditional/control/group.js';
import { currentRevision } from '../cloud-native/control/api/publish.js';
import type { NetworkType } from '../cloud-native/control/state.js';
import type { AlibabaState } from '../state/alibaba-state.js';
import { hasHost } from '../cloud-native/served/match.js';

/** Where a call comes to: a gateway, at one of its load balancers; or an instance of API Gateway. */
export type CalledPlace =
  | {
      readonly kind: 'gateway';
      readonly region: string;
      readonly gatewayId: string;
      readonly via: NetworkType | undefined;
    }
  | { readonly kind: 'group' };

export interface Places {
  /** By ID, default domain, and name or address of a load balancer. */
  readonly named: ReadonlyMap<string, CalledPlace>;
  /** Custom domains, with the gateways that have published something at them. */
  readonly custom: readonly { readonly name: string; readonly place: CalledPlace }[];
  /** Custom domains that exist, published or not. */
  readonly domains: ReadonlySet<string>;
  /** Custom domains of groups with an A record: no operation returns the address of an instance, so any address is taken for it. */
  readonly byAddress: ReadonlySet<string>;
}

/** Reads all of an account. Intranet addresses count once each: those of several VPCs may be the same. */
export function readPlaces({ regions }: Pick<AlibabaState, 'regions'>): Places {
  const named = new Map<string, CalledPlace>();
  const custom: { readonly name: string; readonly place: CalledPlace }[] = [];
  const domains = new Set<string>();
  const byAddress = new Set<string>();
  for (const state of regions.values()) {
    for (const group of state.cloudApi.groups.values()) {
      for (const { kind, name, cname } of domainsOfGroup(group, state.name)) {
        if (kind !== 'custom') named.set(name.toLowerCase(), { kind: 'group' });
        else if (cname === false) byAddress.add(name.toLowerCase());
      }
    }
    for (const { name } of state.apig.domains.values()) domains.add(name);
    for (const gateway of state.apig.gateways.values()) {
      const at = (via: NetworkType | undefined): CalledPlace => ({
        kind: 'gateway',
        region: state.name,
        gatewayId: gateway.id,
        via,
      });
      named.set(gateway.id, at(undefined));
      for (const { address, addressType, ipv4Addresses } of gateway.loadBalancers) {
        for (const text of [address, ...ipv4Addresses]) named.set(text, at(addressType));
      }
      for (const { name, networkType } of gateway.subDomains) named.set(name, at(networkType));
      const bound = new Set(
        [...state.apig.routes.values()]
          .filter(({ gatewayId, published }) => gatewayId === gateway.id && published)
          .flatMap(({ published }) => published?.domainIds ?? []),
      );
      for (const api of state.apig.apis.values())
        for (const id of currentRevision(api, gateway.id)?.domainIds ?? []) bound.add(id);
      for (const id of bound) {
        const domain = state.apig.domains.get(id);
        if (domain && domain.name !== '*') custom.push({ name: domain.name, place: at(undefined) });
      }
    }
  }
  return { named, custom, domains, byAddress };
}

/** The gateway that has published something at a custom domain, where no record of DNS says where it leads. */
export const placeOfCustom = ({ custom }: Places, host: string): CalledPlace | undefined =>
  custom.filter(({ name }) => hasHost(name, host)).toSorted((a, b) => b.name.length - a.name.length)[0]?.place;
