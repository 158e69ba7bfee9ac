import { backendParameters, methodParameters } from '@postern/core/internal/adapter';
import {
  HclBlocks,
  type ExportRow,
  type HclBody,
  type OwnedRoute,
  type OwnedSetting,
} from '@postern/core/internal/overlay';
import { ALL_METHODS, callsOf, methodOf, settingsName } from '../cloud/method-throttles.js';
import { authorizerId, backendUri, stageImport, stageRow } from '../../plans/export.js';

// Each row: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/, section Import.

/** `<resource>/<verb>` of a route. */
function placeOf({ gateway, route }: OwnedRoute) {
  const at = route.id.lastIndexOf('/');
  const [verb = '', path = ''] = route.key.split(' ');
  return { rest_api_id: gateway.id, resource_id: route.id.slice(0, at), http_method: verb, path };
}

const importId = ({ gateway, route }: OwnedRoute): string => `${gateway.id}/${route.id}`;

/** …/api_gateway_method: `API/RESOURCE/VERB`. */
export const methodRow: ExportRow<OwnedRoute> = {
  type: 'aws_api_gateway_method',
  key: importId,
  name: ({ name, route }) => `${name}_${route.key}`,
  importId,
  body: (one) => {
    const { path, ...place } = placeOf(one);
    const { authorization, settings = {} } = one.route;
    const declared = methodParameters(path, backendParameters(path, settings.parameters));
    return {
      ...place,
      authorization: authorization === 'API_KEY' ? 'NONE' : (authorization ?? 'NONE'),
      authorizer_id: authorizerId(settings),
      authorization_scopes: settings.scopes,
      api_key_required: settings.apiKey === true ? true : undefined,
      request_parameters: Object.keys(declared).length === 0 ? undefined : declared,
    };
  },
  note: ({ gateway: { id } }) =>
    `the resources of the paths of REST API ${id} are not written: a snapshot does not tell which of them Postern created`,
  // The name of the operation is the mark.
  ignored: () => ['operation_name'],
};

/** …/api_gateway_integration: `API/RESOURCE/VERB`. Of a V2 link it needs `integration_target`, from version 6 of the provider on. */
export const restIntegrationRow: ExportRow<OwnedRoute> = {
  type: 'aws_api_gateway_integration',
  key: importId,
  name: ({ name, route }) => `${name}_${route.key}`,
  importId,
  body: (one, { ref }) => {
    const { path, ...place } = placeOf(one);
    const { route, link, target } = one;
    const { settings = {} } = route;
    const uri = route.path === 'keep' ? undefined : backendUri(one, path);
    if (uri === undefined) return { lacks: 'the host or the path of its backend is not in the snapshot' };

    const isV1 = link.kind === 'vpc-link-v1';
    const parameters = backendParameters(path, settings.parameters);
    return {
      ...place,
      type: 'HTTP_PROXY',
      integration_http_method: route.method ?? place.http_method,
      uri,
      connection_type: 'VPC_LINK',
      connection_id: ref(isV1 ? 'aws_api_gateway_vpc_link' : 'aws_apigatewayv2_vpc_link', link.id),
      integration_target: isV1 ? undefined : target?.resourceId,
      timeout_milliseconds: settings.timeoutMs,
      response_transfer_mode: settings.stream === true ? 'STREAM' : undefined,
      request_parameters: Object.keys(parameters).length === 0 ? undefined : parameters,
      tls_config: route.anyAuthority === true ? new HclBlocks([{ insecure_skip_verification: true }]) : undefined,
    };
  },
};

/** …/api_gateway_stage: `API/STAGE`. It has the client certificate and the cluster of the cache, and no throttle. */
export const restStageRow: ExportRow<OwnedSetting> = {
  ...stageRow,
  type: 'aws_api_gateway_stage',
  parts: (one) => (one.throttle === undefined ? [one] : []),
};

const methodPath = ({ key }: OwnedSetting): string => (key === undefined ? ALL_METHODS : settingsName(key));

/** …/api_gateway_method_settings: `API/STAGE/METHOD_PATH`. */
export const methodSettingsRow: ExportRow<OwnedSetting> = {
  type: 'aws_api_gateway_method_settings',
  parts: (one) => {
    const { key, gateway, throttle } = one;
    if (throttle === undefined) return [];

    const methods = gateway.routes.map((route) => methodOf(route.key));
    return key === undefined ? [one] : callsOf(methodOf(key), methods).map((method) => ({ ...one, key: method }));
  },
  key: (one) => `${stageImport(one)}/${methodPath(one)}`,
  name: ({ name, key = 'all' }) => `${name}_${key}`,
  importId: (one) => `${stageImport(one)}/${methodPath(one)}`,
  body: (one) => {
    const { rate = -1, burst = -1 } = one.throttle ?? {};
    const limits = { throttling_rate_limit: rate, throttling_burst_limit: burst };
    return {
      rest_api_id: one.gateway.id,
      stage_name: one.stage.name,
      method_path: methodPath(one),
      settings: new HclBlocks([{ ...limits, ...cachingOf(one) }]),
    };
  },
};

/** How answers are cached. Settings for all methods cache GET alone; of another method its encryption alone is declared. */
function cachingOf({ key, cache }: OwnedSetting): HclBody {
  if (cache === undefined) return {};

  const { ttlSeconds, encrypted } = cache;
  const encryption = { cache_data_encrypted: encrypted };
  if (key !== undefined && methodOf(key).verb !== 'GET') return encryption;

  return { caching_enabled: true, cache_ttl_in_seconds: ttlSeconds, ...encryption };
}
