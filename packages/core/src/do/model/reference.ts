import type { GatewayKind } from './gateway-kind.js';
import type { LinkKind } from './link.js';
import type { SourcePlace } from '../../ground/errors.js';

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

/** What a cloud is asked to call by itself: one route of a gateway, past its public address. */
export interface TestCall {
  readonly gateway: GatewayRef;
  /** The key of the route, as declared. */
  readonly key: string;
  /** What the route uses, or is to use: its link, and the ID of its target. */
  readonly link?: LinkRef | undefined;
  readonly targetId?: string | undefined;
  /** The method of the call, and its path with values for variables and a query string: `/orders/7?page=2`. */
  readonly method: string;
  readonly path: string;
  /** Header names to values. May hold secrets. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What variables of the stage hold in this call. */
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
}

/** What a cloud says of its own call. */
export interface TestCallAnswer {
  /** `connected`: the backend answered, or was reached. `unknown`: the cloud did not say. */
  readonly outcome: 'connected' | 'failed' | 'unknown';
  /** The status that a caller would get, where a request was sent. */
  readonly status?: number | undefined;
  readonly latencyMs?: number | undefined;
  /** What the cloud said, as a clause: `Execution failed due to an vpc link error`. Never a header or a body. */
  readonly because: string;
}

/** The place of `path` in the spec's file, or what the call of a program names it; without either, the path itself. */
export function placeOf(
  spec: { readonly places?: ((path: string) => SourcePlace | undefined) | undefined },
  path: string,
): SourcePlace {
  return { path, ...spec.places?.(path) };
}
