import { domainsOfGroup } from '../traditional/control/group.js';
import { currentRevision } from '../cloud-native/control/api/publish.js';
import type { NetworkType } from '../cloud-native/control/state.js';
import type { AlibabaState } from '../state/alibaba-state.js';
import { hasHost } from '../cloud-native/served/match.js';
import type { AlidnsState } from '../alidns/state.js';
import { recordsOf, zoneOf } from '../alidns/resolve.js';

/** Where a call comes to: a gateway, at one of its load balancers; or an instance of API Gateway. */
export type CalledPlace =
  | {
      readonly kind: 'gateway';
      readonly region: string;
      readonly gatewayId: string;
      readonly via: NetworkType | undefined;
    }
  | { readonly kind: 'group' };

/** Names and addresses of gateways, and the custom domains that are published on them. */
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

/**
 * Whose resolver a call asks: `office`, `phone; ignores-ttl`, `app; keeps=300`. Without it each call asks the servers of the domain.
 * A client with connections that it keeps open asks again only when they end: `keeps`, in seconds.
 */
export const RESOLVER_HEADER = 'x-postern-resolver';

/** What a name resolves to: the end of its records. */
export interface Resolution {
  /** An address, or a name that the records of this account do not have. Undefined: nothing is answered. */
  readonly to: string | undefined;
  /** Seconds, the smallest on the way. */
  readonly ttl: number;
}

/** How many names lead to each other at most. */
const LONGEST_CHAIN = 8;
/** For an answer that there is none: the zone's minimum [I]. */
const NEGATIVE_TTL = 600;

/** Follows the records of a name; undefined for one in no domain of this account. One of several answers is taken by `choose`. */
export function resolve(
  dns: AlidnsState,
  name: string,
  choose: (weights: readonly number[]) => number,
): Resolution | undefined {
  if (zoneOf(dns, name) === undefined) return undefined;

  let at = name;
  let ttl = Infinity;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const records = recordsOf(dns, at);
    const taken = records.length <= 1 ? records[0] : records[choose(records.map(({ weight }) => weight))];
    if (!taken) {
      const isEnd = step > 0 && zoneOf(dns, at) === undefined;
      return { to: isEnd ? at : undefined, ttl: isEnd ? ttl : NEGATIVE_TTL };
    }

    ttl = Math.min(ttl, taken.row.TTL);
    if (taken.row.Type !== 'CNAME') return { to: taken.row.Value, ttl };

    at = taken.row.Value.replace(/\.$/, '');
  }
  return { to: undefined, ttl: NEGATIVE_TTL };
}

interface Remembered {
  readonly resolution: Resolution;
  /** Simulated milliseconds since the epoch. */
  readonly until: number;
}

/** Resolvers of callers, which keep what they were answered for its TTL, or for ever. */
export class Resolvers {
  readonly #remembered = new Map<string, Remembered>();

  /**
   * What a resolver answers. `draw` takes one of several records where it has to ask; an answer that it keeps is the same for all its
   * callers.
   */
  ask(
    dns: AlidnsState,
    header: string,
    name: string,
    now: number,
    draw: (weights: readonly number[]) => number,
  ): Remembered | undefined {
    const [resolver = '', ...options] = header.split(';').map((part) => part.trim());
    const key = `${resolver}/${name}`;
    const known = this.#remembered.get(key);
    if (known && now < known.until) return known;

    const resolution = resolve(dns, name, draw);
    if (!resolution) return undefined;

    const kept = options.map((one) => /^keeps=(\d{1,6})$/.exec(one)?.[1]).find((one) => one !== undefined);
    const until = options.includes('ignores-ttl') ? Infinity : now + Number(kept ?? resolution.ttl) * 1000;
    const fresh = { resolution, until };
    this.#remembered.set(key, fresh);
    return fresh;
  }

  /** Nothing is remembered. */
  reset(): void {
    this.#remembered.clear();
  }
}
