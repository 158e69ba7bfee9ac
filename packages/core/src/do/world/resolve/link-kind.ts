import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { Link } from '../../model/link.js';
import type { LinkSpec } from '../../spec.js';
import type { Unresolved } from '../views.js';

/** IDs of links of different kinds look alike. A link of a kind that is never created counts as the declared one. */
export function otherKind(clouds: Clouds, name: string, link: LinkSpec, { id, kind }: Link): Unresolved | undefined {
  const declared = clouds.linkKind(link);
  if (kind === declared || clouds.link(kind).createdOn === undefined) return undefined;
  return {
    verdict: 'fail',
    code: 'WRONG_KIND',
    path: `links.${name}`,
    message: `link ${id} is of kind ${kind}, not ${declared}`,
    remedy: `Write kind: ${kind}, or the ID of a ${declared}.`,
  };
}
