import type { Route } from '@postern/core/adapter';

type RouteParameters = NonNullable<NonNullable<Route['settings']>['parameters']>;

/** How a kind of API writes the request parameters of its integrations. */
interface Form {
  /** Of the backend request: `overwrite:`. */
  readonly to: string;
  /** Of the call: `$request.`. */
  readonly from: string;
  readonly context: string;
  /** Whether a constant keeps its quotes. */
  readonly quoted: boolean;
}

export const FORMS = {
  http: { to: 'overwrite:', from: '$request.', context: '$context.', quoted: false },
  webSocket: { to: 'integration.request.', from: 'route.request.', context: 'context.', quoted: true },
  rest: { to: 'integration.request.', from: 'method.request.', context: 'context.', quoted: true },
} as const satisfies Readonly<Record<string, Form>>;

const NATIVE = { path: 'path', query: 'querystring', header: 'header' } as const;
type Kind = keyof typeof NATIVE;

/**
 * Request parameters as the API has them, of those of a snapshot: `{ header: { tenant: 'query.t' } }` →
 * `{ 'overwrite:header.tenant': '$request.querystring.t' }`. A key of another form stays as it is.
 */
export function nativeParameters(form: Form, parameters: RouteParameters = {}): Record<string, string> {
  const entries = (Object.keys(NATIVE) as Kind[]).flatMap((kind) =>
    Object.entries(parameters[kind] ?? {}).map(([name, source]): [string, string] => [
      /^(?:append|overwrite|remove):/.test(name) ? name : `${form.to}${NATIVE[kind]}.${name}`,
      sourceOf(form, source),
    ]),
  );
  return Object.fromEntries(entries);
}

function sourceOf(form: Form, text: string): string {
  const [, word = '', name = ''] = /^(path|query|header|context)\.(.+)$/.exec(text) ?? [];
  if (word === 'context') return `${form.context}${name}`;
  if (word !== '') return `${form.from}${NATIVE[word as Kind]}.${name}`;
  const [, constant] = /^'(.*)'$/s.exec(text) ?? [];
  return form.quoted || constant === undefined ? text : constant;
}
