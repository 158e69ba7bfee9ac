import type { Route, Gateway } from '@postern/core/internal/adapter';
import type { DraftRegion, Rows, View, Place, Row } from '@postern/core/internal/overlay';
import { AWS, shortId } from '../../plans/rows/id-forms.js';
import { layBody, refuseImported } from '../../plans/rows/apis/body.js';
import { deploymentRow, isMade, putStage } from '../../plans/rows/apis/deployments.js';
import { METHODS, putGateway, stageRow } from '../../plans/rows/apis/gateways.js';
import { knownText, uriOf, type Integration } from '../../plans/rows/apis/backend-uri.js';
import { layLead } from '../../plans/rows/apis/integration-target.js';
import { variablesIn } from '../../plans/rows/apis/stage-values.js';
import { denialOf } from '../cloud/resource-policy.js';
import type { Stage, Throttle } from '@postern/core/internal/snapshot';
import { ifKnown, limitsIn } from '../../plans/rows/apis/throttles.js';
import { ALL_METHODS, callsOf, methodOf, routeThrottles, settingsKey } from '../cloud/method-throttles.js';

type Throttles = Pick<Stage, 'throttle' | 'throttles'>;

/**
 * Settings of one method of a REST API, or of all (`*\/*`).
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_method_settings
 */
const methodSettingsRow: Row = {
  list: 'gateways',
  isPart: true,
  owner: (view) => view.ref('rest_api_id', AWS.api),
  add: (view, place) => {
    const [block] = view.blocks('settings');
    limit(view, place, block === undefined ? {} : ifKnown(view, place, () => limitsIn(block, -1)));
  },
  remove: (view, place) => limit(view, place, {}),
};

/** Undefined limits: not known. */
function limit(view: View, { draft }: Place, limits: Throttle | undefined): void {
  const name = view.needed('stage_name');
  const method = view.needed('method_path');
  draft.patch('gateways', view.neededRef('rest_api_id', AWS.api), (gateway) => ({
    stages: gateway.stages.map((one) =>
      one.name === name ? { ...one, ...limited(gateway, one, method, limits) } : one,
    ),
  }));
}

function limited({ routes }: Gateway, stage: Stage, method: string, limits: Throttle | undefined): Throttles {
  if (method === ALL_METHODS) return { throttle: limits };

  const { throttles } = stage;
  if (throttles === undefined || limits === undefined) return { throttles: undefined };

  const methods = routes.map(({ key }) => methodOf(key));
  const found = new Map(
    throttles.flatMap(({ key, throttle = {} }) =>
      callsOf(methodOf(key), methods).map((one) => [one, throttle] as const),
    ),
  );
  found.delete(settingsKey(method));
  if (Object.keys(limits).length > 0) found.set(settingsKey(method), limits);
  // Those of a route for all methods stay besides: others of the plan may follow.
  for (const { key, throttle = {} } of routeThrottles(found, methods)) found.set(key, throttle);
  return { throttles: [...found].map(([key, throttle]) => ({ key, throttle })) };
}

/** A resource of a REST API. The root has an attribute of its own. */
const RESOURCE = { attribute: 'id', form: /^[a-z0-9]{5,}$/ };

/** REST APIs. A route is a method of a resource, with its integration. */
export const restRows: Rows = {
  aws_api_gateway_rest_api: {
    list: 'gateways',
    ids: { id: shortId('a'), root_resource_id: shortId('p') },
    // Paths of an API that does not change are below its root, too.
    index: (view, { draft }) => {
      const root = view.text('root_resource_id');
      if (root !== undefined) draft.routes.path(view.needed('id'), root, '/');
    },
    add: (view, place) => {
      const { draft } = place;
      const id = view.needed('id');
      const types = view.blocks('endpoint_configuration').flatMap((one) => one.texts('types'));
      const endpoint = types.includes('PRIVATE')
        ? 'private'
        : view.flag('disable_execute_api_endpoint') === true
          ? 'disabled'
          : undefined;
      const denies = deniedBy(view, draft.get('gateways', id)?.denies);
      putGateway(view, draft, { kind: 'rest-api', endpoint, denies });
      draft.routes.path(id, view.needed('root_resource_id'), '/');
      layBody(view, place, id);
    },
  },
  aws_api_gateway_rest_api_policy: {
    list: 'gateways',
    isPart: true,
    owner: (view) => view.ref('rest_api_id', AWS.api),
    add: (view, { draft }) =>
      draft.patch('gateways', view.neededRef('rest_api_id', AWS.api), ({ denies }) => ({
        denies: deniedBy(view, denies),
      })),
    remove: (view, { draft }) => draft.patch('gateways', view.needed('rest_api_id'), () => ({ denies: undefined })),
  },
  aws_api_gateway_resource: {
    list: 'gateways',
    isPart: true,
    route: 'part',
    ids: { id: shortId('p') },
    owner: (view) => view.ref('rest_api_id', AWS.api),
    add: () => undefined,
    index: (view, { draft }) => {
      const api = view.neededRef('rest_api_id', AWS.api);
      const path = view.text('path');
      draft.routes.path(
        api,
        view.needed('id'),
        path ?? { parent: view.neededRef('parent_id', RESOURCE), part: view.needed('path_part') },
      );
    },
    remove: () => undefined,
  },
  aws_api_gateway_method: { list: 'gateways', isPart: true, add: () => undefined, remove: () => undefined },
  aws_api_gateway_integration: {
    list: 'gateways',
    isPart: true,
    route: 'whole',
    owner: (view) => view.ref('rest_api_id', AWS.api),
    add: (view, { draft }) => {
      const api = view.neededRef('rest_api_id', AWS.api);
      const resource = view.neededRef('resource_id', RESOURCE);
      const path = draft.routes.pathOf(api, resource);
      if (path === undefined)
        throw view.unknown('resource_id', [`the path of resource ${resource} is not in ${view.lookup.words.plan}`]);

      const verb = view.word('http_method', METHODS) ?? view.needed('http_method');
      const id = `${resource}/${verb}`;
      refuseImported(view, draft, api);
      layIntegration(view, draft, { gatewayId: api, id }, path);
      const known = draft.get('gateways', api)?.routes.find((one) => one.id === id);
      draft.routes.put(api, { ...known, id, gatewayId: api, key: `${verb} ${path}`, integrationId: id } as Route);
    },
    index: (view, { draft }) => {
      const resource = view.neededRef('resource_id', RESOURCE);
      const api = view.neededRef('rest_api_id', AWS.api);
      const id = `${resource}/${view.needed('http_method')}`;
      draft.routes.address(api, id, view.instance.address);
      const texts = ['connection_id', 'uri', 'integration_target'].map((one) => knownText(view, one));
      const of = { gatewayId: api, id };
      if (variablesIn(...texts).length > 0)
        draft.routes.named.set(`${api} ${id}`, () =>
          layIntegration(view, draft, of, draft.routes.pathOf(api, resource)),
        );
    },
    lose: (view, { draft }) => {
      const resource = view.neededRef('resource_id', RESOURCE);
      draft.routes.drop(view.neededRef('rest_api_id', AWS.api), `${resource}/${view.needed('http_method')}`);
    },
    remove: (view, { draft }) =>
      draft.routes.drop(view.needed('rest_api_id'), `${view.needed('resource_id')}/${view.needed('http_method')}`),
  },
  aws_api_gateway_deployment: {
    ...deploymentRow,
    owner: (view) => view.ref('rest_api_id', AWS.api),
    // With the name of a stage, a deployment creates or changes it. Its deletion leaves the stage.
    add: (view, { draft }) => {
      const name = view.text('stage_name');
      if (name === undefined || name === '' || (view.when === 'after' && !isMade(view))) return;

      const deploymentId = view.needed('id');
      putStage(draft, view.neededRef('rest_api_id', AWS.api), { name, autoDeploy: false, deploymentId });
    },
  },
  aws_api_gateway_client_certificate: {
    list: 'gateways',
    isPart: true,
    ids: { id: shortId('cc') },
    add: () => undefined,
    remove: () => undefined,
  },
  aws_api_gateway_stage: stageRow('rest_api_id', 'stage_name', 'variables'),
  aws_api_gateway_method_settings: methodSettingsRow,
};

/** What the policy of an API denies. One that is not known denies as much as the former. */
function deniedBy(view: View, former: Gateway['denies']): Gateway['denies'] {
  const policy = view.ifKnown(() => view.value('policy'));
  return policy === undefined ? former : denialOf(policy);
}

function layIntegration(
  view: View,
  draft: DraftRegion,
  of: { readonly gatewayId: string; readonly id: string },
  path: string | undefined,
): void {
  if (view.text('connection_type') !== 'VPC_LINK') {
    draft.routes.lead(of.gatewayId, of.id, {});
    return;
  }

  const [tls] = view.blocks('tls_config');
  const integration: Integration = {
    linkId: view.neededRef('connection_id', AWS.link),
    uri: uriOf(view, 'uri'),
    sends: view.word('integration_http_method', METHODS),
    timeoutMs: view.ifKnown(() => view.number('timeout_milliseconds')),
    path,
    parameters: view.isUnknown('request_parameters') ? undefined : view.map('request_parameters'),
    balancer: view.ref('integration_target', AWS.balancer),
    anyAuthority: tls?.flag('insecure_skip_verification') === true,
  };
  layLead(view, draft, of, integration, 'uri');
}
