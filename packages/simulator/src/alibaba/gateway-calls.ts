import { isIPv4 } from 'node:net';
import type { Dispatcher } from '../simulation/dispatch/dispatcher.js';
import { NOWHERE, type GatewayCall, type Journey } from '../simulation/traffic/gateway-call.js';
import type { World } from '../simulation/world/world.js';
import type { ApigDataPath } from './apig-data-path.js';
import { zoneOf } from './alidns/resolve.js';
import type { AlibabaDataPath } from './data-path.js';
import type { Alibaba } from './dispatch.js';
import { placeOfCustom, readPlaces, type CalledPlace, type Places } from './traffic/places.js';
import { resolve, Resolvers, RESOLVER_HEADER } from './traffic/resolver.js';
import { ADDRESS_HEADER } from './traffic/caller-headers.js';
import { ended, notReceived } from './traffic/journey.js';

/**
 * Calls by name, to groups of API Gateway and to gateways of its successor. Where a name leads is decided by the address that the caller
 * has (`x-postern-address-of`: the ID of an instance or of a gateway, or an address of one); else by the records of the domain, where this
 * account has them; else by who has the domain.
 */
export class GatewayCalls {
  readonly #resolvers = new Resolvers();
  #known: { readonly version: number; readonly places: Places } | undefined;

  constructor(
    private readonly world: World,
    private readonly dispatcher: Dispatcher<Alibaba>,
    private readonly groups: AlibabaDataPath,
    private readonly gateways: ApigDataPath,
  ) {}

  /** Whether calls of this name have somewhere to go, or nowhere by the records of its domain. */
  hasGateway(host: string): boolean {
    const { named, domains } = this.#places();
    return (
      domains.has(host) ||
      this.groups.hasGateway(host) ||
      (named.has(host) && !host.startsWith('gw-')) ||
      placeOfCustom(this.#places(), host) !== undefined ||
      zoneOf(this.dispatcher.state.alidns, host) !== undefined
    );
  }

  /** The custom domains of gateways, and the domains whose records this account has. */
  customDomains(): readonly string[] {
    const zones = [...this.dispatcher.state.alidns.domains.keys()].map((name) => `*.${name}`);
    return [...new Set([...this.#places().custom.map(({ name }) => name), ...zones])];
  }

  startCall(call: GatewayCall): Journey | undefined {
    if (!this.hasGateway(call.host)) return undefined;

    const pinned = call.headers[ADDRESS_HEADER];
    const { named } = this.#places();
    if (pinned !== undefined) return this.#at(named.get(pinned.toLowerCase()) ?? { kind: 'group' }, call);

    const own = named.get(call.host);
    if (own) return this.#at(own, call);

    const resolved = this.#resolved(call);
    if (resolved !== undefined) return typeof resolved === 'string' ? nowhere(resolved) : this.#at(resolved, call);

    const place = this.groups.hasGateway(call.host) ? undefined : placeOfCustom(this.#places(), call.host);
    return this.#at(place ?? { kind: 'group' }, call);
  }

  reset(): void {
    this.#resolvers.reset();
    this.#known = undefined;
  }

  #at(place: CalledPlace, call: GatewayCall): Journey | undefined {
    if (place.kind === 'gateway') return this.gateways.startCall(call, place);

    return (
      this.groups.startCall(call) ??
      nowhere(`${call.host} leads nowhere: no record, no API group, and nothing published at it.`)
    );
  }

  /** The place that the records of a domain lead to, or why they lead nowhere; undefined for a domain that this account does not have. */
  #resolved({ host, headers }: GatewayCall): CalledPlace | string | undefined {
    const { alidns } = this.dispatcher.state;
    const { decisions } = this.world;
    const resolver = headers[RESOLVER_HEADER];
    // An answer that a resolver keeps holds for the next calls, too: the draw is not one of this call alone.
    const kept =
      resolver &&
      this.#resolvers.ask(alidns, resolver, host, this.world.now(), (weights) => this.gateways.draw(weights));
    if (kept) decisions.changeAt(kept.until);
    const fresh = (weights: readonly number[]): number => decisions.take(() => this.gateways.draw(weights));
    const found = kept ? kept.resolution : resolve(alidns, host, fresh);
    if (!found) return undefined;
    if (found.to === undefined) return `No record of ${host} is answered.`;

    const { named, byAddress } = this.#places();
    const place = named.get(found.to) ?? (byAddress.has(host) && isIPv4(found.to) ? GROUP : undefined);
    return place ?? `${host} resolves to ${found.to}, which is no gateway of this world.`;
  }

  #places(): Places {
    const { version, state } = this.dispatcher;
    if (this.#known?.version !== version) this.#known = { version, places: readPlaces(state) };
    return this.#known.places;
  }
}

const GROUP: CalledPlace = { kind: 'group' };

const nowhere = (because: string): Journey => ended(notReceived('unreachable', because, NOWHERE));
