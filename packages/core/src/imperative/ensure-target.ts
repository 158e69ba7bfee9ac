import type { LinkRef } from '../model/reference.js';
import { createOnce } from '../apply/create-once.js';
import type { CallContext } from '../calls/call-context.js';
import type { Driver } from '../driver.js';
import { InvalidInputError } from '../errors.js';
import type { Owner } from '../model/owner.js';
import type { Target, TargetRef, TargetTls } from '../model/target.js';

/** A target by one of: `listenerArn`, `loadBalancer` and `port`, `service`, `instance` and `port`, `address` and `port`. */
export interface EnsureTarget {
  readonly name: string;
  readonly listenerArn?: string | undefined;
  /** A load balancer's id or name. */
  readonly loadBalancer?: string | undefined;
  readonly service?: string | undefined;
  readonly instance?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly tls?: TargetTls | undefined;
  readonly path?: 'keep' | undefined;
}

/**
 * The reference in a request. @throws {InvalidInputError} `INVALID_INPUT` for none, several, or one without
 * its port.
 */
export function targetRef(request: EnsureTarget): TargetRef {
  const { name, listenerArn, loadBalancer, service, instance, address, port } = request;
  const given = [listenerArn, loadBalancer, service, instance, address].filter((one) => one !== undefined);
  if (given.length === 1) {
    if (listenerArn !== undefined) return { listener: listenerArn };
    if (service !== undefined) return { service };
    if (port !== undefined && loadBalancer !== undefined) return { listener: { loadBalancer, port } };
    if (port !== undefined && instance !== undefined) return { instance, port };
    if (port !== undefined && address !== undefined) return { address, port };
  }
  throw new InvalidInputError('INVALID_INPUT', `target ${name} is not named in exactly one way`, {
    remedy: 'Give one of: listenerArn; loadBalancer and port; service; instance and port; address and port.',
  });
}

/**
 * Finds a target that is a resource, or creates it. The owner's existing target that differs is kept: other
 * routes may use it.
 */
export async function ensureOwnTarget(
  { targets, traits }: Driver,
  link: LinkRef,
  ref: TargetRef,
  owner: Owner,
  ctx: CallContext,
): Promise<Target> {
  const there = await targets.find(link, ref, ctx);
  if (there !== undefined) return there;
  return createOnce({
    what: `target ${owner.name ?? owner.integration}`,
    find: () => targets.find(link, ref, ctx),
    create: () => targets.create(link, ref, owner, ctx),
    stalenessMs: traits(link.kind).stalenessMs,
    ctx,
  });
}
