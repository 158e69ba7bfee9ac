import type { LinkKind } from '../../model/link.js';
import type { LinkRef } from '../../model/reference.js';
import type { PlanTraits } from '../../model/traits.js';
import type { LinkKindTraits } from '../link/link-traits.js';
import type { LinkKind as LinkKindOfCloud } from './cloud.js';
import type { Clouds } from './clouds.js';

/** What a link is of: its kind where it names one, and its cloud. */
interface KindOnCloud {
  readonly kind?: string | undefined;
  readonly provider: string;
}

/** The kinds of link that are created on a cloud; none on one that is not known. The first is the one that a spec means without a kind. */
export function linkKindsOn(clouds: Clouds, provider: string): readonly LinkKind[] {
  return clouds.linkKinds.filter((kind) => clouds.link(kind).createdOn === provider);
}

/** The kind of link that is created from such a part on a cloud; undefined where there is none. */
export function kindCreatedFrom(
  clouds: Clouds,
  provider: string,
  part: LinkKindTraits['createdFrom'],
): LinkKind | undefined {
  return linkKindsOn(clouds, provider).find((kind) => clouds.link(kind).createdFrom === part);
}

/** The kind of a link: the one that it names, or the first that is created on its cloud. On a cloud that is not known, the first of the set. */
export function kindOfLink(clouds: Clouds, { kind, provider }: KindOnCloud): LinkKind {
  return (kind ?? linkKindsOn(clouds, provider)[0] ?? clouds.linkKinds[0]) as LinkKind;
}

/** The traits of a link, declared or there, by its kind; see {@link kindOfLink}. */
export function linkTraits(clouds: Clouds, link: KindOnCloud): LinkKindOfCloud {
  return clouds.link(kindOfLink(clouds, link));
}

/** The kinds of link of a cloud that behave so, whether they are created there or not. */
export function linkKindsWith(clouds: Clouds, provider: string, trait: keyof PlanTraits): readonly LinkKind[] {
  return clouds.linkKinds.filter((kind) => clouds.named(provider)?.links[kind]?.plans[trait] === true);
}

/**
 * A kind of link whose routes lead to a target that is a resource: the kind that such targets belong to, else one that shares its targets
 * with others. It names the product that lists the target. Undefined: targets of the cloud are no resources.
 */
export function linkKindOfTarget(
  clouds: Clouds,
  provider: string,
  { kind }: { readonly kind: string },
): LinkKind | undefined {
  const kinds = linkKindsWith(clouds, provider, 'targetsAreResources');
  const led = (to: string | undefined) => kinds.find((one) => clouds.link(one).ownTargets === to);
  return led(kind) ?? led(undefined);
}

/** A link that is in no account, by its ID; see {@link SharedLinks}. Undefined for every other ID. */
export function sharedLink(clouds: Clouds, id: string | undefined): LinkRef | undefined {
  if (id === undefined) return undefined;

  const kind = clouds.linkKinds.find((one) => {
    const { shared } = clouds.link(one);
    return shared !== undefined && id.startsWith(shared.idPrefix);
  });
  return kind === undefined ? undefined : { kind, id };
}
