import { fail } from '@postern/core/checks';
import { ifCertain, refusals, routeKeyFault, type Refusals } from '@postern/core/overlay';
import { AWS } from '../rows/wanted.js';
import { apiOf, keptRoutes, textOf } from './facts.js';

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
      '{attribute} is {key}, which [is also the key of {other}|another route of the API has already]: CreateRoute answers 409',
      'Remove one of the two routes, or give it another key.',
    ),
  },
  function* (asked, say) {
    const { view, about, named, others } = asked;
    const key = view.needed('route_key');
    const attribute = named('route_key');
    const { gateway, traits } = apiOf(asked) ?? {};
    const fault = traits === undefined ? undefined : routeKeyFault(traits, key);
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
    const isKept = gateway !== undefined && view.instance.before === undefined && keptRoutes(asked, gateway).has(key);
    if (same === undefined && !isKept) return;
    yield say.ROUTE_KEY_TWICE(about, { attribute, key, other: same?.instance.address });
  },
);

/**
 * Stages of an API have names of their own.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html ConflictException
 */
const stages: Refusals = refusals(
  ['aws_apigatewayv2_stage'],
  {
    STAGE_TWICE: fail(
      '{other} has the name {name} as well: an API has each stage once',
      'Remove one of the two stages, or give it another name.',
    ),
  },
  function* ({ view, about, others }, say) {
    const name = view.needed('name');
    const api = view.neededRef('api_id', AWS.api);
    const same = others('aws_apigatewayv2_stage').find(
      (one) => textOf(one, 'name') === name && ifCertain(() => one.ref('api_id', AWS.api)) === api,
    );
    if (same !== undefined) yield say.STAGE_TWICE(about, { name, other: same.instance.address });
  },
);

export const routeRefusals: readonly Refusals[] = [routes, stages];
