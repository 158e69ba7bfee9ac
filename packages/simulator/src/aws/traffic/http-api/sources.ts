import { unescaped } from '../request-target.js';
import { contextValue } from './context.js';
import type { Exchange, Source, Reply } from './exchange.js';
import { jsonAt } from './json-path.js';

type SourceOf = (name: string) => Source;

const NO_REPLY: Reply = { headers: {}, body: '' };

/** Sources by the beginning of their expression; what follows is a name. */
const NAMED: Readonly<Record<string, SourceOf>> = {
  'request.header.': (name) => {
    const lower = name.toLowerCase();
    return ({ call }) => call.headers[lower];
  },
  'request.querystring.': (name) => (exchange) => queryValue(exchange.query, name),
  'request.body.': (name) => (exchange) => jsonAt(exchange.call.body, name),
  'request.path.': (name) => (exchange) => pathValue(exchange, name),
  'context.': (name) => contextValue(name),
  'stageVariables.': (name) => (exchange) => exchange.stage.StageVariables?.[name],
  'response.header.': (name) => {
    const lower = name.toLowerCase();
    return (_, reply = NO_REPLY) => joined(reply.headers[lower]);
  },
  'response.body.':
    (name) =>
    (_, reply = NO_REPLY) =>
      jsonAt(reply.body, name),
};

/** The source that an expression names: `request.header.x-user`, `context.requestId`. */
export function sourceOf(expression: string): Source {
  if (expression === 'request.path') return ({ path }) => path;
  const found = Object.entries(NAMED).find(([beginning]) => expression.startsWith(beginning));
  return found ? found[1](expression.slice(found[0].length)) : () => undefined;
}

/** Several values of one name are joined by commas. */
export function queryValue(query: string, name: string): string | undefined {
  const values = query
    .split('&')
    .filter((pair) => nameOf(pair) === name)
    .map((pair) => text(pair.slice(pair.indexOf('=') + 1)));
  return values.length === 0 ? undefined : values.join(',');
}

/** The name in `name=value`. */
export function nameOf(pair: string): string {
  const mark = pair.indexOf('=');
  return text(mark < 0 ? pair : pair.slice(0, mark));
}

const text = (part: string): string => unescaped(part.replaceAll('+', ' '));

/** A path variable, as the caller sent it. */
function pathValue({ route, parts }: Exchange, name: string): string | undefined {
  const found = route.variables.find((variable) => variable.name === name);
  if (!found) return undefined;
  return found.isGreedy ? parts.slice(found.index).join('/') : parts[found.index];
}

function joined(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(',') : value;
}
