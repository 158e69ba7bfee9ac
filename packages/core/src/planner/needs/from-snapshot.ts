import { gatewayTraits } from '../../do/kinds/cloud/gateway-kinds.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import type { Feature, Needs, ServiceNeeds } from './needs.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { RouteSettings } from '../../do/model/route.js';
import type { Spec } from '../../do/spec.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { targetLabel } from '../../do/words/target-label.js';

/** Where needs are taken from, if a file has several places. */
export interface NeedsPlace {
  readonly region?: string | undefined;
  readonly provider?: string | undefined;
}

/** A service as it is derived: routes with the same target. */
interface Derived {
  readonly features: Set<Feature>;
  readonly team: string;
  /** The VPC of its target. */
  readonly vpc?: string | undefined;
  isTls: boolean;
}

/**
 * The needs that the routes of a snapshot show: each target is a service, and each gateway a team, since its routes are
 * deployed together. How many calls there are is in no snapshot.
 * @throws {InvalidInputError} `INVALID_INPUT` where there are no routes, or several places to choose from.
 */
export function needsOfSnapshot(
  snapshot: Snapshot,
  { clouds, ...place }: NeedsPlace & { readonly clouds: Clouds },
): Needs {
  const region = onlyPlace(snapshot.regions, place);
  const services = new Map<string, Derived>();
  for (const { kind, name, id, routes, endpoint } of region.gateways) {
    for (const { targetId, settings, tls, open } of routes) {
      if (targetId === undefined) continue;

      const target = region.targets.find((one) => one.id === targetId);
      const label = targetLabel(target ?? { id: targetId });
      const service = services.get(label) ?? {
        features: new Set<Feature>(),
        team: cleanName(name || id),
        vpc: target?.networkId,
        isTls: false,
      };
      services.set(label, service);
      for (const feature of featuresOf(clouds.gateway(kind), settings)) service.features.add(feature);
      if (endpoint === 'private') service.features.add('private-endpoint');
      if (open === false) service.features.add('authorizers');
      service.isTls ||= tls !== undefined;
    }
  }
  return needsOf(region, services);
}

/**
 * The needs that a spec shows: each target of an integration is a service, and each integration a team.
 * @throws {InvalidInputError} as `needsOfSnapshot`.
 */
export function needsOfSpec(spec: Spec, { clouds, ...place }: NeedsPlace & { readonly clouds: Clouds }): Needs {
  const own = onlyPlace(
    Object.values(spec.links).filter((one, at, all) => all.findIndex((other) => isSamePlace(one, other)) === at),
    place,
  );
  const services = new Map<string, Derived>();
  for (const [team, { link, gateway, routes, targets, settings = {} }] of Object.entries(spec.integrations)) {
    const declared = spec.links[link];
    if (declared === undefined || !isSamePlace(declared, own)) continue;

    for (const [key, target] of Object.entries(routes)) {
      const label = Object.keys(targets).length === 1 ? team : `${team}-${target}`;
      const service = services.get(label) ?? { features: new Set<Feature>(), team, isTls: false };
      services.set(label, service);
      for (const feature of featuresOf(gatewayTraits(clouds, gateway), settings[key])) service.features.add(feature);
      service.isTls ||= targets[target]?.tls !== undefined;
    }
  }
  return needsOf(own, services);
}

/** The part of needs that a route's settings show. */
function featuresOf(
  { authorizedAt }: GatewayKindTraits,
  { authorizer, apiKey, stream }: RouteSettings = {},
): readonly Feature[] {
  return [
    ...(authorizedAt === undefined ? [] : (['websocket'] as const)),
    ...(authorizer !== undefined && authorizer !== 'none' ? (['authorizers'] as const) : []),
    ...(apiKey === true ? (['usage-plans'] as const) : []),
    ...(stream === true ? (['streaming'] as const) : []),
  ];
}

interface Place {
  readonly provider: string;
  readonly region: string;
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.provider === b.provider && a.region === b.region;
}

function onlyPlace<T extends Place>(all: readonly T[], { region, provider }: NeedsPlace): T {
  const some = all.filter(
    (one) => (region === undefined || one.region === region) && (provider === undefined || one.provider === provider),
  );
  const [first, second] = some;
  if (first === undefined) {
    throw new InvalidInputError('INVALID_INPUT', 'the file does not have that region', {
      remedy: 'Name another one with --region, or leave it out.',
    });
  }
  if (second === undefined) return first;

  const places = some.map((one) => `${one.provider} ${one.region}`).join(', ');
  throw new InvalidInputError('INVALID_INPUT', `there are several regions: ${places}`, {
    remedy: 'Choose one with --region, and --provider where needed.',
  });
}

function needsOf({ provider, region }: Place, services: ReadonlyMap<string, Derived>): Needs {
  if (services.size === 0) {
    throw new InvalidInputError('INVALID_INPUT', `no route in ${region} has a target in a network`, {
      remedy: 'Write the needs in a file: `postern advise --example` prints one.',
    });
  }

  const taken = new Set<string>();
  // Services of one VPC need not name it.
  const isApart = new Set([...services.values()].flatMap(({ vpc }) => vpc ?? [])).size > 1;
  const list = [...services].map(([label, { features, team, vpc, isTls }]): ServiceNeeds => {
    let name = cleanName(label);
    for (let count = 2; taken.has(name); count += 1) name = `${cleanName(label).slice(0, 58)}-${count}`;
    taken.add(name);
    const isSocket = features.has('websocket');
    return {
      name,
      protocol: isSocket ? 'websocket' : isTls ? 'https' : 'http',
      team,
      features: [...features],
      ...(isApart && vpc !== undefined ? { vpc: cleanName(vpc) } : {}),
    };
  });
  return { provider, region, services: list };
}

/** A name as needs have it: letters, digits, dots, underscores and hyphens. */
function cleanName(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|(?<!-)-+$/g, '');
  return plain.slice(0, 63) || 'service';
}
