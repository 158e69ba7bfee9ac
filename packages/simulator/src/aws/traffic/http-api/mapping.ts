import { sourceOf } from './sources.js';
import type { Reply, Source, Change, Exchange, Template, Mapping } from './exchange.js';

const EXPRESSION = /\$(?:\{([^}]*)\}|([a-zA-Z](?:[\w.-]|\[\d+\])*))/g;

/**
 * Reads mappings: `append:header.x-user` → `$request.header.user`. All values are those of the call as it came.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function mappingFrom(parameters: Readonly<Record<string, string>> = {}): Mapping {
  const entries = Object.entries(parameters).map(([key, value]) => ({ key, value: templateOf(value) }));
  const only = (key: string) => entries.find((entry) => entry.key === key)?.value;
  const changes = (place: string): Change[] =>
    entries.flatMap(({ key, value }) => {
      const [, action, name = ''] = new RegExp(`^(append|overwrite|remove):${place}\\.(.+)$`).exec(key) ?? [];
      const given = place === 'header' ? name.toLowerCase() : name;
      return action === undefined ? [] : [{ action: action as Change['action'], name: given, value }];
    });
  return {
    path: only('overwrite:path'),
    statusCode: only('overwrite:statuscode'),
    headers: changes('header'),
    query: changes('querystring'),
  };
}

function templateOf(value: string): Template {
  const parts: (string | Source)[] = [];
  let end = 0;
  for (const match of value.matchAll(EXPRESSION)) {
    const [whole, braced, bare] = match;
    parts.push(value.slice(end, match.index), sourceOf(braced ?? bare ?? ''));
    end = match.index + whole.length;
  }
  parts.push(value.slice(end));
  const given = parts.filter((part) => part !== '');
  const [first] = given;
  if (given.length === 1 && typeof first === 'function') return first;
  const read = (part: string | Source, exchange: Exchange, reply: Reply | undefined): string =>
    typeof part === 'string' ? part : (part(exchange, reply) ?? '');
  return (exchange, reply) => given.map((part) => read(part, exchange, reply)).join('');
}
