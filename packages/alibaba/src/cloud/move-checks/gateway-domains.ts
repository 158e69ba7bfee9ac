import type { GatewayDomain } from '@postern/core/snapshot';

/** The domains of one kind by which a gateway is called. */
export function domainsOf(
  domains: readonly GatewayDomain[] | undefined,
  kind: GatewayDomain['kind'],
): readonly GatewayDomain[] {
  return (domains ?? []).filter((domain) => domain.kind === kind);
}
