import type { LinkRef } from '../model/reference.js';
import { createOnce } from '../apply/create-once.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { asStep } from '../../ground/calls/step-context.js';
import type { Driver } from '../driver.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Owner } from '../model/owner.js';
import type { Target, TargetRef } from '../model/target.js';
import type { Claimant } from '../model/ownership.js';
import type { EnsureTarget, LinkOrId, LinkTarget } from './requests.js';
import { requireLink } from './require-link.js';

/**
 * The reference in a request. @throws {InvalidInputError} `INVALID_INPUT` for none, several, or one without
 * its port.
 */
export function targetRef(request: EnsureTarget): TargetRef {
  const { name, listenerArn, loadBalancer, service, instance, address, ref, port } = request;
  const ways = { listenerArn, loadBalancer, service, instance, address, ref };
  const given = Object.entries(ways).flatMap(([way, named]) => (named === undefined ? [] : [way]));
  if (given.length === 1) {
    if (listenerArn !== undefined) return { listener: listenerArn };
    if (service !== undefined) return { service };
    if (ref !== undefined) return ref as TargetRef;
    if (port !== undefined && loadBalancer !== undefined) return { listener: { loadBalancer, port } };
    if (port !== undefined && instance !== undefined) return { instance, port };
    if (port !== undefined && address !== undefined) return { address, port };
  }
  // A variable that is unset gives a key without a value.
  const unset = Object.keys(ways).find((way) => given.length === 0 && Object.hasOwn(request, way));
  const key = given[1] ?? given[0] ?? unset ?? 'listenerArn';
  const what = unset === undefined ? 'it is not named in exactly one way' : `${unset} is undefined`;
  throw new InvalidInputError('INVALID_INPUT', `target ${name}: ${what}`, {
    place: { path: key },
    details: { key },
    remedy: 'Give one of: listenerArn; loadBalancer and port; service; instance and port; address and port.',
  });
}

/** Resolves a target, and makes sure that a link can use it. `given` is the link as the program named it. */
export async function ensureTarget(
  { driver, project, spec }: Claimant & { readonly driver: Driver },
  link: LinkRef,
  given: LinkOrId,
  request: EnsureTarget,
  ctx: CallContext,
): Promise<LinkTarget> {
  const { name, tls, path } = request;
  const ref = targetRef(request);
  const { id: linkId, kind: linkKind } = link;
  const { networkId } =
    typeof given === 'object' && 'networkId' in given ? given : await requireLink(driver, link, 'ensureTarget', ctx);
  const owner = { project, spec, integration: name, name };
  const found = driver.traits(linkKind).targetsAreResources
    ? await ensureOwnTarget(driver, link, ref, owner, ctx)
    : await driver.targets.resolve(ref, { link, networkId }, ctx);
  return { ...found, name, linkId, linkKind, ref, tls, path };
}

/**
 * Finds a target that is a resource, or creates it. The owner's existing target that differs is kept: other
 * routes may use it.
 */
async function ensureOwnTarget(
  { targets, traits }: Driver,
  link: LinkRef,
  ref: TargetRef,
  owner: Owner,
  ctx: CallContext,
): Promise<Target> {
  const there = await targets.find(link, ref, ctx);
  if (there !== undefined) return there;
  return asStep(ctx, 'ensureTarget', (step) =>
    createOnce({
      what: `target ${owner.name ?? owner.integration}`,
      find: () => targets.find(link, ref, step),
      create: () => targets.create(link, ref, owner, step),
      stalenessMs: traits(link.kind).stalenessMs,
      ctx: step,
    }),
  );
}
