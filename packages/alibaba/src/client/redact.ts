/** Members whose values are secrets in plug-in bodies, named backends and constant parameters of APIs. */
const SECRET = /pass(?:word|wd)?$|secret|accesskey|privatekey|token$|credential|^constantvalue$/i;

/** A copy of an answer, as plain JSON, without the secrets that the service returns in clear. */
export function redacted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, hide) ?? 'null');
}

function hide(key: string, value: unknown): unknown {
  if (key === 'RequestId') return undefined; // another each time
  return SECRET.test(key) && typeof value === 'string' && value !== '' ? '(not shown)' : value;
}
