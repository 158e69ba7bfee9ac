import { fail } from '@postern/core/checks';
import {
  ifCertain,
  knownWords,
  lacks,
  pairOf,
  refusals,
  type Refusals,
  routeKeyFault,
  textOf,
  variableClash,
} from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';
import { apiOf, keptRoutes } from './facts.js';

/**
 * Routes of HTTP and WebSocket APIs: their keys, by the rule that specs have, and no key twice in an API.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html ConflictException
 */
const routes: Refusals = refusals(
  ['aws_apigatewayv2_route'],
  {
    ROUTE_KEY_FORM: fail('{attribute} is {key}: {fault}', '{remedy}'),
    ROUTE_KEY_TWICE: fail(
      '{attribute} is {key}, which [if isOwn: what it replaces has until the new one exists|is also the key of {other}|another route of the API has already]: CreateRoute answers 409',
      '[if isOwn: Undo what replaces it: it cannot exist twice.|Remove one of the two routes, or give it another key.]',
    ),
    ROUTE_VARIABLE_CLASH: fail(
      '{attribute} is {key}, and the API has {kept}, which differs in names of variables alone: CreateRoute answers 409',
      'Remove one of the two routes, or give both the same names of variables.',
    ),
  },
  function* (asked, say) {
    const { view, about, named, others } = asked;
    const key = view.needed('route_key');
    const attribute = named('route_key');
    const { gateway, traits } = apiOf(asked) ?? {};
    // Of keys of messages it is known of those with a dollar sign alone which there are.
    const isJudged = gateway?.kind === 'http-api' || key.startsWith('$');
    const fault = traits === undefined || !isJudged ? undefined : routeKeyFault(traits, key);
    if (fault !== undefined)
      yield say.ROUTE_KEY_FORM(
        about,
        { attribute, key, fault: fault.message },
        { words: { remedy: fault.remedy ?? 'Write another key.' } },
      );
    const api = view.neededRef('api_id', AWS.api);
    const same = others('aws_apigatewayv2_route').find(
      (one) => textOf(one, 'route_key') === key && ifCertain(() => one.ref('api_id', AWS.api)) === api,
    );
    const stay = gateway === undefined ? [] : [...keptRoutes(asked, gateway)];
    const beside = others('aws_apigatewayv2_route')
      .filter((one) => ifCertain(() => one.ref('api_id', AWS.api)) === api)
      .flatMap((one) => textOf(one, 'route_key') ?? []);
    const clash = traits && [...stay, ...beside].find((one) => variableClash(traits, key, one) !== undefined);
    if (clash !== undefined) yield say.ROUTE_VARIABLE_CLASH(about, { attribute, key, kept: clash });
    const isKept = view.instance.before === undefined && stay.includes(key);
    if (same === undefined && !isKept) return;

    const pair = same === undefined ? { isOwn: false, other: undefined } : pairOf(asked, same);
    yield say.ROUTE_KEY_TWICE(about, { attribute, key, ...pair });
  },
);

const TYPES = ['aws_apigatewayv2_route'];

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
const authorization: Refusals = refusals(
  TYPES,
  {
    KEY_REQUIRED: fail('{attribute} is true, and an HTTP API has no keys', 'Remove {attribute}.'),
    AUTHORIZED_MESSAGE: fail(
      '{attribute} is {type}, and a WebSocket API authorizes $connect alone',
      'Write it at the route $connect, or NONE.',
    ),
    AUTHORIZER_REQUIRED: fail(
      '{attribute} is not set, and the authorization type is {type}',
      'Write the ID of an authorizer of the API, or NONE as the type.',
    ),
    AUTHORIZER_MISFIT: fail(
      '{attribute} is set, and the authorization type is {type}',
      'Remove {attribute}, or write CUSTOM or JWT as the type.',
    ),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    const kind = apiOf(asked)?.gateway.kind;
    const type = view.text('authorization_type') ?? 'NONE';
    const attribute = named('authorizer_id');
    const needs = type === 'CUSTOM' || type === 'JWT';
    if (needs && lacks(view, 'authorizer_id')) yield say.AUTHORIZER_REQUIRED(about, { attribute, type });
    if ((type === 'NONE' || type === 'AWS_IAM') && textOf(view, 'authorizer_id') !== undefined)
      yield say.AUTHORIZER_MISFIT(about, { attribute, type });
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
    if (kind === 'websocket-api' && type !== 'NONE' && (view.text('route_key') !== '$connect' || type === 'JWT'))
      yield say.AUTHORIZED_MESSAGE(about, { attribute: named('authorization_type'), type });
    if (kind === 'http-api' && view.flag('api_key_required') === true)
      yield say.KEY_REQUIRED(about, { attribute: named('api_key_required') });
  },
);

const words = knownWords(TYPES, [{ attribute: 'authorization_type', known: ['NONE', 'AWS_IAM', 'CUSTOM', 'JWT'] }]);

export const routeRefusals: readonly Refusals[] = [routes, authorization, words];
