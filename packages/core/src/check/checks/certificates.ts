import type { Evidence } from '../../do/findings/finding.js';
import type { Certificate } from '../../do/model/load-balancer.js';

/** ACM renews managed certificates sixty days before they expire: one with less than thirty was not renewed. */
export const SOON_DAYS = 30;

/** The expiry in milliseconds since 1970; infinity if there is none. */
export function endOf({ notAfter }: Pick<Certificate, 'notAfter'>): number {
  const end = notAfter === undefined ? Number.NaN : Date.parse(notAfter);
  return Number.isNaN(end) ? Number.POSITIVE_INFINITY : end;
}

/** A certificate as evidence: its names, its state and its end. */
export function certificateEvidence({ id, names, notAfter, nativeState }: Certificate): Evidence {
  const words = [names.join(', '), nativeState, notAfter === undefined ? undefined : `until ${notAfter.slice(0, 10)}`];
  return { kind: 'certificate', id, text: words.filter((word) => word !== undefined && word !== '').join(', ') };
}

/** Whether a name of a certificate covers a host: a wildcard matches exactly the first label. */
export function covers(name: string, host: string): boolean {
  const [pattern, wanted] = [name.toLowerCase(), host.toLowerCase().replace(/\.$/, '')];
  if (!pattern.startsWith('*.')) return pattern === wanted;

  const dot = wanted.indexOf('.');
  return dot > 0 && wanted.slice(dot) === pattern.slice(1);
}

/**
 * The key of routes that serves a call: the key itself, or that which matches its method and path: `ANY /orders/{proxy+}` for
 * `GET /orders/7`. Of several, that with the most literal segments, then the one with the call's own method. `$default`
 * serves what no other does.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function servingKey(call: string, keys: readonly string[]): string | undefined {
  if (keys.includes(call)) return call;

  const wanted = read(call);
  if (wanted === undefined) return undefined;

  const serving = keys.flatMap((key) => {
    const rank = rankOf(read(key), wanted);
    return rank === undefined ? [] : [{ key, rank }];
  });
  const [best] = serving.toSorted((a, b) => b.rank - a.rank);
  return best?.key ?? keys.find((key) => key === '$default');
}

interface Call {
  readonly method: string;
  readonly segments: readonly string[];
}

function read(text: string): Call | undefined {
  const [, method, path] = /^([A-Z]+) (\/[^?\s]*)/.exec(text) ?? [];
  return method === undefined || path === undefined ? undefined : { method, segments: path.slice(1).split('/') };
}

/** `{proxy+}` of AWS, `*` of Alibaba Cloud. */
const GREEDY = /^(?:\{.+\+\}|\*)$/;
/** `{id}` of AWS, `[id]` of Alibaba Cloud; and the greedy ones. */
const VARIABLE = /^(?:\{.+\}|\[.+\]|\*)$/;

/** How well a key fits a call; undefined where it does not. */
function rankOf(key: Call | undefined, { method, segments }: Call): number | undefined {
  if (key === undefined || (key.method !== method && key.method !== 'ANY')) return undefined;

  const isGreedy = GREEDY.test(key.segments.at(-1) ?? '');
  if (isGreedy ? segments.length < key.segments.length : segments.length !== key.segments.length) return undefined;

  let literal = 0;
  for (const [at, part] of key.segments.entries()) {
    if (part === segments[at]) literal += 1;
    else if (!VARIABLE.test(part)) return undefined;
  }
  // Literal segments decide first, then a path that is not greedy, then the method.
  return literal * 4 + (isGreedy ? 0 : 2) + (key.method === method ? 1 : 0);
}
