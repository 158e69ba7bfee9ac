import type { CallContext } from '../../ground/calls/call-context.js';
import type { Driver } from '../driver.js';
import { CloudError } from '../../ground/errors.js';
import type { Link } from '../model/link.js';
import type { LinkRef } from '../model/reference.js';

/** The link that a reference means. @throws {CloudError} `NOT_FOUND` */
export async function requireLink(
  { links }: Pick<Driver, 'links'>,
  ref: LinkRef,
  operation: string,
  ctx: CallContext,
): Promise<Link> {
  const link = await links.find(ref, ctx);
  if (link === undefined) throw noLink(ref.id, operation);
  return link;
}

/** The error for a link that does not exist. */
export function noLink(id: string, operation: string): CloudError {
  const remedy = 'Pass the ID of a link, not its name, or a link that `links()` or `ensureLink` returned.';
  return new CloudError('NOT_FOUND', `link ${id} does not exist`, { operation, remedy });
}
