import type { GatewaySpec } from '../../model/gateway.js';

/** The member of a reference that names its gateway: all others are of its stages. */
export function gatewayKey(reference: GatewaySpec): string {
  return Object.keys(reference).find((key) => key !== 'stage' && key !== 'stages') ?? '';
}

/** The ID that a reference to a gateway names. */
export function gatewayId(reference: GatewaySpec): string {
  return String(reference[gatewayKey(reference)] ?? '');
}

/** The IDs of the gateways that some references name by a key: `httpApi`. */
export function gatewayIdsBy(key: string, references: readonly GatewaySpec[] = []): readonly string[] {
  return references.filter((one) => gatewayKey(one) === key).map(gatewayId);
}

/** The stages that a reference names: those to which routes are published one by one. */
export function stagesOf(reference: GatewaySpec): readonly string[] | undefined {
  return reference.stages;
}

/**
 * The one stage that a reference names, where routes of its kind are deployed to one: it may not exist yet.
 * Undefined: every stage of the gateway is deployed.
 */
export function deployedStage(reference: GatewaySpec): string | undefined {
  return reference.stage;
}

/** The stages that callers of a reference's routes use, as far as the reference decides that. */
export function declaredStages(reference: GatewaySpec): readonly string[] | undefined {
  const one = deployedStage(reference);
  return one === undefined ? stagesOf(reference) : [one];
}
