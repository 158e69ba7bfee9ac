import type { GroupView, PublishedApi } from './group-view.js';
import { serviceOf, type Service } from './service.js';

/** An API that calls are routed to. */
export interface Route {
  readonly published: PublishedApi;
  readonly service: Service;
  /** As it is declared: `GET /orders/[id]`. */
  readonly name: string;
  /** Names of the path's parameters, in their order. */
  readonly parameters: readonly string[];
}

/** A route, and what the path has in the place of its parameters. */
export interface Match {
  readonly route: Route;
  readonly values: ReadonlyMap<string, string>;
  /** What `/*` stands for, without the slash. */
  readonly rest: string;
}

/** Segments of paths, as a tree. */
interface Node {
  readonly literals: Map<string, Node>;
  parameter: Node | undefined;
  /** By method, for what ends here. */
  readonly routes: Map<string, Route>;
  /** By method, for `/*`: all paths below. */
  readonly below: Map<string, Route>;
}

/** The routes of one stage. */
export type Router = Node;

const newNode = (): Node => ({ literals: new Map(), parameter: undefined, routes: new Map(), below: new Map() });

const routers = new WeakMap<GroupView, Map<string, Router>>();

/** The routes of a stage, compiled once for each view. Undefined for a stage that the group does not have. */
export function routerOf(view: GroupView, stage: string): Router | undefined {
  const known = routers.get(view)?.get(stage);
  if (known) return known;

  const apis = view.stages.get(stage);
  if (!apis) return undefined;

  const router = compile(view.basePath, apis);
  routers.set(view, (routers.get(view) ?? new Map<string, Router>()).set(stage, router));
  return router;
}

/**
 * The API that a call is for. A literal segment goes before a parameter (`[id]`), and that before `/*`; a method before `ANY` [I].
 * @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/user-guide/create-an-api
 */
export function findRoute(router: Router, method: string, path: string): Match | undefined {
  const segments = path.split('/').slice(1);
  const taken: string[] = [];
  const found = descend(router, segments, 0, method, taken);
  if (!found) return undefined;

  const { route, depth } = found;
  const values = new Map<string, string>();
  route.parameters.forEach((name, index) => values.set(name, taken[index] ?? ''));
  return { route, values, rest: segments.slice(depth).join('/') };
}

function descend(
  node: Node,
  segments: readonly string[],
  depth: number,
  method: string,
  taken: string[],
): { readonly route: Route; readonly depth: number } | undefined {
  const segment = segments[depth];
  if (segment === undefined) return ending(node.routes, method, depth);

  const literal = node.literals.get(segment);
  const exact = literal && descend(literal, segments, depth + 1, method, taken);
  if (exact) return exact;

  if (node.parameter && segment !== '') {
    taken.push(segment);
    const found = descend(node.parameter, segments, depth + 1, method, taken);
    if (found) return found;

    taken.pop();
  }
  return ending(node.below, method, depth);
}

function ending(
  routes: ReadonlyMap<string, Route>,
  method: string,
  depth: number,
): { readonly route: Route; readonly depth: number } | undefined {
  const route = routes.get(method) ?? routes.get('ANY');
  return route && { route, depth };
}

function compile(basePath: string, apis: readonly PublishedApi[]): Router {
  const router = newNode();
  let end = basePath.length;
  while (basePath[end - 1] === '/') end -= 1;
  for (const published of apis) add(router, basePath.slice(0, end), published);
  return router;
}

function add(router: Router, base: string, published: PublishedApi): void {
  const service = serviceOf(published.version);
  const { method, path } = service.request;
  const segments = `${base}${path}`.split('/').slice(1);
  const isOpen = segments.at(-1) === '*';
  const parameters: string[] = [];
  let node = router;
  for (const segment of isOpen ? segments.slice(0, -1) : segments) {
    const [, name] = /^\[(.+)\]$/.exec(segment) ?? [];
    if (name !== undefined) parameters.push(name);
    node = name === undefined ? literalIn(node, segment) : (node.parameter ??= newNode());
  }
  const route: Route = { published, service, name: `${method} ${path}`, parameters };
  (isOpen ? node.below : node.routes).set(method, route);
}

function literalIn(node: Node, segment: string): Node {
  const next = node.literals.get(segment) ?? newNode();
  node.literals.set(segment, next);
  return next;
}
