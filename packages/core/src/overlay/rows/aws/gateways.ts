import type { Gateway, Stage } from '../../../do/model/gateway.js';
import type { Link } from '../../../do/model/link.js';
import type { Route } from '../../../do/model/route.js';
import type { DraftRegion, Lead } from '../../draft/draft-region.js';
import type { View } from '../../draft/view.js';
import type { Row, Rows } from '../row.js';
import { AWS } from '../wanted.js';
import { layBody, refuseImported } from './body.js';
import { leadOf } from './leads.js';
import { tagged } from './network.js';

/** An ID as API Gateway gives it, with a letter for each kind. */
export const shortId = (letter: string) => (_: View, hash: string) => `tf${letter}${hash.slice(0, 8)}`;

/** HTTP and WebSocket APIs, and links of both versions. */
export const gatewayRows: Rows = {
  aws_apigatewayv2_vpc_link: {
    list: 'links',
    ids: { id: shortId('l') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('links', id);
      draft.put('links', {
        state: 'ready',
        nativeState: 'AVAILABLE',
        ...known,
        id,
        kind: 'vpc-link-v2',
        name: view.text('name') ?? id,
        subnetIds: view.refs('subnet_ids', AWS.subnet),
        securityGroupIds: view.refs('security_group_ids', AWS.group),
        tags: known?.tags ?? tagged(view).tags,
      } as Link);
    },
    remove: removeLink,
  },
  aws_api_gateway_vpc_link: {
    list: 'links',
    ids: { id: shortId('l') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('links', id);
      draft.put('links', {
        state: 'ready',
        nativeState: 'AVAILABLE',
        ...known,
        id,
        kind: 'vpc-link-v1',
        name: view.text('name') ?? id,
        subnetIds: [],
        securityGroupIds: [],
        loadBalancerIds: view.refs('target_arns', AWS.balancer),
        tags: known?.tags ?? tagged(view).tags,
      } as Link);
    },
    remove: removeLink,
  },
  aws_apigatewayv2_api: {
    list: 'gateways',
    ids: { id: shortId('a') },
    add: (view, place) => {
      const { draft } = place;
      const id = view.needed('id');
      const known = draft.get('gateways', id);
      draft.put('gateways', {
        stages: [],
        routes: [],
        integrations: [],
        ...known,
        id,
        name: view.text('name') ?? id,
        kind: view.text('protocol_type') === 'WEBSOCKET' ? 'websocket-api' : 'http-api',
        tags: known?.tags ?? tagged(view).tags,
        endpoint: view.flag('disable_execute_api_endpoint') === true ? 'disabled' : undefined,
      } as Gateway);
      layBody(view, place, id);
    },
  },
  aws_apigatewayv2_integration: {
    list: 'gateways',
    isPart: true,
    isRoute: true,
    ids: { id: shortId('i') },
    owner: (view) => view.ref('api_id', AWS.api),
    add: (view, { draft }) => {
      const id = view.needed('id');
      const gatewayId = view.neededRef('api_id', AWS.api);
      draft.lead(gatewayId, id, integrationLead(view, draft, draft.get('gateways', gatewayId)?.kind));
    },
    lose: (view, { draft }, what) => draft.loseLead(view.neededRef('api_id', AWS.api), view.needed('id'), what),
    remove: (view, { draft }) => draft.dropLead(view.needed('api_id'), view.needed('id')),
  },
  aws_apigatewayv2_route: {
    list: 'gateways',
    isPart: true,
    isRoute: true,
    ids: { id: shortId('r') },
    owner: (view) => view.ref('api_id', AWS.api),
    add: (view, { draft }) => {
      const id = view.needed('id');
      const gatewayId = view.neededRef('api_id', AWS.api);
      const target = view.ref('target', AWS.gatewayPart);
      const integrationId = target?.split('/').at(-1);
      const authorization = view.text('authorization_type') ?? 'NONE';
      const route = {
        id,
        gatewayId,
        key: view.needed('route_key'),
        open: authorization === 'NONE',
        authorization,
        integrationId,
      } as Route;
      refuseImported(view, draft, gatewayId);
      const lost = draft.lostLead(gatewayId, integrationId ?? '');
      if (lost !== undefined) throw view.unknown('target', [lost]);
      draft.route(gatewayId, route);
    },
    index: (view, { draft }) =>
      draft.address(view.neededRef('api_id', AWS.api), view.needed('id'), view.instance.address),
    lose: (view, { draft }) => draft.dropRoute(view.neededRef('api_id', AWS.api), view.needed('id')),
    remove: (view, { draft }) => draft.dropRoute(view.needed('api_id'), view.needed('id')),
  },
  aws_apigatewayv2_stage: {
    list: 'gateways',
    isPart: true,
    owner: (view) => view.ref('api_id', AWS.api),
    add: (view, { draft }) => {
      const name = view.needed('name');
      const variables = view.map('stage_variables');
      // A deployment that a stage gets is of the routes as they are then.
      const isNew =
        view.when === 'after' &&
        (view.instance.before === undefined ||
          view.instance.before['deployment_id'] !== view.instance.after?.['deployment_id']);
      draft.patch('gateways', view.neededRef('api_id', AWS.api), ({ stages }) => {
        const known = stages.find((one) => one.name === name);
        const stage: Stage = {
          ...known,
          name,
          autoDeploy: view.flag('auto_deploy') === true,
          deploymentId: view.ref('deployment_id', AWS.gatewayPart),
          ...(Object.keys(variables).length === 0 ? {} : { variables }),
          ...(isNew ? { served: undefined } : {}),
        };
        return { stages: [...stages.filter((one) => one !== known), stage] };
      });
    },
    remove: removeStage('api_id', 'name'),
  },
  aws_apigatewayv2_deployment: {
    list: 'gateways',
    isPart: true,
    ids: { id: shortId('d') },
    add: () => undefined,
    remove: () => undefined,
  },
};

/** A stage of a gateway, by its name. */
export function removeStage(api: string, name: string): NonNullable<Row['remove']> {
  return (view, { draft }) => {
    draft.patch('gateways', view.needed(api), ({ stages }) => ({
      stages: stages.filter((one) => one.name !== view.needed(name)),
    }));
  };
}

function removeLink(view: View, { draft }: { readonly draft: DraftRegion }): void {
  const id = view.needed('id');
  draft.remove('links', id);
  for (const one of draft.all('interfaces')) if (one.linkId === id) draft.remove('interfaces', one.id);
}

/** Where an integration leads, in the members of a route. */
function integrationLead(view: View, draft: DraftRegion, kind: Gateway['kind'] | undefined): Lead {
  if (view.text('connection_type') !== 'VPC_LINK') return {};
  const [tls] = view.blocks('tls_config');
  return leadOf(draft, kind, {
    linkId: view.neededRef('connection_id', AWS.gatewayPart),
    uri: kind === 'websocket-api' ? view.needed('integration_uri') : view.neededRef('integration_uri', AWS.uri),
    sends: view.text('integration_method'),
    timeoutMs: view.number('timeout_milliseconds'),
    parameters: view.map('request_parameters'),
    tls: tls === undefined ? undefined : { serverName: tls.text('server_name_to_verify') },
  });
}
