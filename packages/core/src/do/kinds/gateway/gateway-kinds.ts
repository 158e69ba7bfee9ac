import type { Gateway, GatewaySpec } from '../../model/gateway.js';
import type { GatewayKind } from '../../model/gateway-kind.js';
import type { GatewayRef } from '../../model/reference.js';
import { GATEWAY_KINDS, type GatewayKindTraits } from './gateway-table.js';

const KINDS = Object.entries(GATEWAY_KINDS) as readonly (readonly [GatewayKind, GatewayKindTraits])[];

const KEYS = KINDS.map(([kind, { ref }]) => ({ kind, ref }));

/** The kind of gateway that a reference means. */
export function gatewayKind(reference: GatewaySpec): GatewayKind {
  const found = KEYS.find(({ ref }) => Object.hasOwn(reference, ref));
  if (found !== undefined) return found.kind;
  throw new TypeError('a reference to a gateway has no key of a gateway kind');
}

/** The ID that a reference to a gateway names. */
export function gatewayId(reference: GatewaySpec): string {
  return (reference as Readonly<Record<string, unknown>>)[GATEWAY_KINDS[gatewayKind(reference)].ref] as string;
}

/** How a spec names a gateway of this kind. */
export function gatewaySpec({ kind, id }: GatewayRef): GatewaySpec {
  return { [GATEWAY_KINDS[kind].ref]: id } as GatewaySpec;
}

/** The stages that a reference names: those to which routes are published one by one. */
export function stagesOf(reference: GatewaySpec): readonly string[] | undefined {
  return 'stages' in reference ? reference.stages : undefined;
}

/** The reference with the stages that hold by default, where routes are published one by one. */
export function withStages(reference: GatewaySpec): GatewaySpec {
  const { publishedTo } = GATEWAY_KINDS[gatewayKind(reference)];
  return publishedTo === undefined || 'stages' in reference ? reference : { ...reference, stages: publishedTo };
}

/**
 * The one stage that a reference names, where routes of its kind are deployed to one: it may not exist yet.
 * Undefined: every stage of the gateway is deployed.
 */
export function deployedStage(reference: GatewaySpec): string | undefined {
  return 'stage' in reference ? reference.stage : undefined;
}

/** The stages that callers of a reference's routes use, as far as the reference decides that. */
export function declaredStages(reference: GatewaySpec): readonly string[] | undefined {
  const one = deployedStage(reference);
  return one === undefined ? stagesOf(reference) : [one];
}

/** Whether stages of a gateway without automatic deployment need a deployment after a change. */
export function routesNeedDeployment({ kind }: Pick<Gateway, 'kind'>): boolean {
  return GATEWAY_KINDS[kind].routesNeedDeployment;
}

/** Whether all routes of a gateway use one link, and it moves as a whole. */
export function movesAsOne({ kind }: Pick<Gateway, 'kind'>): boolean {
  return GATEWAY_KINDS[kind].movesAsOne;
}

/** The members of references that name gateways of a cloud; of one that is not known, those of all. */
export function gatewayKeysOn(provider: string): readonly GatewayKindTraits['ref'][] {
  const own = KINDS.filter(([, one]) => one.provider === provider);
  return (own.length === 0 ? KINDS : own).map(([, { ref }]) => ref);
}
