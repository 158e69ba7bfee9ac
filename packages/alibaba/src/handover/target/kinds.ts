import type { CallContext } from '@postern/core';
import type { FoundObject, HandoverKind, HandoverObject, HandoverPlace } from '@postern/core/handover';
import type { Session } from '../../client/session.js';
import { authorizationKind, consumerKind } from './consumers.js';
import { gatewayKind } from './gateways.js';
import type { KindMethods } from './kind.js';
import { domainKind, ruleKind } from './network.js';
import { policyKind } from './policies.js';
import { apiKind, publicationKind, routeKind } from './routes.js';
import { serviceKind } from './services.js';

const KINDS: { readonly [K in HandoverKind]: KindMethods<K> } = {
  gateway: gatewayKind,
  rule: ruleKind,
  service: serviceKind,
  domain: domainKind,
  api: apiKind,
  route: routeKind,
  policy: policyKind,
  publication: publicationKind,
  consumer: consumerKind,
  authorization: authorizationKind,
};

/** The methods of an object's kind, and what they are called with. */
function methodsOf(object: HandoverObject): KindMethods<HandoverKind> {
  return KINDS[object.kind] as unknown as KindMethods<HandoverKind>;
}

/** Looks for an object. */
export function findObject(
  session: Session,
  object: HandoverObject,
  place: HandoverPlace,
  ctx: CallContext,
): Promise<FoundObject | undefined> {
  return methodsOf(object).find({ object, place, session, ctx });
}

/** Creates an object, and returns its ID. */
export function createObject(
  session: Session,
  object: HandoverObject,
  place: HandoverPlace,
  ctx: CallContext,
): Promise<string> {
  return methodsOf(object).create({ object, place, session, ctx });
}

/** Completes an object. */
export async function settleObject(
  session: Session,
  { object, id }: { readonly object: HandoverObject; readonly id: string },
  place: HandoverPlace,
  ctx: CallContext,
): Promise<'done' | 'pending'> {
  return (await methodsOf(object).settle?.({ object, place, session, ctx }, id)) ?? 'done';
}
