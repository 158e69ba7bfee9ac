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
