import type { Json } from '@postern/core/adapter';
import { textIn } from '../assess/json-members.js';
import type { PlannedRoute } from '../plan/plan-values.js';
import type { PinnedAnswer, PinnedCall } from './proof.js';

const ALLOWED = 'access-control-allow-origin';

/** What a browser asks before it calls a route with CORS; undefined of a route without. */
export function preflightOf(
  { key, policies }: PlannedRoute,
  path: string,
): Pick<PinnedCall, 'method' | 'path' | 'headers'> | undefined {
  const cors = policies.find((policy) => policy.class === 'Cors');
  if (cors === undefined) return undefined;
  const [method = ''] = key.split(' ', 1);
  const headers = {
    origin: originOf(cors.settings['classic'] ?? null),
    'access-control-request-method': method === 'ANY' ? 'GET' : method,
  };
  return { method: 'OPTIONS', path, headers };
}

/** An origin that the plug-in allows: `*.a.com` allows `https://x.a.com`. */
function originOf(body: Json): string {
  const [first = '*'] = (textIn(body, 'allowOrigins') ?? '*').split(',').map((one) => one.trim());
  if (first === '*' || first === '') return 'https://x.example.com';
  const name = first.replace('*', 'x');
  return name.includes('://') ? name : `https://${name}`;
}

/** Why a browser that may call by the classic group may not by the target; undefined where it may, or may by neither. */
export function preflightProblem(classic: PinnedAnswer, target: PinnedAnswer): string | undefined {
  if (classic.status >= 300) return undefined;
  if (target.status >= 300) {
    return `${target.status} on the target to a preflight request of a browser, ${classic.status} on the classic group`;
  }
  if (target.headers[ALLOWED] === classic.headers[ALLOWED]) return undefined;
  return `the header ${ALLOWED} differs in the answer to a preflight request of a browser`;
}
