import { fail } from '@postern/core/checks';
import { ifCertain, OTHER, pairOf, refusals, type Refusals, textOf } from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';
import { keptRoutes, apiOf } from './facts.js';

/** Stages of HTTP and WebSocket APIs, and of REST APIs: by the attributes of each. */
interface Kind {
  readonly type: string;
  readonly api: string;
  readonly name: string;
  readonly variables: string;
}

const KINDS: readonly Kind[] = [
  { type: 'aws_apigatewayv2_stage', api: 'api_id', name: 'name', variables: 'stage_variables' },
  { type: 'aws_api_gateway_stage', api: 'rest_api_id', name: 'stage_name', variables: 'variables' },
];

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html, and API_CreateStage of REST APIs */
const NAME = /^[a-zA-Z0-9_-]{1,128}$/;
const VALUE = /^[A-Za-z0-9\-._~:/?#&=,]{1,512}$/;

const CODES = {
  STAGE_TWICE: fail(
    `${OTHER} has the name {name} as well: an API has each stage once`,
    '[if isOwn: Undo what replaces it: it cannot exist twice.|Remove one of the two stages, or give it another name.]',
  ),
  STAGE_NAME: fail(
    '{attribute} is {name}: expected 1 to 128 letters, digits, hyphens and underscores[if hasDefault: , or $default]',
    'Write such a name.',
  ),
  VARIABLE_NAME: fail('{attribute} has {name}: expected letters, digits and underscores', 'Write such a name.'),
  VARIABLE_VALUE: fail(
    '{attribute} has {name} = {value}: expected 1 to 512 letters, digits and -._~:/?#&=,',
    'Write such a value.',
  ),
} as const;

const stages: readonly Refusals[] = KINDS.map((kind) =>
  refusals([kind.type], CODES, function* (asked, say) {
    const { view, about, named, others } = asked;
    const name = view.needed(kind.name);
    const hasDefault = kind.api === 'api_id';
    if (!NAME.test(name) && !(hasDefault && name === '$default'))
      yield say.STAGE_NAME(about, { attribute: named(kind.name), name }, { words: { hasDefault } });
    const attribute = named(kind.variables);
    for (const [key, value] of Object.entries(view.map(kind.variables))) {
      if (!/^\w+$/.test(key)) yield say.VARIABLE_NAME(about, { attribute, name: key });
      if (!VALUE.test(value)) yield say.VARIABLE_VALUE(about, { attribute, name: key, value });
    }
    const api = view.neededRef(kind.api, AWS.api);
    const same = others(kind.type).find(
      (one) => textOf(one, kind.name) === name && ifCertain(() => one.ref(kind.api, AWS.api)) === api,
    );
    if (same !== undefined) yield say.STAGE_TWICE(about, { name, ...pairOf(asked, same) });
  }),
);

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html */
const settings: Refusals = refusals(
  ['aws_apigatewayv2_stage'],
  {
    SETTINGS_WITHOUT_ROUTE: fail(
      '{attribute} has the key {key}, and the API has no such route: CreateStage answers 404',
      'Write the key of a route, or remove the block.',
    ),
  },
  function* (asked, say) {
    const { view, about, named, others } = asked;
    const api = apiOf(asked);
    if (api?.gateway.kind !== 'http-api') return;

    const written = others('aws_apigatewayv2_route');
    const isOpen = written.some((one) => textOf(one, 'route_key') === undefined);
    const isBody = others('aws_apigatewayv2_api').some(
      (one) => textOf(one, 'id') === api.gateway.id && (one.isUnknown('body') || textOf(one, 'body') !== undefined),
    );
    if (isOpen || isBody || asked.draft.routes.lost.some(({ gatewayId }) => gatewayId === api.gateway.id)) return;

    const keys = new Set([...keptRoutes(asked, api.gateway), ...written.map((one) => textOf(one, 'route_key'))]);
    for (const key of view.blocks('route_settings').flatMap((one) => textOf(one, 'route_key') ?? []))
      if (!keys.has(key)) yield say.SETTINGS_WITHOUT_ROUTE(about, { attribute: named('route_settings'), key });
  },
);

export const stageRefusals: readonly Refusals[] = [...stages, settings];
