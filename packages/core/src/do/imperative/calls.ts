import { CloudError } from '../../ground/errors.js';
import { abilityOf } from '../abilities.js';
import type { EnsuredPart } from '../apply/ensure.js';
import { argumentError } from '../forms/check-argument.js';
import type { Egress, Link } from '../model/link.js';
import { isMarkOf } from '../model/marks.js';
import { linkRef } from '../model/reference.js';
import { requireComplete } from '../world/resolve/problems.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type { GatewaySpec } from '../model/gateway.js';
import type * as Options from './call-options.js';
import { ensureTarget as ensureTargetOf } from './ensure-target.js';
import { allowBlocks, regionOf, revokeBlocks } from './imperative-allowlist.js';
import { usesOfNamedLink, type LinkUse } from './link-uses.js';
import { checkCall } from './method-forms.js';
import { linkPart, routePart } from './parts.js';
import { forgetLink, linkRemoval, routeRemoval, type Removal } from './removal.js';
import type { EnsureLink, EnsureTarget, LinkOrId, LinkTarget, NamedLink } from './requests.js';
import { ensurePart, removePart } from './session-parts.js';
import type { Session } from './session.js';

export async function ensureLink(
  session: Session,
  request: EnsureLink,
  options: Options.EnsureOptions = {},
): Promise<Link> {
  checkCall(session.requestPlace, 'ensureLink', { request, options });
  const part = linkPart(session.requestPlace, request, options.timeoutMs);
  const made = await session.holding(options, [], () => ensurePart(session, part, options));
  return linkOf(session, request.name, made, options);
}

export async function getLink(
  session: Session,
  link: NamedLink,
  options: Options.CallOptions = {},
): Promise<Link | undefined> {
  checkCall(session.requestPlace, 'getLink', { link, options });
  return isNamed(link)
    ? linkNamed(session, link.name, options)
    : session.driver.links.find(session.refOf(link), session.ctx(options));
}

export async function deleteLink(
  session: Session,
  link: NamedLink,
  options: Options.DeleteLinkOptions = {},
): Promise<void> {
  checkCall(session.requestPlace, 'deleteLink', { link, options });
  const found = isNamed(link) ? await linkNamed(session, link.name, options) : link;
  if (found === undefined) return;

  const { id } = session.refOf(found);
  const removal: Removal = (region, snapshot, spec, clouds) =>
    linkRemoval(region, snapshot, spec, clouds, id, options.deleteInstance);
  await session.holding(options, [], () => removePart(session, options, removal));
}

export async function forget(
  session: Session,
  link: NamedLink,
  options: Options.CallOptions = {},
): Promise<readonly string[]> {
  checkCall(session.requestPlace, 'forget', { link, options });
  const ref = session.refOf(await givenLink('forget', session, link, options));
  return forgetLink(session.driver, ref, session, session.ctx(options));
}

export async function egress(session: Session, link: NamedLink, options: Options.CallOptions = {}): Promise<Egress> {
  checkCall(session.requestPlace, 'egress', { link, options });
  const ref = session.refOf(await givenLink('egress', session, link, options));
  return abilityOf(session.driver, 'egress')(ref, session.ctx(options));
}

export async function* links(session: Session, options: Options.CallOptions): AsyncGenerator<Link, void, undefined> {
  checkCall(session.requestPlace, 'links', { options });
  yield* await allLinks(session, options);
}

export async function usesOf(
  session: Session,
  given: NamedLink,
  options: Options.CallOptions = {},
): Promise<readonly LinkUse[]> {
  checkCall(session.requestPlace, 'usesOf', { link: given, options });
  const link = await givenLink('usesOf', session, given, options);
  const region = await regionOf(session, { uses: true }, session.ctx(options));
  return usesOfNamedLink(session.clouds, region, typeof link === 'string' ? link : linkRef(link));
}

export async function ensureTarget(
  session: Session,
  link: NamedLink,
  request: EnsureTarget,
  options: Options.CallOptions = {},
): Promise<LinkTarget> {
  checkCall(session.requestPlace, 'ensureTarget', { link, request, options });
  return targetOf(session, await givenLink('ensureTarget', session, link, options), request, options);
}

export async function ensureRoute(
  session: Session,
  gateway: string | GatewaySpec,
  key: string,
  target: LinkTarget,
  options: Options.EnsureRouteOptions = {},
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
  options: Options.EventOptions = {},
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
  options: Options.AllowOptions = {},
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
  options: Options.RevokeOptions = {},
): Promise<void> {
  checkCall(session.requestPlace, 'revoke', { link, cidrBlocks, options });
  const ref = session.refOf(await givenLink('revoke', session, link, options));
  await revokeBlocks(session, ref, cidrBlocks, options.force, session.ctx(options));
}

/** The link that a part of a spec calls by a name, as it is now. */
export async function linkOf(
  session: Session,
  name: string,
  { links: made }: Pick<EnsuredPart, 'links'>,
  options: Options.CallOptions,
  driver = session.driver,
): Promise<Link> {
  const ref = made.get(name);
  const found = ref === undefined ? undefined : await driver.links.find(ref, session.ctx(options));
  if (found !== undefined) return found;

  throw new CloudError('NOT_FOUND', `link ${name} is gone`, { operation: 'ensureLink' });
}

/** A link by its ID as it was given, or the one that was requested with a name. @throws {InvalidInputError} `NOT_FOUND` */
export async function givenLink(
  call: string,
  session: Session,
  link: NamedLink,
  options: Options.CallOptions,
): Promise<LinkOrId> {
  if (!isNamed(link)) return link;

  const found = await linkNamed(session, link.name, options);
  if (found !== undefined) return found;

  throw argumentError(call, 'link', {
    code: 'NOT_FOUND',
    message: `no link ${link.name} of this program exists`,
    remedy: 'Create it with ensureLink, or pass the ID of a link: gate.links() lists them.',
  });
}

/** The link that this program, or its spec, requested with a name: one that can carry calls before one that cannot. */
async function linkNamed(session: Session, name: string, options: Options.CallOptions): Promise<Link | undefined> {
  const mark = { ...session.claim(), integration: name };
  const found = (await allLinks(session, options)).filter(({ owner }) => isMarkOf(owner, mark));
  return found.find(({ state }) => state !== 'deleting' && state !== 'failed') ?? found[0];
}

async function allLinks(session: Session, options: Options.CallOptions): Promise<readonly Link[]> {
  const { driver, project } = session;
  const region = await driver.observe({ project, linkKinds: driver.serves.links }, session.ctx(options));
  requireComplete(region, 'links');
  return region.links;
}

/** Whether a link is named as its request named it, and not by its ID. */
const isNamed = (link: NamedLink): link is { readonly name: string } => typeof link === 'object' && !('id' in link);

/** A target that a link can use. The session keeps it: its ports are those that `allow` opens. */
export async function targetOf(
  session: Session,
  link: LinkOrId,
  request: EnsureTarget,
  options: Options.CallOptions,
): Promise<LinkTarget> {
  const target = await ensureTargetOf(session, session.refOf(link), link, request, session.ctx(options));
  const others = (session.targets.get(target.linkId) ?? []).filter(({ id }) => id !== target.id);
  session.targets.set(target.linkId, [...others, target]);
  return target;
}
