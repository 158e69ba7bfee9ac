import { abilityOf } from '../abilities.js';
import type { EnsuredPart } from '../apply/ensure.js';
import { argumentError } from '../forms/check-argument.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { Link } from '../model/link.js';
import { linkRef, type LinkRef } from '../model/reference.js';
import { planDestroy } from '../plan/destroy.js';
import type { CallOptions, EnsureOptions, ReleaseOptions } from './call-options.js';
import { linkOf } from './link-calls.js';
import { checkCall } from './method-forms.js';
import { withLinksOfOthers, type Removal } from './removal.js';
import type { EnsureTarget, LinkOrId } from './requests.js';
import { targetOf } from './route-calls.js';
import { ensurePart, planPart, removePart } from './session-parts.js';
import type { Session } from './session.js';
import { changesOf, gatewaysOf, isReference, joined, refuseAllPorts, wholeParts } from './whole.js';
import type { Ensured, EnsureRequest, Released } from './whole-request.js';

/** Steps of one `ensure` at once; waiting links do not count. Calls are limited by the pace. */
const MAX_PARALLEL = 64;

export async function ensure(session: Session, request: EnsureRequest, options: EnsureOptions = {}): Promise<Ensured> {
  checkCall(session.requestPlace, 'ensure', { request, options });
  const { provider, region } = session.driver;
  const refOf = (link: LinkOrId): LinkRef => session.refOf(link);
  const place = {
    provider,
    region,
    clouds: session.clouds,
    refOf,
    gatewayOf: (one: string | GatewaySpec) => session.gatewayRef(one),
  };
  const parts = wholeParts(request, place, options.timeoutMs);
  const review = refuseAllPorts(request);
  for (const link of Object.values(request.links)) if (isReference(link)) session.usedLinks.add(refOf(link).id);

  const made = await session.holding(options, gatewaysOf(request, place), async () => {
    const how = { maxParallel: MAX_PARALLEL, review };
    // What is refused is refused before the first change, also of later parts; the first is planned when it is carried out.
    await Promise.all(parts.slice(1).map((part) => planPart(session, part, options, how)));
    const done: EnsuredPart[] = [];
    for (const part of parts) done.push(await ensurePart(session, part, options, how));
    return joined(done);
  });
  return shown(session, request, made, options);
}

export async function release(session: Session, options: ReleaseOptions = {}): Promise<Released> {
  checkCall(session.requestPlace, 'release', { options });
  if (session.spec === undefined) {
    throw argumentError('release', 'spec', {
      message: 'the session has no identity, so it cannot tell what it made',
      remedy: 'Pass `spec` to `new PrivateIntegrations`, or call `destroy` with a spec.',
    });
  }

  const { deleteInstances, links = [] } = options;
  for (const link of links) session.usedLinks.add(session.refOf(link).id);
  const removal: Removal = (region, snapshot, spec, clouds) =>
    planDestroy(snapshot, withLinksOfOthers(spec, region, [...session.usedLinks]), { clouds, deleteInstances });
  const { steps, notes } = await session.alone(options, () => removePart(session, options, removal));
  return { changes: changesOf(steps), notes };
}

/** What exists after a request was carried out. */
async function shown(
  session: Session,
  { links, targets = {}, routes = [] }: EnsureRequest,
  made: EnsuredPart,
  options: CallOptions,
): Promise<Ensured> {
  const each = async <V>(of: object, read: (name: string) => Promise<V>): Promise<Readonly<Record<string, V>>> =>
    Object.fromEntries(await Promise.all(Object.keys(of).map(async (name) => [name, await read(name)] as const)));
  const found = await each(links, async (name) => {
    const link = await linkOf(session, name, made, options);
    return { ...link, egress: await abilityOf(session.driver, 'egress')(linkRef(link), session.ctx(options)) };
  });
  return {
    links: found,
    targets: await each(targets, (name) => {
      const { link, ...request } = targets[name] as EnsureTarget & { readonly link: string };
      return targetOf(session, found[link] as Link, { ...request, name }, options);
    }),
    routes: routes.map(({ gateway, key, target }) => ({ gateway: session.gatewayRef(gateway), key, target })),
    changes: changesOf(made.steps),
    notes: made.notes,
  };
}
