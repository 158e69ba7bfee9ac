import type { Gateway } from '../../../../do/model/gateway.js';
import type { Missing, RegionIndex } from '../../../../do/world/views.js';

/**
 * Why some custom domain that leads to a gateway may be missing. Those of a gateway with settings are read with it. Undefined also
 * where nothing was refused: a snapshot of an older version has no custom domains.
 */
export function unreadDomains(region: RegionIndex, { settings }: Gateway): Missing | undefined {
  if (settings !== undefined) return undefined;
  const missing = region.missing('customDomains');
  return missing?.failed === true ? missing : undefined;
}
