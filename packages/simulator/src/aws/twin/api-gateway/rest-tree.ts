import type { AwsCall } from '../../operation/call.js';
import type { MethodRow, ResourceRow } from '../../rest-api/state.js';

/** The resources of a REST API, or of a deployment, by path. */
export interface RestTree {
  /** The resource at a path. It and those above it are made where they do not exist. */
  readonly at: (path: string) => ResourceRow;
  readonly put: (path: string, method: MethodRow) => void;
  /** By ID, as a row of an API has them. */
  readonly rows: () => Map<string, ResourceRow>;
}

/**
 * Resources with known IDs. Those above them that have no method are not in a snapshot, and get other IDs.
 * @param idOf the ID of the resource at a path, where it is known
 */
export function restTree(call: AwsCall, idOf: (path: string) => string | undefined): RestTree {
  const byPath = new Map<string, ResourceRow>();
  const at = (path: string): ResourceRow => {
    const known = byPath.get(path);
    if (known !== undefined) return known;
    const cut = path.lastIndexOf('/');
    const below = path === '/' ? {} : { parentId: at(path.slice(0, cut) || '/').id, pathPart: path.slice(cut + 1) };
    const id = idOf(path) ?? call.id('', path === '/' ? 10 : 6, 'base36');
    const row: ResourceRow = { id, ...below, path, methods: new Map() };
    byPath.set(path, row);
    return row;
  };
  return {
    at,
    put: (path, method) => {
      const row = at(path);
      byPath.set(path, { ...row, methods: new Map(row.methods).set(method.httpMethod, method) });
    },
    rows: () => new Map([...byPath.values()].map((row) => [row.id, row] as const)),
  };
}
