import type { GatewayKind } from './gateway-kind.js';
import type { LinkKind } from './link.js';

/** A look-up by name or tag, in place of an ID. It must match exactly one resource. */
export type LookUp = string | { readonly name: string } | { readonly tag: Readonly<Record<string, string>> };

/** A link that exists. IDs of links of different kinds look alike, so an ID alone does not say which link it is. */
export type LinkRef = {
  readonly kind: LinkKind;
  readonly id: string;
};

/** A gateway that exists. See {@link LinkRef}; how a spec names one is a `GatewaySpec`. */
export type GatewayRef = {
  readonly kind: GatewayKind;
  readonly id: string;
};

/**
 * The reference to a link that was read.
 *
 * ```ts
 * const [link] = snapshot.regions[0]?.links ?? [];
 * if (link) linkRef(link); // { kind: 'vpc-link-v2', id: 'abc123' }
 * ```
 */
export function linkRef({ kind, id }: LinkRef): LinkRef {
  return { kind, id };
}

/** The reference to a gateway that was read. */
export function gatewayRef({ kind, id }: GatewayRef): GatewayRef {
  return { kind, id };
}

/** Whether two references mean the same. */
export function isSameRef(a: LinkRef | GatewayRef, b: LinkRef | GatewayRef): boolean {
  return a.kind === b.kind && a.id === b.id;
}
