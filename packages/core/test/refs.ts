import type { GatewayRef, LinkRef } from '../src/do/model/reference.js';

/** The reference to a link of the kind under test. */
export function vpcLink(id: string): LinkRef {
  return { kind: 'vpc-link-v2', id };
}

/** The reference to a gateway of the kind under test. */
export function httpApi(id: string): GatewayRef {
  return { kind: 'http-api', id };
}
