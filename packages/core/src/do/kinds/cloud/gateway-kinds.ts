import type { GatewaySpec } from '../../model/gateway.js';
import type { GatewayRef } from '../../model/reference.js';
import type { CalledRoute, CallerAnswer, MadeAnswer } from '../gateway/gateway-rules.js';
import type { GatewayKindTraits } from '../gateway/gateway-traits.js';
import type { GatewayKind as GatewayKindOfCloud } from './cloud.js';
import type { Clouds } from './clouds.js';

/** What the kind of gateway that a reference means is and allows. */
export function gatewayTraits(clouds: Clouds, reference: GatewaySpec): GatewayKindOfCloud {
  return clouds.gateway(clouds.gatewayKind(reference));
}

/** What gateways of a kind are called, without an article: `HTTP API`. */
export function gatewayNoun(clouds: Clouds, kind: string): string {
  return clouds.gateway(kind).title.replace(/^an? /, '');
}

/** How a spec names a gateway. */
export function gatewaySpec(clouds: Clouds, { kind, id }: GatewayRef): GatewaySpec {
  return { [clouds.gateway(kind).ref]: id };
}

/** The members of references that name gateways of a cloud; of one that is not known, those of all. */
export function gatewayKeysOn(clouds: Clouds, provider: string): readonly GatewayKindTraits['ref'][] {
  const kinds = clouds.gatewayKinds.map((kind) => clouds.gateway(kind));
  const own = kinds.filter((traits) => traits.provider === provider);
  return (own.length === 0 ? kinds : own).map(({ ref }) => ref);
}

/** The reference with the stages that hold by default, where routes are published one by one. */
export function withStages(clouds: Clouds, reference: GatewaySpec): GatewaySpec {
  const { publishedTo } = gatewayTraits(clouds, reference);
  return publishedTo === undefined || 'stages' in reference ? reference : { ...reference, stages: publishedTo };
}

/** What an answer means that a gateway, or a load balancer behind it, made itself. Undefined: the backend answered. */
export function madeAnswer(
  clouds: Clouds,
  kind: string,
  answer: CallerAnswer,
  route: CalledRoute = {},
): MadeAnswer | undefined {
  const { rules, provider } = clouds.gateway(kind);
  return rules.madeAnswer(answer, route) ?? clouds.named(provider)?.balancerAnswer?.(answer);
}
