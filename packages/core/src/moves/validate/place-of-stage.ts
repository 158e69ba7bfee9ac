import { gatewayNoun } from '../../do/kinds/cloud/gateway-kinds.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { optional, type Infer } from '../../do/forms/form.js';
import { keyed, optionalText, text, resourceId } from '../../do/forms/values.js';
import { InvalidInputError } from '../../ground/errors.js';
import { fewText } from '../../ground/text/quantities.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { GatewayRef } from '../../do/model/reference.js';
import type { Link } from '../../do/model/link.js';
import type { LoadBalancer } from '../../do/model/load-balancer.js';
import type { Route } from '../../do/model/route.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { requireComplete } from '../../do/world/resolve/problems.js';

const stageShape = {
  provider: optionalText,
  region: optionalText,
  stage: text,
  /** The link that its routes use now; may be left out where they use one. */
  from: optional(resourceId),
  to: resourceId,
  /** The load balancer behind the new link, by name or ARN. */
  targetBalancer: text,
};

/**
 * A stage of a gateway, such as a REST API, and the link and load balancer that its calls are to use. The gateway is named as in a
 * spec: `{ restApi: 'a1b2c3d4e5', stage: 'prod', to: 'link2', targetBalancer: 'orders-alb' }`.
 */
export interface StageMigration extends Infer<typeof stageShape> {
  /** The gateway, by the key of its kind. */
  readonly [ref: string]: string | undefined;
}

/** @param key that of the kind of gateway */
export const stageForm = (key: string) => keyed<StageMigration>({ ...stageShape, [key]: resourceId });

/** The ID of the gateway that a request names. */
export function gatewayOfStage(request: StageMigration): string {
  return request[Object.keys(request).find((key) => !Object.hasOwn(stageShape, key)) ?? ''] ?? '';
}

/** The kinds of gateway whose stages move, in the order of the clouds. */
export function stageMovingKinds(clouds: Clouds): readonly GatewayKind[] {
  return clouds.gatewayKinds.filter((kind) => clouds.gateway(kind).stagesMove !== undefined);
}

/** The kind and the ID of the gateway that a request names. @throws {InvalidInputError} `INVALID_INPUT` where it names none. */
function namedGateway(request: StageMigration, clouds: Clouds): GatewayRef {
  const kinds = stageMovingKinds(clouds);
  for (const kind of kinds) {
    const id = request[clouds.gateway(kind).ref];
    if (typeof id === 'string') return { kind, id };
  }
  const keys = kinds.map((kind) => `\`${clouds.gateway(kind).ref}\``).join(' or ');
  throw new InvalidInputError('INVALID_INPUT', keys === '' ? 'no stages move on these clouds' : `${keys} is required`, {
    remedy: keys === '' ? 'Name a gateway or a link.' : `Add ${keys} with the ID of the gateway.`,
  });
}

/** A stage that can be judged. */
export interface StagePlace {
  readonly region: RegionSnapshot;
  readonly gateway: Gateway;
  readonly clouds: Clouds;
  readonly from: Link;
  readonly to: Link;
  readonly balancer: LoadBalancer;
  /** The routes that use the old link. */
  readonly routes: readonly Route[];
}

/**
 * Finds what a move of a stage is about.
 * @throws {InvalidInputError} `NOT_FOUND`, `WRONG_KIND`, `INVALID_INPUT`. {CloudError} the code of a gap that hides one.
 */
export function placeOfStage(snapshot: Snapshot, request: StageMigration, clouds: Clouds): StagePlace {
  const { stage, to, targetBalancer } = request;
  const { kind, id: gatewayId } = namedGateway(request, clouds);
  const isNamed = ({ id }: Gateway): boolean => id === gatewayId;
  const region =
    snapshot.regions.find((one) => (request.region ?? one.region) === one.region && one.gateways.some(isNamed)) ??
    snapshot.regions[0];
  const gateway = region?.gateways.find(isNamed);
  if (region !== undefined && gateway === undefined) requireComplete(region, 'gateways');
  if (region === undefined || gateway === undefined) throw absent(`${gatewayNoun(clouds, kind)} ${gatewayId}`);

  const { stagesMove } = clouds.gateway(gateway.kind);
  if (stagesMove === undefined) {
    throw new InvalidInputError('WRONG_KIND', `${gatewayId} is of kind ${gateway.kind}, and has no stages that move`, {
      remedy: `Name ${clouds.gateway(kind).title}.`,
    });
  }
  if (!gateway.stages.some(({ name }) => name === stage)) {
    throw absent(
      `stage ${stage} of ${gatewayId}`,
      gateway.stages.map(({ name }) => name),
    );
  }

  const next = linkIn(clouds, region, gateway, to);
  const used = [
    ...new Set(gateway.routes.flatMap(({ linkId }) => (linkId === undefined || linkId === to ? [] : [linkId]))),
  ];
  const [only, ...others] = used;
  const fromId = request.from ?? only;
  if (fromId === undefined) {
    throw sameLink(clouds, region, gateway, to, `no ${stagesMove.route} of ${gatewayId} uses another link than ${to}`);
  }
  if (request.from === undefined && others.length > 0) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `the ${stagesMove.route}s of ${gatewayId} use several links: ${used.join(', ')}`,
      { remedy: 'Name the one to move from with `from`.' },
    );
  }
  if (fromId === to) {
    throw sameLink(clouds, region, gateway, to, `${to} is both the link to move from and the one to move to`);
  }

  const balancer = region.loadBalancers.find(({ id, name }) => id === targetBalancer || name === targetBalancer);
  if (balancer === undefined) {
    requireComplete(region, 'loadBalancers');
    throw absent(
      `load balancer ${targetBalancer}`,
      region.loadBalancers.map(({ name }) => name),
    );
  }

  const from = linkIn(clouds, region, gateway, fromId, used);
  return {
    region,
    gateway,
    clouds,
    from,
    to: next,
    balancer,
    routes: gateway.routes.filter(({ linkId }) => linkId === fromId),
  };
}

/** The links that a gateway can use. */
const usable = (clouds: Clouds, { links }: RegionSnapshot, { kind }: Gateway): readonly string[] =>
  links.filter((link) => clouds.gateway(kind).links.includes(link.kind)).map(({ id }) => id);

/** @param others what is named where the link does not exist */
function linkIn(
  clouds: Clouds,
  region: RegionSnapshot,
  gateway: Gateway,
  wanted: string,
  others = usable(clouds, region, gateway),
): Link {
  const link = region.links.find(({ id }) => id === wanted);
  if (link === undefined) {
    requireComplete(region, 'links');
    throw absent(`link ${wanted}`, others);
  }
  if (clouds.gateway(gateway.kind).links.includes(link.kind)) return link;

  throw new InvalidInputError('WRONG_KIND', `${wanted} is of kind ${link.kind}, which ${gateway.kind} cannot use`, {
    remedy: 'Name a link that the gateway can use.',
  });
}

function sameLink(
  clouds: Clouds,
  region: RegionSnapshot,
  gateway: Gateway,
  to: string,
  message: string,
): InvalidInputError {
  const others = usable(clouds, region, gateway).filter((id) => id !== to);
  const remedy =
    others.length === 0 ? 'Create another link first.' : `Name another link to move to: ${fewText(others)}.`;
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}

function absent(what: string, others: readonly string[] = []): InvalidInputError {
  return new InvalidInputError('NOT_FOUND', `${what} does not exist in this account and region`, {
    remedy:
      others.length === 0
        ? 'Check the ID, the region and the account.'
        : `Name one of ${others.slice(0, 5).join(', ')}.`,
  });
}
