import { CloudError } from '../../ground/errors.js';
import { abilityOf } from '../abilities.js';
import type { EnsuredPart } from '../apply/ensure.js';
import { argumentError } from '../forms/check-argument.js';
import type { Egress, Link } from '../model/link.js';
import { isMarkOf } from '../model/marks.js';
import { linkRef } from '../model/reference.js';
import { requireComplete } from '../world/resolve/problems.js';
import type { CallOptions, DeleteLinkOptions, EnsureOptions } from './call-options.js';
import { regionOf } from './imperative-allowlist.js';
import { usesOfNamedLink, type LinkUse } from './link-uses.js';
import { checkCall } from './method-forms.js';
import { linkPart } from './parts.js';
import { forgetLink, linkRemoval, type Removal } from './removal.js';
import type { EnsureLink, LinkOrId, NamedLink } from './requests.js';
import { ensurePart, removePart } from './session-parts.js';
import type { Session } from './session.js';

export async function ensureLink(session: Session, request: EnsureLink, options: EnsureOptions = {}): Promise<Link> {
  checkCall(session.requestPlace, 'ensureLink', { request, options });
  const part = linkPart(session.requestPlace, request, options.timeoutMs);
  const made = await session.holding(options, [], () => ensurePart(session, part, options));
  return linkOf(session, request.name, made, options);
}

export async function getLink(session: Session, link: NamedLink, options: CallOptions = {}): Promise<Link | undefined> {
  checkCall(session.requestPlace, 'getLink', { link, options });
  return isNamed(link)
    ? linkNamed(session, link.name, options)
    : session.driver.links.find(session.refOf(link), session.ctx(options));
}

export async function deleteLink(session: Session, link: NamedLink, options: DeleteLinkOptions = {}): Promise<void> {
  checkCall(session.requestPlace, 'deleteLink', { link, options });
  const found = isNamed(link) ? await linkNamed(session, link.name, options) : link;
  if (found === undefined) return;

  const { id } = session.refOf(found);
  const removal: Removal = (region, snapshot, spec, clouds) =>
    linkRemoval(region, snapshot, spec, clouds, id, options.deleteInstance);
  await session.holding(options, [], () => removePart(session, options, removal));
}

export async function forget(session: Session, link: NamedLink, options: CallOptions = {}): Promise<readonly string[]> {
  checkCall(session.requestPlace, 'forget', { link, options });
  const ref = session.refOf(await givenLink('forget', session, link, options));
  return forgetLink(session.driver, ref, session, session.ctx(options));
}

export async function egress(session: Session, link: NamedLink, options: CallOptions = {}): Promise<Egress> {
  checkCall(session.requestPlace, 'egress', { link, options });
  const ref = session.refOf(await givenLink('egress', session, link, options));
  return abilityOf(session.driver, 'egress')(ref, session.ctx(options));
}

export async function* links(session: Session, options: CallOptions): AsyncGenerator<Link, void, undefined> {
  checkCall(session.requestPlace, 'links', { options });
  yield* await allLinks(session, options);
}

export async function usesOf(
  session: Session,
  given: NamedLink,
  options: CallOptions = {},
): Promise<readonly LinkUse[]> {
  checkCall(session.requestPlace, 'usesOf', { link: given, options });
  const link = await givenLink('usesOf', session, given, options);
  const region = await regionOf(session, { uses: true }, session.ctx(options));
  return usesOfNamedLink(session.clouds, region, typeof link === 'string' ? link : linkRef(link));
}

/** The link that a part of a spec calls by a name, as it is now. */
export async function linkOf(
  session: Session,
  name: string,
  { links: made }: Pick<EnsuredPart, 'links'>,
  options: CallOptions,
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
  options: CallOptions,
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
async function linkNamed(session: Session, name: string, options: CallOptions): Promise<Link | undefined> {
  const mark = { ...session.claim(), integration: name };
  const found = (await allLinks(session, options)).filter(({ owner }) => isMarkOf(owner, mark));
  return found.find(({ state }) => state !== 'deleting' && state !== 'failed') ?? found[0];
}

async function allLinks(session: Session, options: CallOptions): Promise<readonly Link[]> {
  const { driver, project } = session;
  const region = await driver.observe({ project, linkKinds: driver.serves.links }, session.ctx(options));
  requireComplete(region, 'links');
  return region.links;
}

/** Whether a link is named as its request named it, and not by its ID. */
const isNamed = (link: NamedLink): link is { readonly name: string } => typeof link === 'object' && !('id' in link);
