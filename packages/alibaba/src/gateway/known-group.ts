import type { CallContext } from '@postern/core';
import type { Session } from '../client/session.js';
import { listVpcAccesses, type VpcAccess } from '../target/vpc-access.js';
import { requireGroup, type GroupOutput } from './api-group.js';

/** For so long an answer is used again: a run writes and reads the routes of a group one after the other. */
const FRESH_MS = 10_000;

/** An answer of the service, which is asked again when it is older than {@link FRESH_MS}. */
export interface Recent<T> {
  readonly of: (id: string, ctx: CallContext) => Promise<T>;
  /** This driver has changed it. */
  readonly forget: (id: string) => void;
}

/** A session that writes routes: what all routes of a group share is read once for many of them. */
export interface RouteSession extends Session {
  /** Groups by ID. @throws {CloudError} `NOT_FOUND` */
  readonly groups: Recent<GroupOutput>;
  /** Authorizations by name. */
  readonly accesses: Recent<VpcAccess | undefined>;
}

export function routeSession(session: Session): RouteSession {
  return {
    ...session,
    groups: recent((groupId, ctx) => requireGroup(session, groupId, ctx)),
    accesses: recent(async (name, ctx) => (await listVpcAccesses(session, ctx, { name }))[0]),
  };
}

function recent<T>(read: (id: string, ctx: CallContext) => Promise<T>): Recent<T> {
  const known = new Map<string, { readonly atMs: number; readonly answer: T }>();
  return {
    of: async (id, ctx) => {
      const last = known.get(id);
      if (last !== undefined && ctx.clock.monotonicMs() - last.atMs <= FRESH_MS) return last.answer;
      const atMs = ctx.clock.monotonicMs();
      const answer = await read(id, ctx);
      known.set(id, { atMs, answer });
      return answer;
    },
    forget: (id) => void known.delete(id),
  };
}
