import { PosternError } from '@postern/core';
import { engineUrl } from './address.js';
import { unreachable } from './ingress.js';

/** Before 1.7.5 a frame of HTTP/2 can exhaust the server, and errors do not say whether the engine failed. */
const OLDEST: readonly number[] = [1, 7, 5];

/** The oldest supported server of Restate. */
export const OLDEST_ENGINE = OLDEST.join('.');

/**
 * Refuses an engine that is too old. `admin` is its administration: `http://127.0.0.1:9070`.
 * @throws {PosternError} `ENDPOINT_UNREACHABLE`, `UNSUPPORTED_VERSION`
 */
export async function checkEngine(admin: string): Promise<void> {
  const { version } = (await ask(admin, '/version')) as { readonly version?: unknown };
  if (!isOldEnough(String(version))) {
    throw new PosternError(
      'UNSUPPORTED_VERSION',
      `the engine at ${engineUrl(admin).url} has version ${String(version)}, and ${OLDEST_ENGINE} is the oldest supported one`,
      { remedy: `Upgrade the server of Restate to ${OLDEST_ENGINE} or newer.` },
    );
  }
}

/** Whether a version is at least the oldest supported one. Text that is not a version is too old. */
export function isOldEnough(version: string): boolean {
  const [, ...numbers] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  if (numbers.length === 0) return false;
  for (const [at, oldest] of OLDEST.entries()) {
    const number = Number(numbers[at]);
    if (number !== oldest) return number > oldest;
  }
  return true;
}

/**
 * Registers workers at the engine: all processes behind one address are one deployment. Runs that have begun stay with the
 * deployment that they began on; new ones go to the newest.
 * @throws {PosternError} as `checkEngine`; `BAD_RESPONSE` where the engine does not reach the workers
 */
export async function registerWorkers(admin: string, worker: string): Promise<{ readonly deployment: string }> {
  await checkEngine(admin);
  const { id } = (await ask(admin, '/deployments', { uri: worker, force: true })) as { readonly id: string };
  return { deployment: id };
}

async function ask(admin: string, path: string, body?: unknown): Promise<unknown> {
  const { url, headers } = engineUrl(admin);
  const json = { 'content-type': 'application/json', accept: 'application/json', ...headers };
  const sent = body === undefined ? { headers } : { method: 'POST', headers: json, body: JSON.stringify(body) };
  let answer: Response;
  try {
    answer = await fetch(`${url}${path}`, { ...sent, signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    throw unreachable(url, error);
  }
  const text = await answer.text();
  const value = answer.ok ? jsonIn(text) : undefined;
  if (value !== undefined) return value;
  const said = text.slice(0, 500);
  throw new PosternError('BAD_RESPONSE', `the engine at ${url} answered ${answer.status} to ${path}: ${said}`, {
    remedy: 'Check that the address is the administration of Restate, and that it reaches the workers.',
  });
}

/** Undefined where an answer is not JSON: something else listens there. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
