import { fail } from '@postern/core/checks';
import { ifCertain, knownWords, lacks, OTHER, pairOf, refusals, type Refusals, type View } from '@postern/core/overlay';
import { RESOURCE_ID } from './resources.js';

export const METHOD = 'aws_api_gateway_method';
export const METHODS = new Set(['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
/** In small letters. A word that no table lists is not judged. */
export const isMiswritten = (method: string): boolean => !METHODS.has(method) && METHODS.has(method.toUpperCase());
const DECLARATION = /^method\.request\.(?:querystring|path|header)\.(\S+)$/;

/** `RESOURCE/VERB`, the ID of a route. */
export function placeOf(view: View): string {
  return `${view.neededRef('resource_id', RESOURCE_ID)}/${view.needed('http_method')}`;
}

/** The parameters that a method declares, required or not. @throws {UnknownAttribute} */
export function declaredIn(method: View): readonly string[] {
  const value = method.value('request_parameters');
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html */
const methods: Refusals = refusals(
  [METHOD],
  {
    METHOD_TWICE: fail(
      `${OTHER} is {verb} of the same resource`,
      '[if isOwn: Undo what replaces it: it cannot exist twice.|Remove one of the two methods.]',
    ),
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
    if (same !== undefined) yield { ...say.METHOD_TWICE(about, { verb, ...pairOf({ view }, same) }), also };
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

const words = knownWords(
  [METHOD],
  [
    { attribute: 'http_method', known: [...METHODS] },
    {
      attribute: 'authorization',
      known: ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'],
      also: /^(?:none|aws_iam)$/i,
    },
  ],
);

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html `authorizerId` */
const authorization: Refusals = refusals(
  [METHOD],
  {
    AUTHORIZER_REQUIRED: fail(
      '{attribute} is not set, and the authorization is {type}',
      'Write the ID of an authorizer of the API, or NONE as the authorization.',
    ),
  },
  function* ({ view, about, named }, say) {
    const type = view.text('authorization')?.toUpperCase();
    const needs = type === 'CUSTOM' || type === 'COGNITO_USER_POOLS';
    if (needs && lacks(view, 'authorizer_id'))
      yield {
        ...say.AUTHORIZER_REQUIRED(about, { attribute: named('authorizer_id'), type }),
        also: [placeOf(view)],
      };
  },
);

export const methodRefusals: readonly Refusals[] = [methods, authorization, words];
