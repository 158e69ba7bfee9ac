import type { CallContext, Clock, Owner, Route } from '@postern/core/internal/library';
import type { RestResourceOutput } from '../../sdk-types.js';
import type { Session } from '../../client/session.js';
import { STALENESS_MS } from '../../limits.js';
import { listResources, listRestStages } from '../read-rest-api.js';
import { createdResources } from './resource/created-resources.js';
import { toRestRoute, type RestMethod, methodId } from '../rest-route.js';
import { toRestStage } from '../rest-stage.js';
import { onStages, variablesOf, balancerNames, type NameOf } from '../../gateways/integration-target.js';
import { readBackends } from '../../gateways/read-backends.js';
import {
  CloudError,
  InvalidInputError,
  pathVariables,
  UnsupportedError,
  type RouteCall,
} from '@postern/core/internal/adapter';
import type { RestMethodPlace } from '../rest-owner.js';
import { checkHost, checkTls, declaredParameters, invalid } from '../../gateways/declared-route.js';

/** For so long a list is used again: a run creates the routes of an API one after the other. */
const FRESH_MS = 10_000;

/**
 * The resources of REST APIs, as they were read and as this driver wrote them a moment ago. GetResources is
 * limited to five calls in two seconds, and a list may not show a write of the last half minute.
 */
export interface ResourceTrees {
  /** The list as the service answers it now. */
  readonly read: (apiId: string, ctx: CallContext) => Promise<readonly RestResourceOutput[]>;
  /** The resources with what was written since. They are read again where the last list is not `recent`. */
  readonly of: (
    apiId: string,
    ctx: CallContext,
    options?: { readonly recent?: boolean },
  ) => Promise<readonly RestResourceOutput[]>;
  /** What the marks of the tree name, see {@link createdResources}: kept, since each new route asks for it. */
  readonly created: (apiId: string) => ReadonlySet<string>;
  /** A resource that was created, or has another method. */
  readonly put: (apiId: string, resource: RestResourceOutput, clock: Clock) => void;
  /** Another writer changed what was known. */
  readonly forget: (apiId: string) => void;
  /** A method, or with `'*'` a resource and all below it, that was deleted. */
  readonly drop: (apiId: string, resourceId: string, verb: string, clock: Clock) => void;
}

/** A session that writes routes of REST APIs. */
export interface RestSession extends Session {
  readonly trees: ResourceTrees;
}

interface KnownTree {
  readonly atMs: number;
  readonly resources: readonly RestResourceOutput[];
  /** Undefined until it is asked for. */
  created?: Set<string> | undefined;
}

/** One write of this driver, which every list shows after `untilMs`. */
interface Written {
  readonly apiId: string;
  readonly apply: (resources: readonly RestResourceOutput[]) => readonly RestResourceOutput[];
  readonly untilMs: number;
}

function resourceTrees(session: Session): ResourceTrees {
  const known = new Map<string, KnownTree>();
  let writes: Written[] = [];
  const write = (apiId: string, clock: Clock, apply: Written['apply'], added?: RestResourceOutput): void => {
    const nowMs = clock.monotonicMs();
    // In the order of their ends: mostly none has passed.
    const current = writes.findIndex(({ untilMs }) => untilMs >= nowMs);
    if (current !== 0) writes = current < 0 ? [] : writes.slice(current);
    writes.push({ apiId, apply, untilMs: nowMs + STALENESS_MS });
    const last = known.get(apiId);
    if (last === undefined) return;

    for (const user of added === undefined ? [] : createdResources([added])) last.created?.add(user);
    const created = added === undefined ? undefined : last.created;
    known.set(apiId, { ...last, resources: apply(last.resources), created });
  };
  const read: ResourceTrees['read'] = async (apiId, ctx) => {
    const resources = await listResources(session, apiId, ctx);
    const nowMs = ctx.clock.monotonicMs();
    const own = writes.filter((one) => one.apiId === apiId && nowMs <= one.untilMs);
    const written = own.reduce<readonly RestResourceOutput[]>((tree, { apply }) => apply(tree), resources);
    known.set(apiId, { atMs: nowMs, resources: written });
    return resources;
  };
  return {
    read,
    of: async (apiId, ctx, { recent = true } = {}) => {
      const last = known.get(apiId);
      const isFresh = recent && last !== undefined && ctx.clock.monotonicMs() - last.atMs <= FRESH_MS;
      if (!isFresh) await read(apiId, ctx);
      return known.get(apiId)?.resources ?? [];
    },
    created: (apiId) => {
      const last = known.get(apiId);
      if (last === undefined) return new Set();

      return (last.created ??= new Set(createdResources(last.resources)));
    },
    forget: (apiId) => {
      known.delete(apiId);
      writes = writes.filter((one) => one.apiId !== apiId);
    },
    put: (apiId, resource, clock) => write(apiId, clock, (tree) => withResource(tree, resource), resource),
    drop: (apiId, resourceId, verb, clock) =>
      write(apiId, clock, (tree) =>
        verb === '*'
          ? withoutResource(tree, resourceId)
          : tree.map((one) => (one.id === resourceId ? withoutMethod(one, verb) : one)),
      ),
  };
}

function withResource(tree: readonly RestResourceOutput[], resource: RestResourceOutput): RestResourceOutput[] {
  const at = tree.findIndex(({ id }) => id === resource.id);
  const there = tree[at];
  const resourceMethods = { ...there?.resourceMethods, ...resource.resourceMethods };
  const written = { ...there, ...resource, resourceMethods };
  return at < 0 ? [...tree, written] : tree.with(at, written);
}

function withoutResource(tree: readonly RestResourceOutput[], gone: string): readonly RestResourceOutput[] {
  const below = tree.filter(({ parentId }) => parentId === gone);
  const left = tree.filter(({ id }) => id !== gone);
  return below.reduce<readonly RestResourceOutput[]>((rest, { id }) => withoutResource(rest, id), left);
}

function withoutMethod(resource: RestResourceOutput, verb: string): RestResourceOutput {
  const { [verb]: _, ...resourceMethods } = { ...resource.resourceMethods };
  return { ...resource, resourceMethods };
}

/**
 * Methods as routes, with the listeners that they lead to. Besides the listeners of each load balancer, stages
 * are read where a variable names a link or a target, and V1 links where one has no load balancer of its own.
 */
export async function toRoutes(
  session: Session,
  apiId: string,
  methods: readonly RestMethod[],
  ctx: CallContext,
): Promise<readonly Route[]> {
  const integrations = methods.flatMap(({ method: { methodIntegration: one } }) =>
    one?.connectionType === 'VPC_LINK' ? [one] : [],
  );
  const hasVariables = integrations.some((one) => variablesOf(one).length > 0);
  const stages = hasVariables ? (await listRestStages(session, apiId, ctx)).map((stage) => toRestStage(stage)) : [];
  const leads = integrations.flatMap((one) => onStages(one, stages));
  const backends = await readBackends(session, leads, ctx);
  return methods.map((method) => toRestRoute(method, stages, backends));
}

/**
 * After so long a method without an integration is left from a run that was killed, in milliseconds: longer than lists lag, and than
 * the calls of a step go on after an abort. A writer that is slower creates the method again.
 */
export const LEFT_MS = 60_000;

/** A method without an integration, and its mark. */
export interface HalfMethod extends RestMethod {
  readonly owner: Owner | undefined;
}

/** For how long this driver has seen methods without an integration. */
interface SeenHalves {
  /** Those that an API has now. Returns for how long each was seen so, in milliseconds. */
  readonly see: (apiId: string, halves: readonly HalfMethod[], clock: Clock) => readonly number[];
}

function seenHalves(): SeenHalves {
  const since = new Map<string, ReadonlyMap<string, number>>();
  return {
    see: (apiId, halves, clock) => {
      const nowMs = clock.monotonicMs();
      const before = since.get(apiId);
      const keyOf = (one: HalfMethod): string => `${methodId(one)} ${one.method.operationName}`;
      since.set(apiId, new Map(halves.map((one) => [keyOf(one), before?.get(keyOf(one)) ?? nowMs])));
      return halves.map((one) => nowMs - (before?.get(keyOf(one)) ?? nowMs));
    },
  };
}

/** A session that writes routes of REST APIs, with what it knows of them. */
export interface RouteSession extends RestSession {
  readonly nameOf: NameOf;
  readonly halves: SeenHalves;
}

export function routeSession(session: Session): RouteSession {
  return { ...session, trees: resourceTrees(session), nameOf: balancerNames(session), halves: seenHalves() };
}

/** A method without the mark of the project is never changed. */
export function notOurs(
  { apiId, path, verb }: RoutePlace,
  { project, integration }: Owner,
  operation: string,
): CloudError {
  return new CloudError(
    'NOT_OURS',
    `${verb} ${path} of ${apiId} does not carry the mark of ${project}/${integration}`,
    {
      operation,
      remedy: 'Plan again, or change the route manually: it was created or changed outside of this project.',
    },
  );
}

/** Where a route is in the tree of resources: its verb, its path, and the parts of the path. */
export interface RoutePlace extends RestMethodPlace {
  /** Empty for the root. */
  readonly parts: readonly string[];
}

/** The place of a route: `GET /orders/{id}`. @throws {InvalidInputError} `INVALID_INPUT` */
export function placeOf(apiId: string, key: string): RoutePlace {
  const [, verb, path] = /^([A-Z]+) (\/\S*)$/.exec(key) ?? [];
  if (verb === undefined || path === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `${key} cannot be a route of a REST API`, {
      remedy: 'Write a verb, or ANY, and a path: GET /orders/{id}.',
    });
  }

  return { apiId, verb, path, parts: path === '/' ? [] : path.slice(1).split('/') };
}

/**
 * Refuses what a route of a REST API cannot have, before anything is written.
 * @throws {PosternError} `INVALID_INPUT`, `UNSUPPORTED`
 */
export function checkRequest(request: RouteCall, { path }: RoutePlace): void {
  const { target } = request.use;
  if (target.kind !== 'listener' || target.resourceId === undefined || target.port === undefined) {
    throw new UnsupportedError(`${request.key}: ${target.id} is not a listener, and a REST API needs one`, {
      remedy: 'Write listener: { loadBalancer, port } as the target, or use an HTTP API.',
    });
  }

  checkTls(request);
  checkHost(request, 'a REST API');
  checkParameters(request, path);
}

function checkParameters(request: RouteCall, path: string): void {
  const own = new Set(pathVariables(path).map(([key]) => key));
  for (const { part, name, source } of declaredParameters(request)) {
    if (part === 'path' && !own.has(`integration.request.path.${name}`)) {
      throw invalid(
        `route ${request.key} declares the parameter ${name} of the path, and its path has no variable {${name}}`,
        `Remove parameters.path.${name}, or write {${name}} in the route key.`,
      );
    }
    if (part === 'path' && source === `path.${name}`) {
      throw invalid(
        `route ${request.key} declares that the variable ${name} of its path is passed on, as it is without that`,
        `Remove parameters.path.${name}.`,
      );
    }
    if (part === 'header' && name.toLowerCase() === 'host') {
      throw invalid(`route ${request.key} declares the header Host as a parameter`, 'Write host: <name> instead.');
    }
  }
}
