import { pathVariables, type Route } from '@postern/core/internal/adapter';

const WRITES_PATH = /^(?:overwrite|append|remove):path$/i;
const PATH = 'overwrite:path';
const REQUEST_PATH = '$request.path';

/** A variable in the value of a parameter: `$request.path.proxy`, `${stageVariables.base}`. */
const VARIABLE = /\$\{[^{}]*\}|\$[A-Za-z]+(?:\.[\w-]+)*/g;

/**
 * The path that parameters of an integration write, with `{any+}` in place of its variables: `/api/{any+}` of `/api/$request.path.proxy`.
 * Undefined: they write none, the path of the call, or a part of it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function writtenPath(parameters: Readonly<Record<string, string>> = {}): string | undefined {
  const writers = Object.keys(parameters).filter((name) => WRITES_PATH.test(name));
  const value = parameters[PATH];
  if (writers.length !== 1 || value === undefined || value === REQUEST_PATH) return undefined;

  const path = value.replaceAll(VARIABLE, '{any+}');
  return path.startsWith('/') ? path : undefined;
}

/** A variable of a URI: `{proxy}`, `{proxy+}`, and no stage variable. */
const PLACEHOLDER = /(?<!\$)\{([^{}]+?)\+?\}/g;

/**
 * What a REST API sends as the path of a call: that of the URI, whatever the path of the route is and without the name of the stage.
 * `overwrite`: it is that of the route, `/orders/{id}`. A variable that another part of the call fills may have slashes.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
 */
export function uriPath(
  path: string,
  uri: string | undefined,
  parameters: Readonly<Record<string, string>> = {},
): Pick<Route, 'path' | 'writtenPath'> {
  const [isUri, sent = '/'] = /^https?:\/\/[^/?#]+(\/[^?#]*)?/i.exec(uri ?? '') ?? [];
  if (isUri === undefined || sent.includes('${')) return { path: 'keep' };

  const own = new Map([...path.matchAll(PLACEHOLDER)].map(([variable, name = '']) => [name, variable] as const));
  const isFilled = pathVariables(path).every(([target]) => Object.hasOwn(parameters, target));
  const text = sent.replaceAll(PLACEHOLDER, (variable, name: string) => {
    const source = parameters[`integration.request.path.${name}`];
    const [, constant] = /^'(.*)'$/.exec(source ?? '') ?? [];
    const [, from = ''] = /^method\.request\.path\.(.+)$/.exec(source ?? '') ?? [];
    return source === undefined ? variable : (constant ?? own.get(from) ?? `{${name}+}`);
  });
  const bare = (one: string): string => one.replaceAll('+}', '}').replace(/(?<=.)\/$/, '');
  return {
    path: bare(sent) === bare(path) && isFilled ? 'overwrite' : 'keep',
    ...(text === path ? {} : { writtenPath: text }),
  };
}

/**
 * The parameters of the variables of a URI that have no value, each with that of the path's own variable. API Gateway sends such a
 * variable as text, and refuses its own call because of the `{`: callers get status 500.
 * @see https://repost.aws/knowledge-center/api-gateway-proxy-path-character-error
 */
export function unfilledIn(
  path: string,
  {
    uri = '',
    requestParameters = {},
  }: { readonly uri?: string | undefined; readonly requestParameters?: Readonly<Record<string, string>> | undefined },
): Readonly<Record<string, string>> | undefined {
  const own = new Map(pathVariables(path));
  const lacking = [...uri.matchAll(PLACEHOLDER)]
    .map(([, name = '']) => `integration.request.path.${name}`)
    .filter((target) => !Object.hasOwn(requestParameters, target));
  if (lacking.length === 0) return undefined;

  return Object.fromEntries(lacking.map((target) => [target, own.get(target) ?? '']));
}
