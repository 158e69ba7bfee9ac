import { unescaped } from '../../traffic/front.js';
import type { MethodRow, ResourceRow, RestApiCopy } from '../control/state.js';

/** The method that a call reaches. */
export interface Route {
  readonly resource: ResourceRow;
  readonly method: MethodRow;
  /** The values of the resource's placeholders, as the caller escaped them. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** A resource of a deployment, and what is below it. */
interface Node {
  readonly resource: ResourceRow | undefined;
  readonly statics: ReadonlyMap<string, Node>;
  /** `{id}`. */
  readonly variable: { readonly name: string; readonly node: Node } | undefined;
  /** `{proxy+}`. */
  readonly greedy: { readonly name: string; readonly node: Node } | undefined;
}

const trees = new WeakMap<RestApiCopy, Node>();

/**
 * Finds the method of a call. A fixed part goes before `{param}`, that before `{proxy+}`; a method of the verb goes before
 * ANY. A resource that has neither is passed over for a less specific one. One slash at the end is ignored, and
 * `{proxy+}` does not match the resource that it is below.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html
 * @param path below the stage, without the query string: `/orders/1`
 */
export function routeOf(copy: RestApiCopy, verb: string, path: string): Route | undefined {
  const parts = path.slice(path.startsWith('/') ? 1 : 0, path.length > 1 && path.endsWith('/') ? -1 : undefined);
  return find(treeOf(copy), verb, parts === '' ? [] : parts.split('/'), 0, {});
}

function find(
  { resource, statics, variable, greedy }: Node,
  verb: string,
  parts: readonly string[],
  at: number,
  pathParameters: Route['pathParameters'],
): Route | undefined {
  const part = parts[at];
  if (part === undefined) {
    const method = resource?.methods.get(verb) ?? (ANY.has(verb) ? resource?.methods.get('ANY') : undefined);
    return resource && method && { resource, method, pathParameters };
  }

  const fixed = statics.get(unescaped(part));
  const found = fixed && find(fixed, verb, parts, at + 1, pathParameters);
  if (found) return found;

  const one =
    variable && part !== ''
      ? find(variable.node, verb, parts, at + 1, { ...pathParameters, [variable.name]: part })
      : undefined;
  if (one || !greedy) return one;

  const rest = { ...pathParameters, [greedy.name]: parts.slice(at).join('/') };
  return find(greedy.node, verb, parts, parts.length, rest);
}

/** The verbs that ANY stands for. */
const ANY: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

function treeOf(copy: RestApiCopy): Node {
  const known = trees.get(copy);
  if (known) return known;

  const children = new Map<string | undefined, ResourceRow[]>();
  for (const row of copy.resources.values()) children.set(row.parentId, [...(children.get(row.parentId) ?? []), row]);
  const nodeOf = (resource: ResourceRow): Node => {
    const below = (children.get(resource.id) ?? []).map((child) => ({ part: child.pathPart ?? '', child }));
    const fixed = below.filter(({ part }) => !part.startsWith('{'));
    const placed = (form: RegExp) => {
      const found = below.find(({ part }) => form.test(part));
      return found && { name: form.exec(found.part)?.[1] ?? '', node: nodeOf(found.child) };
    };
    return {
      resource,
      statics: new Map(fixed.map(({ part, child }) => [part, nodeOf(child)])),
      variable: placed(/^\{([^}+]+)\}$/),
      greedy: placed(/^\{([^}+]+)\+\}$/),
    };
  };
  const [root] = children.get(undefined) ?? [];
  const tree = root
    ? nodeOf(root)
    : { resource: undefined, statics: new Map(), variable: undefined, greedy: undefined };
  trees.set(copy, tree);
  return tree;
}
