import type { GatewayRef, LinkRef } from '@postern/core/internal/library';

/** The reference to a link of the kind that the tests are about. */
export function instanceRef(id: string): LinkRef {
  return { kind: 'integration-instance', id };
}

/** The reference to a gateway of the kind that the tests are about. */
export function groupRef(id: string): GatewayRef {
  return { kind: 'api-group', id };
}
