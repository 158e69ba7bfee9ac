import { CloudError } from '../../ground/errors.js';
import { abilityOf } from '../abilities.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { EnsuredPart } from '../apply/ensure.js';
import { readUntil } from '../apply/repeat.js';
import { argumentError, type MethodForms } from '../forms/check-argument.js';
import { optional, type AnyForm, type Shape, type ValueOf } from '../forms/form.js';
import { optionalFlag, ports, amount, callback, withSignal } from '../forms/values.js';
import { routeSettings } from '../kinds/reference-forms.js';
import type { Link } from '../model/link.js';
import { isMarkOf } from '../model/marks.js';
import { linkRef } from '../model/reference.js';
import { requireComplete } from '../world/resolve/problems.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type * as Options from './call-options.js';
import { ensureTarget } from './ensure-target.js';
import { allowBlocks, regionOf, revokeBlocks } from './imperative-allowlist.js';
import { usesOfNamedLink } from './link-uses.js';
import { blockName, linkName, routeName } from './own-writes.js';
import { forgetLink, linkRemoval, routeRemoval, type Removal } from './removal.js';
import {
  cidrBlocks,
  gateway,
  linkOrName as link,
  linkRequest,
  linkTarget,
  routeKey as key,
  targetRequest,
  type RequestPlace,
} from './request-forms.js';
import type { LinkOrId, NamedLink } from './requests.js';
import { linkPart, routePart, ensurePart, removePart } from './session-parts.js';
import type { Session } from './session.js';
import { applyOptions } from '../apply/apply.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import type { Spec } from '../spec.js';

type Forms = MethodForms<RequestPlace>[string];
type FormOf<F> = F extends (...given: never[]) => infer Made ? Made : F;

/** The arguments of a method, by name: each has its form, and options that are left out are none. */
type Given<F extends Forms> = {
  readonly [Key in keyof F]: FormOf<F[Key]> extends AnyForm ? NonNullable<ValueOf<FormOf<F[Key]>>> : never;
};

/** What a method takes besides, whose first argument is a spec: that spec, and the clouds that it was read with. */
export interface OfSpec {
  readonly spec: Spec;
  readonly clouds: Clouds;
}

/** A method of `PrivateIntegrations`: the forms of its arguments, in the order in which they are given, and what it does. */
export interface Method<R> {
  readonly forms: Forms;
  /** Whether a spec comes before the other arguments, and whether the checks of its clouds are needed. */
  readonly takes?: 'a spec' | 'a spec to check';
  readonly run: (session: Session, given: never) => R | Promise<R>;
}

export const method = <const F extends Forms, R>(forms: F, run: (session: Session, given: Given<F>) => R) => ({
  forms,
  run,
});

export const ofSpec = <const F extends Forms, R>(
  forms: F,
  run: (session: Session, given: Given<F> & OfSpec) => R,
  takes: Method<R>['takes'] = 'a spec',
) => ({ forms, run, takes });

/** The form of options: they may be left out. */
export const optionsOf = <T extends Options.CallOptions>(shape: Omit<Shape<T>, 'signal'>) =>
  optional(withSignal<T>(shape));

export const onEvent = optional(callback<NonNullable<Options.EventOptions['onEvent']>>());
const ofCall = optionsOf<Options.CallOptions>({});
export const ofEnsure = optionsOf<Options.EnsureOptions>({
  allowPurchase: applyOptions.allowPurchase,
  onEvent,
  onNote: optional(callback()),
  timeoutMs: optional(amount),
});

/** What a program calls one by one, without a spec: links, targets, routes and allowlists. */
export const linkMethods = {
  ensureLink: method({ request: linkRequest, options: ofEnsure }, async (session, { request, options }) => {
    const part = linkPart(session.requestPlace, request, options.timeoutMs);
    const made = await session.holding(options, [], () => ensurePart(session, part, options));
    return linkOf(session, request.name, made, options);
  }),

  getLink: method({ link, options: ofCall }, (session, { link, options }) =>
    isNamed(link)
      ? linkNamed(session, link.name, options)
      : session.driver.links.find(session.refOf(link), session.ctx(options)),
  ),

  deleteLink: method(
    { link, options: optionsOf<Options.DeleteLinkOptions>({ onEvent, deleteInstance: optionalFlag }) },
    async (session, { link, options }) => {
      const found = isNamed(link) ? await linkNamed(session, link.name, options) : link;
      if (found === undefined) return;

      const { id } = session.refOf(found);
      const removal: Removal = (region, snapshot, spec, clouds) =>
        linkRemoval(region, snapshot, spec, clouds, id, options.deleteInstance);
      await session.holding(options, [], () => removePart(session, options, linkName({ id }), removal));
      if (isNamed(link)) session.own.note([linkName(link)]);
    },
  ),

  ensureTarget: method({ link, request: targetRequest, options: ofCall }, async (session, given) => {
    const { request, options } = given;
    const by = await givenLink('ensureTarget', session, given.link, options);
    const target = await ensureTarget(session, session.refOf(by), by, request, session.ctx(options));
    // The session keeps it: its ports are those that `allow` opens.
    const others = (session.targets.get(target.linkId) ?? []).filter(({ id }) => id !== target.id);
    session.targets.set(target.linkId, [...others, target]);
    return target;
  }),

  ensureRoute: method(
    {
      gateway,
      key,
      target: linkTarget,
      options: optionsOf<Options.EnsureRouteOptions>({ onEvent, settings: optional(routeSettings) }),
    },
    async (session, { gateway, key, target, options }) => {
      const ref = session.gatewayRef(gateway);
      const part = routePart(session.requestPlace, ref, key, target, options.settings);
      session.usedLinks.add(target.linkId);
      await session.holding(options, [gatewayId(ref)], () => ensurePart(session, part, options));
    },
  ),

  deleteRoute: method(
    { gateway, key, options: optionsOf<Options.EventOptions>({ onEvent }) },
    async (session, { gateway, key, options }) => {
      const ref = session.gatewayRef(gateway);
      const removal: Removal = (region, snapshot, spec, clouds) =>
        routeRemoval(region, snapshot, spec, clouds, ref, key);
      const name = routeName(ref, key);
      await session.holding(options, [gatewayId(ref)], () => removePart(session, options, name, removal));
    },
  ),

  allow: method(
    { link, cidrBlocks, options: optionsOf<Options.AllowOptions>({ ports: optional(ports) }) },
    async (session, { link, cidrBlocks, options }) => {
      const ref = session.refOf(await givenLink('allow', session, link, options));
      const open = { ports: options.ports, ensured: session.targets.get(ref.id) ?? [] };
      await changeBlocks(session, cidrBlocks, options, (ctx) => allowBlocks(session, ref, cidrBlocks, open, ctx));
    },
  ),

  revoke: method(
    { link, cidrBlocks, options: optionsOf<Options.RevokeOptions>({ force: optionalFlag }) },
    async (session, { link, cidrBlocks, options }) => {
      const ref = session.refOf(await givenLink('revoke', session, link, options));
      const { force } = options;
      await changeBlocks(session, cidrBlocks, options, (ctx) => revokeBlocks(session, ref, cidrBlocks, force, ctx));
    },
  ),

  forget: method({ link, options: ofCall }, async (session, { link, options }) => {
    const ref = session.refOf(await givenLink('forget', session, link, options));
    const ctx = session.ctx(options);
    const forgetNow = (): Promise<readonly string[]> => forgetLink(session.driver, ref, session, ctx);
    return readUntil(forgetNow, ({ length }) => length > 0, session.own.unseenMs([linkName(ref)]), ctx);
  }),

  egress: method({ link, options: ofCall }, async (session, { link, options }) => {
    const ref = session.refOf(await givenLink('egress', session, link, options));
    return abilityOf(session.driver, 'egress')(ref, session.ctx(options));
  }),

  links: method({ options: ofCall }, (session, { options }) => allLinks(session, options)),

  usesOf: method({ link, options: ofCall }, async (session, { link: given, options }) => {
    const link = await givenLink('usesOf', session, given, options);
    const region = await regionOf(session, { uses: true }, session.ctx(options));
    return usesOfNamedLink(session.clouds, region, typeof link === 'string' ? link : linkRef(link));
  }),
};

/**
 * Changes blocks of an allowlist; `change` says whether it changed all of them. Where it did not, it looks again until reads must show what
 * this session wrote of them.
 */
async function changeBlocks(
  session: Session,
  cidrBlocks: readonly string[],
  options: Options.CallOptions,
  change: (ctx: CallContext) => Promise<boolean>,
): Promise<void> {
  const { own } = session;
  const names = cidrBlocks.map(blockName);
  const ctx = session.ctx(options);
  await readUntil(() => change(ctx), Boolean, own.unseenMs(names), ctx).finally(() => own.note(names));
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
async function givenLink(
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
  const marked = async () => (await allLinks(session, options)).filter(({ owner }) => isMarkOf(owner, mark));
  const unseenMs = session.own.unseenMs([linkName({ name })]);
  const found = await readUntil(marked, ({ length }) => length > 0, unseenMs, session.ctx(options));
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
