import type { LinkRef } from '../../model/reference.js';

/**
 * Whether an ID is that of the shared instance, which each region has under such an ID. It is in no account, and no call
 * describes it.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
 */
export function isSharedInstance(id: string | undefined): id is string {
  return id?.startsWith('api-shared-') === true;
}

/** A shared instance as the end of a move. It is called as conventional instances are, and has no kind of its own. */
export function sharedInstanceRef(id: string): LinkRef | undefined {
  return isSharedInstance(id) ? { kind: 'dedicated-instance', id } : undefined;
}
