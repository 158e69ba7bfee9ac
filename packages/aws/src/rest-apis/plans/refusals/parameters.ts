const PLACES = '(?:path|querystring|header|multivaluequerystring|multivalueheader)';
const REST_NAME = new RegExp(String.raw`^integration\.request\.${PLACES}\.\S+$`);
const DECLARED = new RegExp(String.raw`^method\.request\.${PLACES}\.\S+$`);
const REST_SOURCE = /^(?:'[^']*'|stageVariables\.\S+|context\.\S+|method\.request\.body(?:\..+)?)$/;

/**
 * Why a REST API does not accept a parameter of an integration. `declares`: whether its method declares a source; undefined: it is not
 * known.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export function restParameterFault(
  name: string,
  source: string,
  declared: ReadonlySet<string> | undefined,
): 'name' | 'source' | 'undeclared' | undefined {
  if (!REST_NAME.test(name)) return 'name';
  if (DECLARED.test(source)) {
    // One with several values is declared as the single one.
    const names = [source, source.replace('.multivalue', '.')];
    return declared === undefined || names.some((one) => declared.has(one)) ? undefined : 'undeclared';
  }

  return REST_SOURCE.test(source) ? undefined : 'source';
}
