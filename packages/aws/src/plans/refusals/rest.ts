import { fail } from '@postern/core/checks';
import { ifCertain, refusals, type Asked, type Refusals, type View } from '@postern/core/overlay';
import { AWS } from '../rows/wanted.js';
import { variablesIn } from '../rows/stage-values.js';
import { apiOf, isNull, lacks, textOf } from './facts.js';
import { restParameterFault } from './parameters.js';

/*
 * Resources, methods and private integrations of REST APIs.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
const INTEGRATION = ['aws_api_gateway_integration'];
const METHOD = 'aws_api_gateway_method';
const RESOURCE = 'aws_api_gateway_resource';
const METHODS = new Set(['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
/** In small letters. A word that no table lists is not judged. */
const isMiswritten = (method: string): boolean => !METHODS.has(method) && METHODS.has(method.toUpperCase());
const KINDS = new Set(['AWS', 'AWS_PROXY', 'MOCK']);
const PART = { attribute: 'id', form: /^[a-z0-9]{5,}$/ };
const DECLARATION = /^method\.request\.(?:querystring|path|header)\.(\S+)$/;

/** `RESOURCE/VERB`, the ID of a route. */
function placeOf(view: View): string {
  return `${view.neededRef('resource_id', PART)}/${view.needed('http_method')}`;
}

function isPrivate({ view }: Asked): boolean {
  return view.text('connection_type') === 'VPC_LINK';
}

const form: Refusals = refusals(
  INTEGRATION,
  {
    INTEGRATION_TYPE: fail('{attribute} is {type}: a private integration has HTTP or HTTP_PROXY', 'Write HTTP_PROXY.'),
    INTEGRATION_METHOD: fail(
      '{attribute} is {method|not set}: expected ANY or an HTTP method in capitals',
      'Write ANY, or the method that the backend expects.',
    ),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    if (!isPrivate(asked)) return;
    const type = view.text('type');
    if (type !== undefined && KINDS.has(type)) yield say.INTEGRATION_TYPE(about, { attribute: named('type'), type });
    const method = view.text('integration_http_method');
    const isRight = method === undefined ? !isNull(view, 'integration_http_method') : !isMiswritten(method);
    if (isRight) return;
    yield say.INTEGRATION_METHOD(about, { attribute: named('integration_http_method'), method });
  },
);

/** The most can be raised for an account, so only the least counts. */
const timeout: Refusals = refusals(
  INTEGRATION,
  { TIMEOUT: fail('{attribute} is {timeoutMs}: expected {least} ms or more', 'Write {least} or more.') },
  function* (asked, say) {
    const { view, about, named } = asked;
    const own = view.number('timeout_milliseconds');
    const least = apiOf(asked, 'rest_api_id')?.traits.timeout?.leastMs ?? 0;
    if (isPrivate(asked) && own !== undefined && own < least)
      yield say.TIMEOUT(about, { attribute: named('timeout_milliseconds'), timeoutMs: own, least });
  },
);

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html `type`, for the ports */
const uri: Refusals = refusals(
  INTEGRATION,
  {
    URI_FORM: fail(
      '{attribute} is {value}: expected http or https, a host and a port of 80, 443 or 1024 to 65535',
      'Write such a URI; its host is the Host header of calls.',
    ),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    const value = view.text('uri');
    if (!isPrivate(asked) || value === undefined || variablesIn(value).length > 0) return;
    const [, authority, port] = /^https?:\/\/([^\s/?#:]+(?::(\d+))?)(?:[/?#]\S*)?$/.exec(value) ?? [];
    const number = port === undefined ? 80 : Number(port);
    const isPort = number === 80 || number === 443 || (number >= 1024 && number <= 65_535);
    if (authority === undefined || !isPort) yield say.URI_FORM(about, { attribute: named('uri'), value });
  },
);

const target: Refusals = refusals(
  INTEGRATION,
  {
    TARGET_REQUIRED: fail(
      '{attribute} is not set, and a VPC link V2 requires it: PutIntegration refuses it',
      'Write the ARN of the load balancer as {attribute}, or use a VPC link V1.',
    ),
  },
  function* (asked, say) {
    const { view, about, named, draft } = asked;
    if (!isPrivate(asked) || !lacks(view, 'integration_target')) return;
    const link = draft.get('links', view.neededRef('connection_id', AWS.gatewayPart));
    if (link?.kind === 'vpc-link-v2') yield say.TARGET_REQUIRED(about, { attribute: named('integration_target') });
  },
);

const parameters: Refusals = refusals(
  INTEGRATION,
  {
    PARAMETER_NOT_DECLARED: fail(
      '{attribute} has {name} = {value}, and {method} does not declare {value}: PutIntegration refuses it',
      'Write {value} = true in the request parameters of {method}.',
    ),
    PARAMETER_NAME: fail(
      '{attribute} has {name}, which is not a part of a request to the backend',
      'Write integration.request, then path, querystring or header, then a name.',
    ),
    PARAMETER_SOURCE: fail(
      '{attribute} has {name} = {value}, which names no value',
      'Write a parameter of the method, a variable of the context or of the stage, or a text in single quotes.',
    ),
  },
  function* (asked, say) {
    const { view, about, named, others } = asked;
    const all = Object.entries(view.map('request_parameters'));
    if (!isPrivate(asked) || all.length === 0) return;
    const api = view.neededRef('rest_api_id', AWS.api);
    const place = ifCertain(() => placeOf(view));
    const own = others(METHOD).find(
      (one) =>
        place !== undefined &&
        ifCertain(() => placeOf(one)) === place &&
        ifCertain(() => one.ref('rest_api_id', AWS.api)) === api,
    );
    const declared = own === undefined ? undefined : ifCertain(() => new Set(declaredIn(own)));
    for (const [name, value] of all) {
      const fault = restParameterFault(name, value, declared);
      const params = { attribute: named('request_parameters'), name, value };
      if (fault === 'undeclared')
        yield say.PARAMETER_NOT_DECLARED(about, { ...params, method: own?.instance.address ?? '' });
      if (fault === 'name') yield say.PARAMETER_NAME(about, params);
      if (fault === 'source') yield say.PARAMETER_SOURCE(about, params);
    }
  },
);

/** The parameters that a method declares, required or not. @throws {UnknownAttribute} */
function declaredIn(method: View): readonly string[] {
  const value = method.value('request_parameters');
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html */
const methods: Refusals = refusals(
  [METHOD],
  {
    METHOD_TWICE: fail('{other} is {verb} of the same resource', 'Remove one of the two methods.'),
    HTTP_METHOD: fail('{attribute} is {verb}: expected ANY or an HTTP method in capitals', 'Write one of these.'),
    DECLARATION_FORM: fail(
      '{attribute} has {name}, which is not a parameter of a request',
      'Write method.request, then path, querystring or header, then a name.',
    ),
    DECLARED_TWICE: fail(
      '{attribute} has the name {name} twice: names of path, querystring and header differ',
      'Give one of them another name.',
    ),
  },
  function* ({ view, about, named, others }, say) {
    const verb = view.needed('http_method');
    const place = placeOf(view);
    const also = [place];
    if (isMiswritten(verb)) yield { ...say.HTTP_METHOD(about, { attribute: named('http_method'), verb }), also };
    const same = others(METHOD).find((one) => ifCertain(() => placeOf(one)) === place);
    if (same !== undefined) yield { ...say.METHOD_TWICE(about, { verb, other: same.instance.address }), also };
    const attribute = named('request_parameters');
    const seen = new Set<string>();
    for (const name of declaredIn(view)) {
      const [, own] = DECLARATION.exec(name) ?? [];
      if (own === undefined) yield { ...say.DECLARATION_FORM(about, { attribute, name }), also };
      else if (seen.has(own)) yield { ...say.DECLARED_TWICE(about, { attribute, name: own }), also };
      seen.add(own ?? '');
    }
  },
);

/** A name, a variable or a greedy variable. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html */
const PATH_PART = /^(?:[A-Za-z0-9._:-]+|\{[A-Za-z0-9._:-]+\+?\})$/;
const isVariable = (part: string | undefined): boolean => part?.startsWith('{') === true;

const resources: Refusals = refusals(
  [RESOURCE],
  {
    PATH_PART_FORM: fail(
      '{attribute} is {part}: expected letters, digits and ._:-, or a variable in braces',
      'Write one part of the path, without a slash.',
    ),
    PATH_TWICE: fail('{other} has the path part {part} below the same resource', 'Remove one of the two resources.'),
    VARIABLE_TWICE: fail(
      '{other} is a variable below the same resource, too: one is allowed',
      'Give both the same variable, as one resource.',
    ),
    BELOW_GREEDY: fail(
      '{parent} is a greedy variable, which has nothing below it',
      'Write {parent} without its plus sign.',
    ),
  },
  function* ({ view, about, named, others }, say) {
    const part = view.needed('path_part');
    const also = below(view, others(RESOURCE));
    if (!PATH_PART.test(part)) yield { ...say.PATH_PART_FORM(about, { attribute: named('path_part'), part }), also };
    const parent = view.neededRef('parent_id', PART);
    const beside = others(RESOURCE).filter((one) => ifCertain(() => one.ref('parent_id', PART)) === parent);
    const same = beside.find((one) => textOf(one, 'path_part') === part);
    if (same !== undefined) yield { ...say.PATH_TWICE(about, { part, other: same.instance.address }), also };
    const other = beside.find((one) => one !== same && isVariable(textOf(one, 'path_part')));
    if (isVariable(part) && other !== undefined)
      yield { ...say.VARIABLE_TWICE(about, { other: other.instance.address }), also };
    const above = others(RESOURCE).find((one) => textOf(one, 'id') === parent);
    const name = above === undefined ? undefined : textOf(above, 'path_part');
    if (above !== undefined && name?.endsWith('+}') === true)
      yield { ...say.BELOW_GREEDY(about, { parent: above.instance.address }), also };
  },
);

/** The IDs of the resources below one. */
function below(view: View, all: readonly View[]): readonly string[] {
  const found = new Set([textOf(view, 'id') ?? '']);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const one of all)
      if (found.has(ifCertain(() => one.ref('parent_id', PART)) ?? 'none')) found.add(textOf(one, 'id') ?? '');
  }
  return [...found];
}

export const restRefusals: readonly Refusals[] = [form, timeout, uri, target, parameters, methods, resources];
