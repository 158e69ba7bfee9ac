import { fail, undecided } from '@postern/core/checks';
import { ifCertain, lacks, refusals, type Refusals, textOf, type View } from '@postern/core/overlay';
import { AWS } from '../../../plans/rows/id-forms.js';
import { METHOD, placeOf } from './methods.js';

const INTEGRATION = 'aws_api_gateway_integration';
const API = 'aws_api_gateway_rest_api';

/** The place of a part of an API, where the part is of it; `undefined` where either is not known. */
function placeIn(api: string, one: View): string | undefined {
  return ifCertain(() => (one.neededRef('rest_api_id', AWS.api) === api ? placeOf(one) : ''));
}

/**
 * Deployments of REST APIs. One that is created before a method of the same plan does not see it.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html
 * @see https://github.com/hashicorp/terraform/issues/6733 "No integration defined for method", "The REST API doesn't contain any methods"
 */
const deployments: Refusals = refusals(
  ['aws_api_gateway_deployment'],
  {
    METHOD_WITHOUT_INTEGRATION: undecided(
      '{method} has no integration: CreateDeployment refuses an API with such a method, unless it is created before the method',
      'Write an integration of {method}, or remove it.',
    ),
    NO_METHOD: fail('{api} has no method: CreateDeployment refuses it', 'Write a method and its integration.'),
  },
  function* ({ view, about, others }, say) {
    const api = view.neededRef('rest_api_id', AWS.api);
    const own = others(API).find((one) => textOf(one, 'id') === api);
    // Routes of a document, and those of an API that exists, are in no resource.
    const isWhole = own !== undefined && own.instance.before === undefined && lacks(own, 'body');
    const methods = others(METHOD).map((one) => ({ one, place: placeIn(api, one) }));
    if (isWhole && methods.every(({ place }) => place === '')) yield say.NO_METHOD(about, { api });
    const places = others(INTEGRATION).map((one) => placeIn(api, one));
    if (places.includes(undefined)) return;

    for (const { one, place } of methods)
      if (place !== undefined && place !== '' && one.instance.before === undefined && !places.includes(place))
        yield say.METHOD_WITHOUT_INTEGRATION(about, { method: one.instance.address }, undefined);
  },
);

export const deploymentRefusals: readonly Refusals[] = [deployments];
