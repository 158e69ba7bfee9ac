import type { ApiDefinition, ResolvedVpcConfig, ApiRow } from '../state.js';
import { usesVpc, vpcAccessNameOf } from '../backend/definition.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { booleans, numbers, texts, STAGES, longName, say } from '../request/parameters.js';
import type { AlibabaCall, Parameter } from '../../../operation/operation.js';
import { flag, required, text } from '../../../operation/family.js';
import { objectOf, textOf, type JsonObject } from '../../../state/json-object.js';

const REQUEST_PARAMETER = [
  'ApiParameterName',
  'ArrayItemsType',
  'DefaultValue',
  'DemoValue',
  'Description',
  'DocShow',
  'EnumValue',
  'JsonScheme',
  'Location',
  'ParameterType',
  'RegularExpression',
  'Required',
] as const;
const NUMBERS = ['DocOrder', 'MaxLength', 'MaxValue', 'MinLength', 'MinValue'] as const;
const SYSTEM_PARAMETER = ['DemoValue', 'Description', 'Location', 'ParameterName', 'ServiceParameterName'] as const;

/** An API's definition as DescribeApi, DescribeDeployedApi and DescribeApiHistory have it in common. */
export function definitionView(definition: ApiDefinition) {
  const { scalars, lists, openIdConnectConfig: openId } = definition;
  const list = (name: string): readonly JsonObject[] => lists[name] ?? [];
  return {
    ApiName: definition.name,
    ...texts(scalars, [
      'Description',
      'Visibility',
      'AuthType',
      'AllowSignatureMethod',
      'ResultType',
      'ResultSample',
      'FailResultSample',
      'ResultBodyModel',
    ]),
    ...booleans(scalars, ['DisableInternet', 'ForceNonceCheck']),
    RequestConfig: texts(definition.requestConfig, [
      'RequestProtocol',
      'RequestHttpMethod',
      'RequestPath',
      'RequestMode',
      'BodyFormat',
      'PostBodyDescription',
      'BodyModel',
    ]),
    ...(openId && {
      OpenIdConnectConfig: texts(openId, ['IdTokenParamName', 'OpenIdApiType', 'PublicKey', 'PublicKeyId']),
    }),
    RequestParameters: {
      RequestParameter: list('RequestParameters').map((row) => ({
        ...texts(row, REQUEST_PARAMETER),
        ...numbers(row, NUMBERS),
      })),
    },
    SystemParameters: {
      SystemParameter: list('SystemParameters').map((row) => texts(row, SYSTEM_PARAMETER)),
    },
    CustomSystemParameters: { CustomSystemParameter: [] },
    ConstantParameters: {
      ConstantParameter: list('ConstantParameters').map((row) =>
        texts(row, ['ConstantValue', 'Description', 'Location', 'ServiceParameterName']),
      ),
    },
    ServiceParameters: {
      ServiceParameter: list('ServiceParameters').map((row) =>
        texts(row, ['Location', 'ParameterType', 'ServiceParameterName']),
      ),
    },
    ServiceParametersMap: {
      ServiceParameterMap: list('ServiceParametersMap').map((row) =>
        texts(row, ['RequestParameterName', 'ServiceParameterName']),
      ),
    },
    ErrorCodeSamples: {
      ErrorCodeSample: list('ErrorCodeSamples').map((row) => texts(row, ['Code', 'Description', 'Message'])),
    },
  };
}

/** The service config and its backend. `withScheme`: a published API does not show the scheme. */
export function serviceConfigView(config: JsonObject, vpc: ResolvedVpcConfig | undefined, withScheme: boolean) {
  return {
    ...texts(config, [
      'ServiceProtocol',
      'ServiceAddress',
      'ServicePath',
      'ServiceHttpMethod',
      'ServiceVpcEnable',
      'Mock',
      'MockResult',
    ]),
    ...numbers(config, ['ServiceTimeout', 'MockStatusCode']),
    ...(vpc && {
      VpcConfig: {
        Name: vpc.name,
        VpcId: vpc.vpcId,
        InstanceId: vpc.instanceId,
        Port: vpc.port,
        ...(withScheme && vpc.vpcScheme !== '' && { VpcScheme: vpc.vpcScheme }),
      },
    }),
    // An authorization that was deleted, or a stage variable, leaves only its name.
    ...(!vpc && usesVpc(config) && { VpcConfig: { Name: vpcAccessNameOf(config) } }),
    ...(config['FunctionComputeConfig'] !== undefined && {
      FunctionComputeConfig: texts(objectOf(config, 'FunctionComputeConfig'), [
        'FcType',
        'FcBaseUrl',
        'FunctionName',
        'ServiceName',
        'Qualifier',
        'RegionId',
        'RoleArn',
        'Method',
        'Path',
      ]),
    }),
  };
}

/** Where an API is published: a row per stage. */
export function deployedInfos({ online }: ApiRow) {
  return STAGES.map((StageName) => {
    const version = online.get(StageName);
    return version === undefined
      ? { StageName, DeployedStatus: 'NONDEPLOYED' }
      : { StageName, DeployedStatus: 'DEPLOYED', EffectiveVersion: version };
  });
}

/** Whether an API has a named backend, and which. */
export function backendConfigView({ cloudApi }: AlibabaRegionState, { backendEnable, backendId }: ApiDefinition) {
  const backend = cloudApi.backends.get(backendId);
  const config = {
    BackendId: backendId,
    BackendName: backend?.BackendName ?? '',
    BackendType: backend?.BackendType ?? '',
  };
  return { BackendEnable: backendEnable, ...(backendEnable && { BackendConfig: config }) };
}

/** Names, and methods with paths, are unique within a group. @throws {AlibabaError} `DuplicateApiName`, `DuplicateRequestPath` */
function checkApi({ cloudApi }: AlibabaRegionState, groupId: string, draft: ApiDefinition, id?: string): void {
  for (const api of cloudApi.apis.values()) {
    if (api.groupId !== groupId || api.id === id) continue;
    if (api.draft.name === draft.name) throw say.duplicate('ApiName');
    if (endpointOf(api.draft) === endpointOf(draft)) throw say.duplicate('RequestPath');
  }
}

/** `GET /orders` */
export function endpointOf({ requestConfig = {} }: Partial<ApiDefinition> = {}): string {
  return `${textOf(requestConfig, 'RequestHttpMethod').toUpperCase()} ${textOf(requestConfig, 'RequestPath')}`;
}

/** Creates an API of a draft, or changes one. @throws {AlibabaError} `Duplicate…`, `ExceedLimitApi` */
export function putApi(call: AlibabaCall, groupId: string, draft: ApiDefinition, earlier?: ApiRow): ApiRow {
  const { state, now } = call;
  checkApi(state, groupId, draft, earlier?.id);
  const count = [...state.cloudApi.apis.values()].filter((one) => one.groupId === groupId).length;
  if (earlier === undefined && count >= call.quota('apis-per-group')) throw say.exceeded('Api');

  const added = { groupId, online: new Map(), history: [], createdAt: now };
  const row = { ...(earlier ?? { ...added, id: call.id('', 32, 'hex') }), draft, modifiedAt: now };
  state.cloudApi.apis.set(row.id, row);
  return row;
}

/** The common parameters of CreateApi and ModifyApi. Structures are JSON texts. */
export const apiParameters = {
  ApiName: required(longName),
  Visibility: { type: 'string', required: true, values: ['PUBLIC', 'PRIVATE'] },
  Description: { type: 'string', length: [0, 180] },
  AuthType: { type: 'string', values: ['APP', 'ANONYMOUS', 'APPOPENID', 'OPENID'] },
  RequestConfig: required(text),
  ServiceConfig: required(text),
  RequestParameters: text,
  SystemParameters: text,
  ConstantParameters: text,
  ServiceParameters: text,
  ServiceParametersMap: text,
  ErrorCodeSamples: text,
  ResultDescriptions: text,
  OpenIdConnectConfig: text,
  ResultType: text,
  ResultSample: text,
  FailResultSample: text,
  ResultBodyModel: text,
  AllowSignatureMethod: text,
  AppCodeAuthType: text,
  WebSocketApiType: text,
  DisableInternet: flag,
  ForceNonceCheck: flag,
  BackendEnable: flag,
  BackendId: text,
} as const satisfies Readonly<Record<string, Parameter>>;
