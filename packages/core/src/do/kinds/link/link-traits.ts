import type { Link, LinkKind } from '../../model/link.js';
import type { LinkSpec } from '../../model/spec.js';
import { LINK_TRAITS, type LinkKindTraits } from './link-table.js';

const KINDS = Object.keys(LINK_TRAITS) as readonly LinkKind[];

/** The kinds of link that are created on a cloud; none on one that is not known. The first is the one that a spec means without a kind. */
export function linkKindsOf(provider: string): readonly LinkKind[] {
  return KINDS.filter((kind) => LINK_TRAITS[kind].createdOn === provider);
}

/** The kind of link that is created on a cloud; undefined on one that is not known. */
export function createdOn(provider: string): LinkKind | undefined {
  return linkKindsOf(provider)[0];
}

/** The kind of link that is created from such a part on a cloud; undefined where there is none. */
export function kindCreatedFrom(provider: string, part: LinkKindTraits['createdFrom']): LinkKind | undefined {
  return linkKindsOf(provider).find((kind) => LINK_TRAITS[kind].createdFrom === part);
}

/** The kind of a link that is created in a region. Of a cloud that is not known, links are VPC links. */
export function createdLinkKind({ provider }: { readonly provider: string }): LinkKind {
  return createdOn(provider) ?? 'vpc-link-v2';
}

/** The kind of a link that a spec declares: the one that it names, or the first that is created on its cloud. */
export function declaredKind({ kind, provider }: Pick<LinkSpec, 'kind' | 'provider'>): LinkKind {
  return kind ?? createdLinkKind({ provider });
}

/** The kind of a link that is there, or of the one that is created on a cloud. */
export function kindOfLink(link: Pick<Link, 'kind'> | undefined, provider: string): LinkKind {
  return link?.kind ?? createdLinkKind({ provider });
}

/** How calls leave a link that is there, or the one that is created on a cloud. */
export function linkTraits(link: Pick<Link, 'kind'> | undefined, provider: string): LinkKindTraits {
  return LINK_TRAITS[kindOfLink(link, provider)];
}
