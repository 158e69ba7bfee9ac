import { isChanged, word, type Act, type ActValues, type Caller, type Input } from '@postern/core/internal/overlay';
import { arnIn } from '../../../plans/acts/calls.js';
import { deleted, patched, inBlock, keyed, patches, replaced, type Patch, type PatchesOf } from './methods.js';

/**
 * What of a stage changes in place.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/stage.go
 */
const STAGE: Readonly<Record<string, PatchesOf>> = {
  cache_cluster_enabled: replaced('/cacheClusterEnabled'),
  client_certificate_id: replaced('/clientCertificateId'),
  canary_settings: inBlock(
    {
      deployment_id: replaced('/canarySettings/deploymentId'),
      percent_traffic: replaced('/canarySettings/percentTraffic'),
      stage_variable_overrides: keyed('/canarySettings/stageVariableOverrides', false),
      use_stage_cache: replaced('/canarySettings/useStageCache'),
    },
    '/canarySettings',
  ),
  deployment_id: replaced('/deploymentId'),
  description: replaced('/description'),
  documentation_version: replaced('/documentationVersion'),
  variables: keyed('/variables', false),
  xray_tracing_enabled: replaced('/tracingEnabled'),
};

/** What needs that the account has a role for logs: where none is known, it is not sent, and changes nothing that calls notice. */
const LOGS: Readonly<Record<string, PatchesOf>> = {
  access_log_settings: inBlock(
    {
      destination_arn: replaced('/accessLogSettings/destinationArn'),
      format: replaced('/accessLogSettings/format'),
    },
    '/accessLogSettings',
  ),
};

const hasLogsRole = (caller: Caller): boolean =>
  word(caller.call('apigateway.GetAccount', {}).cloudwatchRoleArn) !== undefined;

const ofStage = (values: ActValues): Input => ({
  restApiId: word(values['rest_api_id']),
  stageName: word(values['stage_name']),
});

function send(stage: Input, patchOperations: readonly Patch[], caller: Caller): void {
  if (patchOperations.length > 0) caller.call('apigateway.UpdateStage', { ...stage, patchOperations });
}

function updateStage(before: ActValues, values: ActValues, caller: Caller): void {
  const table = hasLogsRole(caller) ? { ...STAGE, ...LOGS } : STAGE;
  const size =
    isChanged(before, values, 'cache_cluster_size') && word(values['cache_cluster_enabled']) === 'true'
      ? replaced('/cacheClusterSize')(undefined, values['cache_cluster_size'])
      : [];
  send(ofStage(before), [...patches(before, values, table), ...size], caller);
}

const SETTINGS: Readonly<Record<string, string>> = {
  metrics_enabled: 'metrics/enabled',
  throttling_burst_limit: 'throttling/burstLimit',
  throttling_rate_limit: 'throttling/rateLimit',
  caching_enabled: 'caching/enabled',
  cache_ttl_in_seconds: 'caching/ttlInSeconds',
  cache_data_encrypted: 'caching/dataEncrypted',
  require_authorization_for_cache_control: 'caching/requireAuthorizationForCacheControl',
  unauthorized_cache_control_header_strategy: 'caching/unauthorizedCacheControlHeaderStrategy',
};
const LOG_SETTINGS = { logging_level: 'logging/loglevel', data_trace_enabled: 'logging/dataTrace' };

/** The settings of a method, or of all: each that is set is a patch. */
function setMethods(before: ActValues, values: ActValues, caller: Caller): void {
  const names = hasLogsRole(caller) ? { ...SETTINGS, ...LOG_SETTINGS } : SETTINGS;
  const path = `/${word(values['method_path'])}`;
  const settings = Object.entries(names).map(([name, end]) => {
    const patchesOf: PatchesOf = (_before, value) => {
      const text = word(value);
      return text === undefined ? [] : [{ op: 'replace', path: `${path}/${end}`, value: text }];
    };
    return [name, patchesOf] as const;
  });
  send(ofStage(values), patches(before, values, { settings: inBlock(Object.fromEntries(settings)) }), caller);
}

/** Deployments, stages and the settings of their methods. */
export const stageActs: Readonly<Record<string, Act>> = {
  aws_api_gateway_deployment: {
    operation: 'apigateway.CreateDeployment',
    create: (values, caller) => {
      const input = caller.fill('apigateway.CreateDeployment', values);
      const { id: deploymentId } = caller.call('apigateway.CreateDeployment', input);
      const { restApiId } = input;
      const made = { restApiId, deploymentId, embed: ['apisummary'] };
      const { apiSummary = {} } = caller.call('apigateway.GetDeployment', made);
      const serves = Object.entries(apiSummary as Readonly<Record<string, object>>).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method} ${path}`),
      );
      return { id: deploymentId, serves };
    },
    update: patched(
      'apigateway.UpdateDeployment',
      { restApiId: 'rest_api_id', deploymentId: 'id' },
      { description: replaced('/description') },
    ),
    remove: deleted('apigateway.DeleteDeployment', { restApiId: 'rest_api_id', deploymentId: 'id' }),
    owners: ['rest_api_id'],
    feeds: ['rest_api_id'],
    isConsumer: true,
  },
  aws_api_gateway_stage: {
    gives: ['invoke_url', 'execution_arn'],
    create: (values, caller) => {
      const input = caller.fill('apigateway.CreateStage', values, { tracingEnabled: 'xray_tracing_enabled' });
      caller.call('apigateway.CreateStage', input);
      const [api, stage] = [String(input['restApiId']), String(input['stageName'])];
      return {
        id: `ags-${api}-${stage}`,
        stage_name: stage,
        invoke_url: `https://${api}.execute-api.${caller.region}.amazonaws.com/${stage}`,
        execution_arn: arnIn(caller, 'execute-api', `${api}/${stage}`),
      };
    },
    // Members that the creation does not have.
    after: (values, _outputs, caller) => {
      const { rest_api_id, stage_name, client_certificate_id, access_log_settings } = values;
      updateStage({ rest_api_id, stage_name }, { client_certificate_id, access_log_settings }, caller);
    },
    update: updateStage,
    remove: (before, caller) => void caller.call('apigateway.DeleteStage', ofStage(before)),
    owners: ['rest_api_id'],
    feeds: ['rest_api_id'],
    isConsumer: true,
  },
  aws_api_gateway_method_settings: {
    create: (values, caller) => {
      setMethods({}, values, caller);
      const { restApiId, stageName } = ofStage(values);
      return { id: `${String(restApiId)}-${String(stageName)}-${word(values['method_path'])}` };
    },
    update: (before, values, caller) => setMethods(before, { ...before, ...values }, caller),
    remove: (before, caller) => {
      const key = String(word(before['method_path']));
      const { methodSettings = {} } = caller.call('apigateway.GetStage', ofStage(before));
      if (key in methodSettings) send(ofStage(before), [{ op: 'remove', path: `/${key}` }], caller);
    },
    owners: ['rest_api_id'],
  },
  aws_api_gateway_account: {
    create: (values, caller) => {
      const patchOperations = replaced('/cloudwatchRoleArn')(undefined, values['cloudwatch_role_arn']);
      caller.call('apigateway.UpdateAccount', { patchOperations });
      return { id: 'api-gateway-account' };
    },
    update: patched('apigateway.UpdateAccount', {}, { cloudwatch_role_arn: replaced('/cloudwatchRoleArn') }),
    remove: () => undefined,
    isAuxiliary: true,
    isUnseen: true,
  },
};
