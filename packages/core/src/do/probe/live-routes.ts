import type { Clouds } from '../kinds/cloud/clouds.js';
import { pastCache, publicAddress } from '../kinds/gateway/gateway-rules.js';
import type { Gateway } from '../model/gateway.js';
import { gatewayRef, type GatewayRef } from '../model/reference.js';
import type { Route } from '../model/route.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { partsOfKey, placeholderPath } from './probe-path.js';
import type { ProbeAct } from './probe-routes.js';
import type { CustomDomain } from '../model/custom-domain.js';
import { namedAddresses } from '../world/routes/custom-domains.js';

/** A route that exists, on one stage, and how callers call it by one of its gateway's names. */
export interface LiveRoute {
  readonly provider: string;
  readonly region: string;
  readonly gateway: GatewayRef;
  /** The gateway's name, or its ID where it has none. */
  readonly name: string;
  /** The route key. */
  readonly route: string;
  readonly stage: string;
  readonly method: string;
  /** Whether callers must be authorized; undefined where that was not read. */
  readonly guarded: boolean | undefined;
  readonly act: Extract<ProbeAct, { readonly is: 'call' | 'none' }>;
}

/**
 * How each route of a snapshot is called, whoever created it: on each stage, by the gateway's own name, and by the names of
 * its users. Variables of paths have a placeholder. Nothing is called.
 */
export function liveRoutes(snapshot: Snapshot, clouds: Clouds): readonly LiveRoute[] {
  return snapshot.regions.flatMap(({ provider, region, gateways }) =>
    gateways.flatMap((gateway) =>
      gateway.routes.flatMap((route) =>
        stagesOf(gateway, route).flatMap((stage) => {
          const base = {
            provider,
            region,
            gateway: gatewayRef(gateway),
            name: gateway.name === '' ? gateway.id : gateway.name,
            route: route.key,
            stage,
            method: partsOfKey(route.key).method ?? 'GET',
            guarded: route.open === undefined ? undefined : !route.open,
          };
          return actsOf(clouds, gateway, region, base, placeholderPath(route.key)).map((act): LiveRoute => ({
            ...base,
            act,
          }));
        }),
      ),
    ),
  );
}

/** Where routes are published one by one, each has its own stages. */
function stagesOf({ stages }: Gateway, { publishedOn }: Route): readonly string[] {
  return publishedOn ?? stages.map(({ name }) => name);
}

function actsOf(
  clouds: Clouds,
  gateway: Gateway,
  region: string,
  called: Pick<LiveRoute, 'stage' | 'route' | 'method'>,
  path: string,
): readonly LiveRoute['act'][] {
  const { rules } = clouds.gateway(gateway.kind);
  const address = publicAddress(rules, gateway, region, called.stage);
  const past = pastCache(rules, gateway, called.stage, called);
  if ('because' in address) return [{ is: 'none', ...address }];
  if ('because' in past) return [{ is: 'none', ...past }];

  const { base } = address;
  const headers = { ...address.headers, ...past.headers };
  const others = (gateway.settings?.domains ?? []).filter(
    ({ kind, name }) => kind === 'custom' && !name.startsWith('*'),
  );
  const bases = [base, ...others.map(({ name }) => base.replace(/(?<=^https?:\/\/)[^/]+/, name))];
  return bases.map((one) => ({ is: 'call', url: `${one}${path}`, headers }));
}

/**
 * The addresses by which callers reach a route over custom domains: `https://api.example.com/orders/{id}`. One that another mapping of
 * the domain takes is missing, and so is one whose domain is not usable, or has rules that no snapshot has. Pure.
 */
export function routeAddresses(
  domains: readonly CustomDomain[] | undefined,
  gateway: Pick<Gateway, 'id' | 'settings'>,
  routeKey: string,
): readonly string[] {
  const { path = '' } = partsOfKey(routeKey);
  return namedAddresses(domains ?? [], gateway, path).map(({ address }) => address);
}
