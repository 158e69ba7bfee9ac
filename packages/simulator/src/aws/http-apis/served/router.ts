import { unescaped } from '../../traffic/front.js';

/** A part of paths, with what follows it. */
interface Node<T> {
  readonly fixed: Map<string, Node<T>>;
  variable: Node<T> | undefined;
  /** Routes that end here, by method. */
  readonly routes: Map<string, T>;
  /** Routes with a greedy variable here, by method. */
  readonly greedy: Map<string, T>;
}

/** Where a variable of a route's path is among the parts of a request's path. */
export interface PathVariable {
  readonly name: string;
  readonly index: number;
  readonly isGreedy: boolean;
}

/**
 * Finds the route of a request: a full match of the path first, then the longest path with a greedy variable, then
 * `$default`. A fixed part goes before a variable, and the method itself before `ANY` [I]. A route with another method does
 * not match, so that the next best one is taken.
 *
 * A slash at the end makes another path, which only a variable or a route with that slash matches; a greedy variable takes the
 * empty rest behind a slash, too [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * @see https://github.com/storacha/w3infra/pull/166 (the slash at the end)
 */
export class Router<T> {
  readonly #root: Node<T> = newNode();
  #default: T | undefined;

  /** Adds a route by its key: `GET /orders/{id}`, `ANY /{proxy+}` or `$default`. */
  add(key: string, route: T): void {
    if (key === '$default') {
      this.#default = route;
      return;
    }

    const [method = '', path = ''] = key.split(' ');
    let node = this.#root;
    for (const part of partsOf(path)) {
      if (part.endsWith('+}')) {
        node.greedy.set(method, route);
        return;
      }

      node = part.startsWith('{') ? (node.variable ??= newNode()) : childOf(node, part);
    }
    node.routes.set(method, route);
  }

  /** The route of a request whose path has these parts. */
  find(method: string, parts: readonly string[]): T | undefined {
    return full(this.#root, method, parts, 0) ?? greedy(this.#root, method, parts, 0) ?? this.#default;
  }
}

/** The parts of a path: `/orders/1` has two, `/` has one that is empty. */
export function partsOf(path: string): readonly string[] {
  return path.slice(1).split('/');
}

/** The variables of a route's path. */
export function variablesOf(key: string): readonly PathVariable[] {
  const [, path = ''] = key.split(' ');
  return partsOf(path).flatMap((part, index) =>
    part.startsWith('{') ? [{ name: part.replace(/[{}+]/g, ''), index, isGreedy: part.endsWith('+}') }] : [],
  );
}

function newNode<T>(): Node<T> {
  return { fixed: new Map(), variable: undefined, routes: new Map(), greedy: new Map() };
}

function childOf<T>(node: Node<T>, part: string): Node<T> {
  const child = node.fixed.get(part) ?? newNode<T>();
  node.fixed.set(part, child);
  return child;
}

type Search = <T>(node: Node<T>, method: string, parts: readonly string[], index: number) => T | undefined;

const full: Search = (node, method, parts, index) =>
  index === parts.length ? chosen(node.routes, method) : below(full, node, method, parts, index);

const greedy: Search = (node, method, parts, index) => {
  if (index === parts.length) return undefined;

  return below(greedy, node, method, parts, index) ?? chosen(node.greedy, method);
};

function below<T>(
  search: Search,
  node: Node<T>,
  method: string,
  parts: readonly string[],
  index: number,
): T | undefined {
  const part = parts[index] ?? '';
  const child = node.fixed.get(unescaped(part));
  return (
    (child && search(child, method, parts, index + 1)) ??
    (node.variable && part !== '' ? search(node.variable, method, parts, index + 1) : undefined)
  );
}

function chosen<T>(routes: ReadonlyMap<string, T>, method: string): T | undefined {
  return routes.get(method) ?? (ANY.has(method) ? routes.get('ANY') : undefined);
}

/** The methods that `ANY` stands for, which are those that route keys may have [U]: other methods only `$default` catches. */
const ANY: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
