import type { GatewayRef, LinkRef } from '@postern/core/internal/library';

/** The reference to a link of the kind that the tests are about. */
export function vpcLink(id: string): LinkRef {
  return { kind: 'vpc-link-v2', id };
}

/** The reference to a gateway of the kind that the tests are about. */
export function httpApi(id: string): GatewayRef {
  return { kind: 'http-api', id };
}
