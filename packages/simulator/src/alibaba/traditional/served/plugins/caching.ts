import type { GatewayAnswer, GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import type { Looked } from './condition.js';
import { bodyOf, listIn, numberIn, textIn, type Body } from './body.js';
import type { PluginMemory } from './memory.js';
import { ownValue } from '../../../../simulation/own-value.js';

/** How an answer is kept, and for how long, in seconds. */
interface Cache {
  readonly key: string;
  readonly seconds: number;
  readonly headers: ReadonlySet<string>;
}

const LONGEST_SECONDS = 172_800;
const KEPT_HEADERS = ['x-ca-request-id', 'content-type', 'content-encoding', 'content-language'];

/**
 * Where the plug-in `caching` keeps the answer of a call: GET alone, and not at the group's own domain. Calls of other paths, and other
 * values of what it varies by, are kept apart; that the whole path counts is [U]. `Cache-Control` of callers is ignored, as by default.
 * @see https://help.aliyun.com/document_detail/103231.html
 */
export function cacheOf({ match, call, app, trace }: Looked, isOwnDomain: boolean): Cache | undefined {
  const { published } = match.route;
  const body = bodyOf(published, 'caching');
  if (!body || call.method !== 'GET' || isOwnDomain) return undefined;

  const by = textIn(body, 'varyByApp') === 'true' ? String(app?.AppId ?? '') : '';
  const key = JSON.stringify([published.api.id, trace.stage, call.path.split('?', 1)[0], by, ...variedBy(body, call)]);
  const seconds = Math.min(numberIn(body, 'duration') ?? 0, LONGEST_SECONDS);
  const more = listIn(body, 'cacheableHeaders').map((name) => name.toLowerCase());
  return { key, seconds, headers: new Set([...KEPT_HEADERS, ...more]) };
}

function variedBy(body: Body, { headers, path }: GatewayCall): readonly string[] {
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  return [
    ...listIn(body, 'varyByParameters').map((name) => query.get(name) ?? ownValue(headers, name.toLowerCase()) ?? ''),
    ...listIn(body, 'varyByHeaders').map((name) => ownValue(headers, name.toLowerCase()) ?? ''),
  ];
}

/** Keeps an answer of a backend, as its `Cache-Control` says, or else for the seconds of the plug-in. Only status 200 [U]. */
export function keepAnswer(
  { key, seconds, headers }: Cache,
  memory: PluginMemory,
  now: number,
  answer: GatewayAnswer,
): void {
  const control = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === 'cache-control')?.[1];
  const said = String(control ?? '');
  const [, age] = /max-age=(\d+)/.exec(said) ?? [];
  const kept = /no-store|no-cache|private/.test(said) ? 0 : Math.min(Number(age ?? seconds), LONGEST_SECONDS);
  if (answer.status !== 200 || kept <= 0) return;

  const shown = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => headers.has(name.toLowerCase())));
  memory.keep(key, { ...answer, headers: shown }, now + kept * 1000);
}
