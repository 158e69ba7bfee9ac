import type { Gateway, GatewayKind, GatewaySpec } from '../../model/gateway.js';
import type { LinkKind } from '../../model/link.js';
import type { GatewayRef } from '../../model/reference.js';
import type { GatewayTraits } from '../../model/traits.js';
import type { Quota } from '../quota.js';

/** What a kind of gateway is and allows. */
export interface GatewayKindTraits extends GatewayTraits {
  /** The member of a reference that names one: `{ httpApi: 'a1b2c3' }`. */
  readonly ref: 'httpApi' | 'restApi' | 'webSocketApi' | 'apiGroup';
  /** Whether a spec can declare routes of it. */
  readonly declared: boolean;
  /** Whether its stages and the setting `path` of a target decide which path the target sees. */
  readonly stagesShowInPaths: boolean;
  /** The kinds of link that its routes can lead through. */
  readonly links: readonly LinkKind[];
  /**
   * All its routes lead through one link, and it moves as a whole; each route is published by itself, to stages that the spec names.
   * Otherwise routes lead through links one by one, and a stage shows all routes, as they were at its last deployment.
   */
  readonly movesAsOne: boolean;
  /** How much one may have of something. */
  readonly quotas?: Readonly<Record<'routes' | 'integrations', Quota>> | undefined;
}

/**
 * The kinds of gateway.
 * Stages of an HTTP API without AutoDeploy need a deployment; each API of a group is published by itself, with its change.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances
 */
export const GATEWAY_KINDS: Readonly<Record<GatewayKind, GatewayKindTraits>> = {
  'http-api': {
    ref: 'httpApi',
    declared: true,
    stagesShowInPaths: true,
    links: ['vpc-link-v2'],
    movesAsOne: false,
    routesNeedDeployment: true,
    quotas: {
      routes: { name: 'routes-per-api', what: 'routes of an HTTP API', byDefault: 300, code: 'L-65B5C802' },
      integrations: { name: 'integrations-per-api', what: 'integrations of an HTTP API', byDefault: 300 },
    },
  },
  'rest-api': {
    ref: 'restApi',
    declared: false,
    stagesShowInPaths: false,
    links: ['vpc-link-v2', 'vpc-link-v1'],
    movesAsOne: false,
    routesNeedDeployment: true,
  },
  'websocket-api': {
    ref: 'webSocketApi',
    declared: false,
    stagesShowInPaths: false,
    links: ['vpc-link-v1'],
    movesAsOne: false,
    routesNeedDeployment: true,
  },
  'api-group': {
    ref: 'apiGroup',
    declared: true,
    stagesShowInPaths: false,
    links: ['integration-instance', 'dedicated-instance'],
    movesAsOne: true,
    routesNeedDeployment: false,
  },
};

const KINDS = Object.entries(GATEWAY_KINDS) as readonly (readonly [GatewayKind, GatewayKindTraits])[];

/** The kind of gateway that a reference means. */
export function gatewayKind(reference: GatewaySpec): GatewayKind {
  const found = KINDS.find(([, { ref }]) => Object.hasOwn(reference, ref));
  if (found === undefined) throw new TypeError('a reference to a gateway names none of its kinds');
  return found[0];
}

/** The ID that a reference to a gateway names. */
export function gatewayId(reference: GatewaySpec): string {
  return (reference as Readonly<Record<string, unknown>>)[GATEWAY_KINDS[gatewayKind(reference)].ref] as string;
}

/** How a spec names a gateway of this kind. */
export function gatewaySpec({ kind, id }: GatewayRef): GatewaySpec {
  return { [GATEWAY_KINDS[kind].ref]: id } as unknown as GatewaySpec;
}

/** The stages that a reference names: those to which routes are published one by one. */
export function stagesOf(reference: GatewaySpec): readonly string[] | undefined {
  return 'stages' in reference ? reference.stages : undefined;
}

/** Whether stages of a gateway without automatic deployment need a deployment after a change. */
export function routesNeedDeployment({ kind }: Pick<Gateway, 'kind'>): boolean {
  return GATEWAY_KINDS[kind].routesNeedDeployment;
}

/** Whether all routes of a gateway lead through one link, and it moves as a whole. */
export function movesAsOne({ kind }: Pick<Gateway, 'kind'>): boolean {
  return GATEWAY_KINDS[kind].movesAsOne;
}

/** The kinds of gateway whose routes can lead through a kind of link. */
export function gatewayKindsThrough(link: LinkKind): readonly GatewayKind[] {
  return KINDS.filter(([, { links }]) => links.includes(link)).map(([kind]) => kind);
}
