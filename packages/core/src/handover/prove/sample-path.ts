import type { PlannedRoute } from '../plan/plan-values.js';

/** Methods that a proof may send: they change nothing. */
const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** The method and the path that a route is called with; a method is undefined where all of them may change something. */
export function sampleOf(
  { key, match }: Pick<PlannedRoute, 'key' | 'match'>,
  given: string | undefined,
): { readonly method: string | undefined; readonly path: string } {
  const { methods } = match;
  const method = methods.length === 0 ? 'GET' : methods.find((one) => SAFE.includes(one));
  return { method, path: given ?? pathOf(key) };
}

/** `/orders/[id]/files/*` becomes `/orders/1/files/1`. */
function pathOf(key: string): string {
  const path = key.slice(key.indexOf(' ') + 1);
  return path.replace(/\[[^\]]*\]|\*$/g, '1');
}
