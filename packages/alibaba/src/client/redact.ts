import { plainCopy } from '@postern/core/adapter';

/** Members whose values are secrets in plug-in bodies, named backends and constant parameters of APIs. */
const SECRET = /pass(?:word|wd)?$|secret|accesskey|privatekey|token$|credential|^constantvalue$/i;

/** Members of a JSON Web Key that only its owner has: the value of a symmetric key, and the private parts of others (RFC 7518). */
const SECRET_OF_KEY = /^(?:k|d|p|q|dp|dq|qi)$/;

/** A copy of an answer, as plain JSON, without the secrets that the service returns in clear. */
export function redacted(value: unknown): unknown {
  const copy = plainCopy(value, LEFT_OUT);
  hide(copy);
  return copy;
}

/** Another each time. */
const LEFT_OUT: ReadonlySet<string> = new Set(['RequestId', 'requestId']);

/** Hides the secrets in a copy, which is plain JSON. */
function hide(copy: unknown): void {
  if (typeof copy !== 'object' || copy === null) return;
  if (Array.isArray(copy)) return copy.forEach(hide);
  const row = copy as Record<string, unknown>;
  for (const key of Object.keys(row)) {
    const member = row[key];
    if (typeof member !== 'string') hide(member);
    else if (member !== '' && (SECRET.test(key) || ('kty' in row && SECRET_OF_KEY.test(key)))) row[key] = '(not shown)';
  }
}
