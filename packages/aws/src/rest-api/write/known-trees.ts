import type { CallContext, Clock } from '@postern/core/adapter';
import type { RestResourceOutput } from '../../sdk-types.js';
import type { Session } from '../../client/session.js';
import { STALENESS_MS } from '../../limits.js';
import { listResources } from '../list-rest-apis.js';

/** For so long a list is used again: core looks for a route right before it creates it. */
const FRESH_MS = 10_000;

/**
 * The resources of REST APIs, as they were read and as this driver wrote them a moment ago. GetResources is
 * limited to five calls in two seconds, and a list may not show a write of the last half minute.
 */
export interface KnownTrees {
  /** The list as the service answers it now. */
  readonly read: (apiId: string, ctx: CallContext) => Promise<readonly RestResourceOutput[]>;
  /** The resources with what was written since. They are read again where the last list is not `recent`. */
  readonly of: (
    apiId: string,
    ctx: CallContext,
    options?: { readonly recent?: boolean },
  ) => Promise<readonly RestResourceOutput[]>;
  /** A resource that was created, or has another method. */
  readonly put: (apiId: string, resource: RestResourceOutput, clock: Clock) => void;
  /** Another writer changed what was known. */
  readonly forget: (apiId: string) => void;
  /** A method, or with `'*'` a resource and all below it, that was deleted. */
  readonly drop: (apiId: string, resourceId: string, verb: string, clock: Clock) => void;
}

/** A session that writes routes of REST APIs. */
export interface RestSession extends Session {
  readonly trees: KnownTrees;
}

/** One write of this driver, which every list shows after `untilMs`. */
interface Written {
  readonly apiId: string;
  readonly apply: (resources: readonly RestResourceOutput[]) => readonly RestResourceOutput[];
  readonly untilMs: number;
}

export function knownTrees(session: Session): KnownTrees {
  const lists = new Map<string, { readonly atMs: number; readonly resources: readonly RestResourceOutput[] }>();
  let writes: readonly Written[] = [];
  const write = (apiId: string, clock: Clock, apply: Written['apply']): void => {
    const nowMs = clock.monotonicMs();
    const recent = writes.filter(({ untilMs }) => untilMs >= nowMs);
    writes = [...recent, { apiId, apply, untilMs: nowMs + STALENESS_MS }];
  };
  const read: KnownTrees['read'] = async (apiId, ctx) => {
    const resources = await listResources(session, apiId, ctx);
    lists.set(apiId, { atMs: ctx.clock.monotonicMs(), resources });
    return resources;
  };
  return {
    read,
    of: async (apiId, ctx, { recent = true } = {}) => {
      const last = lists.get(apiId);
      const isFresh = recent && last !== undefined && ctx.clock.monotonicMs() - last.atMs <= FRESH_MS;
      const resources = isFresh ? last.resources : await read(apiId, ctx);
      const own = writes.filter((one) => one.apiId === apiId && ctx.clock.monotonicMs() <= one.untilMs);
      return own.reduce((tree, { apply }) => apply(tree), resources);
    },
    forget: (apiId) => {
      lists.delete(apiId);
      writes = writes.filter((one) => one.apiId !== apiId);
    },
    put: (apiId, resource, clock) => write(apiId, clock, (tree) => withResource(tree, resource)),
    drop: (apiId, resourceId, verb, clock) =>
      write(apiId, clock, (tree) =>
        verb === '*'
          ? withoutResource(tree, resourceId)
          : tree.map((one) => (one.id === resourceId ? withoutMethod(one, verb) : one)),
      ),
  };
}

function withResource(tree: readonly RestResourceOutput[], resource: RestResourceOutput): RestResourceOutput[] {
  const there = tree.find(({ id }) => id === resource.id);
  const resourceMethods = { ...there?.resourceMethods, ...resource.resourceMethods };
  return [...tree.filter((one) => one !== there), { ...there, ...resource, resourceMethods }];
}

function withoutResource(tree: readonly RestResourceOutput[], gone: string): readonly RestResourceOutput[] {
  const below = tree.filter(({ parentId }) => parentId === gone);
  const left = tree.filter(({ id }) => id !== gone);
  return below.reduce<readonly RestResourceOutput[]>((rest, { id = '' }) => withoutResource(rest, id), left);
}

function withoutMethod(resource: RestResourceOutput, verb: string): RestResourceOutput {
  const { [verb]: _, ...resourceMethods } = { ...resource.resourceMethods };
  return { ...resource, resourceMethods };
}
