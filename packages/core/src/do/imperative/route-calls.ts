import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { AllowOptions, CallOptions, EnsureRouteOptions, EventOptions, RevokeOptions } from './call-options.js';
import { ensureTarget as ensureTargetOf } from './ensure-target.js';
import { allowBlocks, revokeBlocks } from './imperative-allowlist.js';
import { givenLink } from './link-calls.js';
import { checkCall } from './method-forms.js';
import { routePart } from './parts.js';
import { routeRemoval, type Removal } from './removal.js';
import type { EnsureTarget, LinkOrId, LinkTarget, NamedLink } from './requests.js';
import { ensurePart, removePart } from './session-parts.js';
import type { Session } from './session.js';

export async function ensureTarget(
  session: Session,
  link: NamedLink,
  request: EnsureTarget,
  options: CallOptions = {},
): Promise<LinkTarget> {
  checkCall(session.requestPlace, 'ensureTarget', { link, request, options });
  return targetOf(session, await givenLink('ensureTarget', session, link, options), request, options);
}

export async function ensureRoute(
  session: Session,
  gateway: string | GatewaySpec,
  key: string,
  target: LinkTarget,
  options: EnsureRouteOptions = {},
): Promise<void> {
  checkCall(session.requestPlace, 'ensureRoute', { gateway, key, target, options });
  const ref = session.gatewayRef(gateway);
  const part = routePart(session.requestPlace, ref, key, target, options.settings);
  session.usedLinks.add(target.linkId);
  await session.holding(options, [gatewayId(ref)], () => ensurePart(session, part, options));
}

export async function deleteRoute(
  session: Session,
  gateway: string | GatewaySpec,
  key: string,
  options: EventOptions = {},
): Promise<void> {
  checkCall(session.requestPlace, 'deleteRoute', { gateway, key, options });
  const ref = session.gatewayRef(gateway);
  const removal: Removal = (region, snapshot, spec, clouds) => routeRemoval(region, snapshot, spec, clouds, ref, key);
  await session.holding(options, [gatewayId(ref)], () => removePart(session, options, removal));
}

export async function allow(
  session: Session,
  link: NamedLink,
  cidrBlocks: readonly string[],
  options: AllowOptions = {},
): Promise<void> {
  checkCall(session.requestPlace, 'allow', { link, cidrBlocks, options });
  const ref = session.refOf(await givenLink('allow', session, link, options));
  const open = { ports: options.ports, ensured: session.targets.get(ref.id) ?? [] };
  await allowBlocks(session, ref, cidrBlocks, open, session.ctx(options));
}

export async function revoke(
  session: Session,
  link: NamedLink,
  cidrBlocks: readonly string[],
  options: RevokeOptions = {},
): Promise<void> {
  checkCall(session.requestPlace, 'revoke', { link, cidrBlocks, options });
  const ref = session.refOf(await givenLink('revoke', session, link, options));
  await revokeBlocks(session, ref, cidrBlocks, options.force, session.ctx(options));
}

/** A target that a link can use. The session keeps it: its ports are those that `allow` opens. */
export async function targetOf(
  session: Session,
  link: LinkOrId,
  request: EnsureTarget,
  options: CallOptions,
): Promise<LinkTarget> {
  const target = await ensureTargetOf(session, session.refOf(link), link, request, session.ctx(options));
  const others = (session.targets.get(target.linkId) ?? []).filter(({ id }) => id !== target.id);
  session.targets.set(target.linkId, [...others, target]);
  return target;
}
