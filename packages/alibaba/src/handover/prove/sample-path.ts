import type { PlannedRoute } from '../plan/plan-values.js';

/** Methods that a proof may send: they change nothing. */
const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** The method and the path that a route is called with; a method is undefined where all of them may change something. */
export function sampleOf(
  { key }: Pick<PlannedRoute, 'key'>,
  given: string | undefined,
): { readonly method: string | undefined; readonly path: string } {
  const [declared = ''] = key.split(' ', 1);
  const method = declared === 'ANY' ? 'GET' : SAFE.find((one) => one === declared);
  return { method, path: given ?? pathOf(key) };
}

/** `/orders/[id]/files/*` becomes `/orders/1/files/1`. */
function pathOf(key: string): string {
  const path = key.slice(key.indexOf(' ') + 1);
  return path.replace(/\[[^\]]*\]|\*$/g, '1');
}
