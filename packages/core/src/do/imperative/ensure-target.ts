import type { LinkRef } from '../model/reference.js';
import { createOnce } from '../apply/create-once.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { asStep } from '../../ground/calls/step-context.js';
import { abilityOf } from '../abilities.js';
import type { Driver } from '../driver.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import type { TargetRequestKey } from '../kinds/cloud/target-kind.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Owner } from '../model/owner.js';
import type { Target, TargetRef } from '../model/target.js';
import type { Claimant } from '../model/ownership.js';
import type { EnsureTarget, LinkOrId, LinkTarget } from './requests.js';
import { requireLink } from './call-options.js';

/** A key of requests that names a target. */
export interface TargetWay {
  readonly key: string;
  /** The key of a spec that it stands for. */
  readonly kind: string;
  readonly hasPort?: true | undefined;
  readonly written?: TargetRequestKey['written'] | undefined;
}

/** The keys of requests on the clouds of a set: those of a spec, and others that a kind has for the same. */
export const targetWays = (clouds: Clouds): readonly TargetWay[] =>
  clouds.targetKeys.flatMap((kind) => {
    const { requests = {}, hasPort } = clouds.target(kind);
    const others = Object.entries(requests).map(([key, way]) => ({ key, kind, ...way }));
    return [...others, { key: kind, kind, hasPort }];
  });

/**
 * The reference in a request. @throws {InvalidInputError} `INVALID_INPUT` for none, several, or one without its port.
 */
export function targetRef(clouds: Clouds, request: EnsureTarget): TargetRef {
  const { name, ref, port } = request;
  const ways = targetWays(clouds);
  const keys = [...ways.map(({ key }) => key), 'ref'];
  const given = keys.filter((key) => request[key] !== undefined);
  const [key = ''] = given;
  if (given.length === 1) {
    if (key === 'ref') return ref as TargetRef;

    const way = ways.find((one) => one.key === key);
    if (way !== undefined && (way.hasPort !== true || port !== undefined)) {
      const { kind, hasPort, written } = way;
      if (written !== undefined) return { [kind]: written(request[key] as string, port) };

      return { [kind]: request[key], ...(hasPort && { port }) };
    }
  }
  // A variable that is unset gives a key without a value.
  const unset = keys.find((one) => given.length === 0 && Object.hasOwn(request, one));
  const at = given[1] ?? given[0] ?? unset ?? keys[0] ?? 'ref';
  const what = unset === undefined ? 'it is not named in exactly one way' : `${unset} is undefined`;
  const hasOthers = ({ key, kind }: TargetWay) =>
    key === kind && ways.some((one) => one.kind === kind && one.key !== kind);
  const shown = ways.filter((way) => !hasOthers(way)).map(({ key, hasPort }) => (hasPort ? `${key} and port` : key));
  throw new InvalidInputError('INVALID_INPUT', `target ${name}: ${what}`, {
    place: { path: at },
    details: { key: at },
    remedy: `Give one of: ${shown.join('; ')}.`,
  });
}

/** Resolves a target, and makes sure that a link can use it. `given` is the link as the program named it. */
export async function ensureTarget(
  { driver, clouds, project, spec }: Claimant & { readonly driver: Driver; readonly clouds: Clouds },
  link: LinkRef,
  given: LinkOrId,
  request: EnsureTarget,
  ctx: CallContext,
): Promise<LinkTarget> {
  const { name, tls, path } = request;
  const ref = targetRef(clouds, request);
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
  driver: Driver,
  link: LinkRef,
  ref: TargetRef,
  owner: Owner,
  ctx: CallContext,
): Promise<Target> {
  const targets = abilityOf(driver, 'targetResources');
  const existing = await targets.find(link, ref, ctx);
  if (existing !== undefined) return existing;

  return asStep(ctx, 'ensureTarget', (step) =>
    createOnce({
      what: `target ${owner.name ?? owner.integration}`,
      find: () => targets.find(link, ref, step),
      create: () => targets.create(link, ref, owner, step),
      stalenessMs: driver.traits(link.kind).stalenessMs,
      ctx: step,
    }),
  );
}
