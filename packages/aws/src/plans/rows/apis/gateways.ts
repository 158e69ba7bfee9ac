import { canonicalJson, type Route, type Link, type Gateway, type Stage } from '@postern/core/internal/adapter';
import {
  type DraftRegion,
  isMarked,
  marksAt,
  type Row,
  type Rows,
  UnknownAttribute,
  type View,
} from '@postern/core/internal/overlay';
import { AWS, shortId } from '../id-forms.js';
import { canaryOf, deploymentRow, lastRoutes, putStage } from './deployments.js';
import { layBody, refuseImported } from './body.js';
import { knownText, uriOf, type Integration } from './backend-uri.js';
import { layLead } from './integration-target.js';
import { CANARY, canaryValues, plannedValues, variablesIn } from './stage-values.js';
import { tagged } from '../network.js';
import { stageThrottles } from './throttles.js';

const PAYLOAD_FORMATS: ReadonlySet<string> = new Set(['1.0', '2.0']);

const PROTOCOLS: ReadonlyMap<string, Gateway['kind']> = new Map([
  ['HTTP', 'http-api'],
  ['WEBSOCKET', 'websocket-api'],
]);

/** A link of a version, with what it is placed in or leads to. */
function linkRow(kind: Link['kind'], placed: (view: View) => Partial<Link>): Row {
  return {
    list: 'links',
    ids: { id: shortId('l') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const existing = draft.get('links', id);
      draft.put('links', {
        state: 'ready',
        nativeState: 'AVAILABLE',
        ...existing,
        id,
        kind,
        name: view.ifKnown(() => view.text('name')) ?? id,
        ...placed(view),
        tags: existing?.tags ?? tagged(view).tags,
      } as Link);
    },
    remove: removeLink,
  };
}

/** HTTP and WebSocket APIs, and links of both versions. */
export const gatewayRows: Rows = {
  aws_apigatewayv2_vpc_link: linkRow('vpc-link-v2', (view) => ({
    subnetIds: view.refs('subnet_ids', AWS.subnet),
    securityGroupIds: view.refs('security_group_ids', AWS.group),
  })),
  aws_api_gateway_vpc_link: linkRow('vpc-link-v1', (view) => ({
    subnetIds: [],
    securityGroupIds: [],
    loadBalancerIds: view.refs('target_arns', AWS.balancer),
  })),
  aws_apigatewayv2_api: {
    list: 'gateways',
    ids: { id: shortId('a') },
    add: (view, place) => {
      const id = putGateway(view, place.draft, {
        kind: view.listed('protocol_type', PROTOCOLS, 'http-api'),
        endpoint: view.flag('disable_execute_api_endpoint') === true ? 'disabled' : undefined,
      });
      layBody(view, place, id);
    },
  },
  aws_apigatewayv2_integration: {
    list: 'gateways',
    isPart: true,
    route: 'part',
    ids: { id: shortId('i') },
    owner: (view) => view.ref('api_id', AWS.api),
    add: (view, { draft }) => {
      const id = view.needed('id');
      const gatewayId = view.neededRef('api_id', AWS.api);
      layIntegration(view, draft, { gatewayId, id });
    },
    index: (view, { draft }) => {
      if (variablesIn(knownText(view, 'connection_id'), knownText(view, 'integration_uri')).length === 0) return;

      const of = { gatewayId: view.neededRef('api_id', AWS.api), id: view.needed('id') };
      draft.routes.named.set(`${of.gatewayId} ${of.id}`, () => layIntegration(view, draft, of));
    },
    lose: (view, { draft }, what) => draft.routes.loseLead(view.neededRef('api_id', AWS.api), view.needed('id'), what),
    remove: (view, { draft }) => draft.routes.dropLead(view.needed('api_id'), view.needed('id')),
  },
  aws_apigatewayv2_route: {
    list: 'gateways',
    isPart: true,
    route: 'whole',
    ids: { id: shortId('r') },
    owner: (view) => view.ref('api_id', AWS.api),
    add: (view, { draft }) => {
      const id = view.needed('id');
      const gatewayId = view.neededRef('api_id', AWS.api);
      const target = view.ref('target', AWS.integration);
      const integrationId = target?.split('/').at(-1);
      // It decides who may call, not where calls go.
      const authorization = view.ifKnown(() => view.text('authorization_type') ?? 'NONE');
      const route = {
        id,
        gatewayId,
        key: view.needed('route_key'),
        ...(authorization === undefined ? {} : { open: authorization === 'NONE', authorization }),
        integrationId,
      } as Route;
      refuseImported(view, draft, gatewayId);
      const lost = draft.routes.lostLead(gatewayId, integrationId ?? '');
      if (lost !== undefined) throw view.unknown('target', [lost]);

      draft.routes.put(gatewayId, route);
    },
    index: (view, { draft }) =>
      draft.routes.address(view.neededRef('api_id', AWS.api), view.needed('id'), view.instance.address),
    lose: (view, { draft }) => draft.routes.drop(view.neededRef('api_id', AWS.api), view.needed('id')),
    remove: (view, { draft }) => draft.routes.drop(view.needed('api_id'), view.needed('id')),
  },
  aws_apigatewayv2_stage: {
    ...stageRow('api_id', 'name', 'stage_variables'),
    sets: { route_settings: ['route_key', 'throttling_rate_limit', 'throttling_burst_limit'] },
  },
  aws_apigatewayv2_deployment: deploymentRow,
};

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
const INTEGRATION_TYPES: ReadonlySet<string> = new Set(['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK']);

/** Of integrations and of REST APIs. Others are unknown, in small letters refused. */
export const METHODS: ReadonlySet<string> = new Set(
  ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'].flatMap((one) => [one, one.toLowerCase()]),
);

const NO_THROTTLES = { throttle: {}, throttles: [] };

/** A stage of an API, by the names of its attributes. */
export function stageRow(api: string, name: string, variables: string): Row {
  return {
    list: 'gateways',
    isPart: true,
    owner: (view) => view.ref(api, AWS.api),
    index: (view, { draft }) => {
      const stage = view.text(name);
      if (view.instance.after === undefined || stage === undefined) return;

      const gatewayId = view.neededRef(api, AWS.api);
      const values = plannedValues(view, variables);
      draft.routes.stage(gatewayId, stage, values);
      for (const canary of view.blocks('canary_settings')) {
        const overrides = plannedValues(canary, 'stage_variable_overrides');
        draft.routes.stage(gatewayId, `${stage}${CANARY}`, canaryValues(overrides, values));
      }
    },
    add: (view, place) => {
      const { draft } = place;
      const gatewayId = view.neededRef(api, AWS.api);
      const own = view.needed(name);
      const values = view.map(variables);
      const { kind, stages = [] } = draft.get('gateways', gatewayId) ?? {};
      const known = stages.find((one) => one.name === own);
      const autoDeploy = view.flag('auto_deploy') === true;
      const stage: Stage = {
        name: own,
        autoDeploy,
        // Without automatic deployment a stage keeps the last one.
        deploymentId: view.ref('deployment_id', AWS.deployment) ?? known?.deploymentId,
        accessLog: accessLogOf(view),
        variables: Object.keys(values).length === 0 ? undefined : values,
        ...(kind === 'http-api' ? {} : { clientCertificate: stageCertificate(view, known) }),
        // Those of a REST API are resources of their own.
        ...(kind !== 'rest-api' ? stageThrottles(view, place, known) : known === undefined ? NO_THROTTLES : {}),
        ...(kind === 'rest-api'
          ? { cache: stageCache(view, known), canary: canaryOf(view, draft, gatewayId, known) }
          : {}),
      };
      const isKept = known?.autoDeploy === true && !autoDeploy && view.when === 'after';
      putStage(draft, gatewayId, stage, isKept ? lastRoutes(view, draft, gatewayId) : undefined);
      if (isChanged(view, variables)) followVariables(draft, gatewayId, own);
    },
    remove: (view, { draft }) => {
      const { actions, before, after } = view.instance;
      // What the plan does not say of a stage that it updates stays.
      if (actions.includes('update') && before?.[name] === after?.[name]) return;

      draft.patch('gateways', view.needed(api), ({ stages }) => ({
        stages: stages.filter((one) => one.name !== view.needed(name)),
      }));
    },
  };
}

/** The access log of a stage. A destination that the plan creates has no ARN yet. */
function accessLogOf(view: View): Stage['accessLog'] {
  const [log] = view.blocks('access_log_settings');
  if (log === undefined) return {};

  return {
    destination: log.ifKnown(() => log.text('destination_arn')) ?? view.instance.address,
    format: log.ifKnown(() => log.text('format')),
  };
}

/** Whether the plan changes an attribute of what exists. */
function isChanged({ instance, when }: View, name: string): boolean {
  const { before, after, unknown } = instance;
  if (when === 'before' || before === undefined) return false;

  return (
    canonicalJson(before[name] ?? null) !== canonicalJson(after?.[name] ?? null) || isMarked(marksAt(unknown, [name]))
  );
}

/** The client certificate that a stage presents. When a new one ends is not in a plan. */
function stageCertificate(view: View, known: Stage | undefined): Stage['clientCertificate'] {
  const id = view.ref('client_certificate_id', AWS.gatewayPart);
  const { clientCertificate } = known ?? {};
  if (id === undefined) return {};

  return clientCertificate?.id === id ? clientCertificate : { id };
}

/** The cache of a stage. The settings of methods that a new one has are in other resources. */
function stageCache(view: View, known: Stage | undefined): Stage['cache'] {
  if (view.flag('cache_cluster_enabled') !== true) return {};

  return known?.cache?.size === undefined ? undefined : known.cache;
}

function removeLink(view: View, { draft }: { readonly draft: DraftRegion }): void {
  const id = view.needed('id');
  draft.remove('links', id);
  for (const one of draft.all('interfaces')) if (one.linkId === id) draft.remove('interfaces', one.id);
}

function layIntegration(view: View, draft: DraftRegion, of: { readonly gatewayId: string; readonly id: string }): void {
  const { gatewayId, id } = of;
  const kind = draft.get('gateways', gatewayId)?.kind;
  if (view.text('connection_type') !== 'VPC_LINK') {
    draft.routes.lead(gatewayId, id, {});
    return;
  }

  view.word('integration_type', INTEGRATION_TYPES);
  if (!view.isUnknown('integration_method')) view.word('integration_method', METHODS);
  if (!view.isUnknown('payload_format_version')) view.word('payload_format_version', PAYLOAD_FORMATS);
  const [tls] = view.blocks('tls_config');
  const integration: Integration = {
    linkId: view.neededRef('connection_id', AWS.link),
    uri: kind === 'websocket-api' ? uriOf(view, 'integration_uri') : view.neededRef('integration_uri', AWS.uri),
    sends: view.ifKnown(() => view.text('integration_method')),
    timeoutMs: view.ifKnown(() => view.number('timeout_milliseconds')),
    parameters: view.map('request_parameters'),
    tls: tls === undefined ? undefined : { serverName: tls.text('server_name_to_verify') },
  };
  layLead(view, draft, of, integration, 'integration_uri');
}

/** An API, with the routes that it has already. Returns its ID. */
export function putGateway(
  view: View,
  draft: DraftRegion,
  settings: Pick<Gateway, 'kind' | 'endpoint' | 'denies'>,
): string {
  const id = view.needed('id');
  const known = draft.get('gateways', id);
  draft.put('gateways', {
    stages: [],
    routes: [],
    integrations: [],
    ...known,
    id,
    name: view.ifKnown(() => view.text('name')) ?? id,
    tags: known?.tags ?? tagged(view).tags,
    ...settings,
  } as Gateway);
  return id;
}

/** A stage whose variables change: unchanged routes that are named by these variables get other backends. */
function followVariables(draft: DraftRegion, gatewayId: string, stage: string): void {
  const gateway = draft.get('gateways', gatewayId);
  for (const { key, integrationId = '', variables = [] } of gateway?.routes ?? []) {
    if (variables.length === 0 || draft.routes.isLed(gatewayId, integrationId)) continue;

    const named = `${key} is named by ${variables.join(', ')} of stage ${stage}, which the plan changes`;
    const lay = draft.routes.named.get(`${gatewayId} ${integrationId}`);
    try {
      lay?.();
    } catch (error) {
      if (!(error instanceof UnknownAttribute)) throw error;

      draft.routes.loseLead(
        gatewayId,
        integrationId,
        `${named}: ${error.attribute} of ${error.address}: ${error.reasons.join('; ')}`,
      );
      continue;
    }
    if (lay === undefined)
      draft.routes.loseLead(gatewayId, integrationId, `${named}, and its integration is in no file`);
    else draft.routes.serveLead(gatewayId, integrationId);
  }
}
