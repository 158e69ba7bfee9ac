import { LINK_TRAITS } from '../../kinds/link/link-table.js';
import { declaredKind } from '../../kinds/link/link-traits.js';
import type { Link } from '../../model/link.js';
import type { LinkSpec } from '../../model/spec.js';
import type { Unresolved } from '../views.js';

/** IDs of links of different kinds look alike. A link of a kind that is never created counts as the declared one. */
export function otherKind(name: string, link: LinkSpec, { id, kind }: Link): Unresolved | undefined {
  const declared = declaredKind(link);
  if (kind === declared || LINK_TRAITS[kind].createdOn === undefined) return undefined;
  return {
    verdict: 'fail',
    code: 'WRONG_KIND',
    path: `links.${name}`,
    message: `link ${id} is of kind ${kind}, not ${declared}`,
    remedy: `Write kind: ${kind}, or the ID of a ${declared}.`,
  };
}
