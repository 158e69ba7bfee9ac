import { defined } from '@postern/core/internal/adapter';
import type { ParameterPlace, SourceDeployment, SourceBackend, SourceDiscovery } from '../../source/source-api.js';
import type { Answer } from '../../../../client/apis/actions.js';
import { flagOf, isWord, numberOf } from '../../../../client/plain.js';
import { DEFAULT_GROUP, PUBLIC } from '../../../../cloud-native/cloud/sources.js';

type Deployed = Answer<'CloudAPI', 'DescribeDeployedApi'>;
type Draft = Answer<'CloudAPI', 'DescribeApi'>;

/** Of a publication: what is deployed, and the definition that it was published from, where it is known. */
export interface DeploymentParts {
  readonly stage: string;
  readonly deployed: Deployed;
  readonly full?: Draft | Answer<'CloudAPI', 'DescribeApiHistory'> | undefined;
}

/** What callers get from an API on one stage. */
export function sourceDeployment({ stage, deployed, full }: DeploymentParts): SourceDeployment {
  const { RequestConfig: request = {}, ServiceConfig: service = {}, DeployedTime } = deployed;
  const parameters = deployed.RequestParameters?.RequestParameter ?? [];
  const places = new Map(parameters.map((one) => [one.ApiParameterName ?? '', placeOf(one.Location)]));
  const backendPlaces = new Map(
    (deployed.ServiceParameters?.ServiceParameter ?? []).map((one) => [
      one.ServiceParameterName ?? '',
      placeOf(one.Location),
    ]),
  );
  const namedBackend = flagOf(full?.BackendEnable) ? full?.BackendConfig?.BackendId || undefined : undefined;
  const code = full?.AppCodeAuthType;
  return {
    stage,
    ...defined({ deployedAt: DeployedTime || undefined }),
    method: (request.RequestHttpMethod ?? 'ANY').toUpperCase(),
    path: request.RequestPath ?? '/',
    protocols: (request.RequestProtocol ?? '').split(/[,;]/).flatMap((text) => protocolOf(text)),
    mode: modeOf(request.RequestMode),
    auth: authOf(deployed.AuthType),
    // DEFAULT: an AppCode is enough where the API is sold on the marketplace only.
    ...(code === undefined || code === '' ? {} : { appCode: !/^(?:default|disable)/i.test(code) }),
    signatureMethods: (deployed.AllowSignatureMethod ?? '').split(/[,;]/).filter((text) => text !== ''),
    forceNonce: flagOf(deployed.ForceNonceCheck),
    internetDisabled: flagOf(deployed.DisableInternet),
    parameters: parameters.map((one) => ({
      name: one.ApiParameterName ?? '',
      place: placeOf(one.Location),
      required: isWord(one.Required, 'required'),
      checked: [
        one.RegularExpression,
        one.EnumValue,
        one.JsonScheme,
        one.MaxLength,
        one.MinLength,
        one.MaxValue,
        one.MinValue,
      ].some((rule) => rule !== undefined && rule !== '' && rule !== 0),
    })),
    mappings: (deployed.ServiceParametersMap?.ServiceParameterMap ?? []).map(
      ({ RequestParameterName: from = '', ServiceParameterName: to = '' }) => ({
        from: { name: from, place: places.get(from) ?? 'other' },
        to: { name: to, place: backendPlaces.get(to) ?? places.get(from) ?? 'other' },
      }),
    ),
    constants: (deployed.ConstantParameters?.ConstantParameter ?? []).map((one) => ({
      name: one.ServiceParameterName ?? '',
      place: placeOf(one.Location),
    })),
    system: [
      ...(deployed.SystemParameters?.SystemParameter ?? []),
      ...(deployed.CustomSystemParameters?.CustomSystemParameter ?? []),
    ].map((one) => ({
      system: one.ParameterName ?? '',
      name: one.ServiceParameterName ?? '',
      place: placeOf(one.Location),
    })),
    backend: sourceBackend({ deployed: service, full: full?.ServiceConfig, namedBackend }),
    variables: variablesIn([
      service.ServiceAddress,
      service.ServicePath,
      service.VpcConfig?.Name,
      service.FunctionComputeConfig?.FunctionName,
    ]),
  };
}

/** Stage variables are names between two signs `#`. */
function variablesIn(texts: readonly (string | undefined)[]): readonly string[] {
  const found = texts.flatMap((text) => [...(text ?? '').matchAll(/#(\w+)#/g)].map(([, name = '']) => name));
  return [...new Set(found)].toSorted();
}

function placeOf(location = ''): ParameterPlace {
  switch (location.toLowerCase()) {
    case 'path':
      return 'path';
    case 'query':
      return 'query';
    case 'head':
    case 'header':
      return 'header';
    case 'body':
      return 'body';
    case 'formdata':
    case 'form':
      return 'form';
    default:
      return 'other';
  }
}

function protocolOf(text: string): SourceDeployment['protocols'] {
  const name = text.trim().toUpperCase();
  if (name === 'HTTP' || name === 'HTTPS') return [name];

  return /^(?:WS|WSS|WEBSOCKET)$/.test(name) ? ['WEBSOCKET'] : [];
}

function modeOf(text = ''): SourceDeployment['mode'] {
  if (/^mapping_passthrough$/i.test(text)) return 'MAPPING_PASSTHROUGH';

  return /^passthrough$/i.test(text) ? 'PASSTHROUGH' : 'MAPPING';
}

function authOf(text = ''): SourceDeployment['auth'] {
  if (/^anonymous$/i.test(text)) return 'anonymous';

  return /openid/i.test(text) ? 'openid' : 'app';
}

/**
 * What is deployed of APIs, by {@link definitionKey}, since the group was read last. It has the values of constants, which may be
 * secrets: it ends with the driver that reads them, and is in no answer of it.
 */
export type Definitions = Map<string, Answer<'CloudAPI', 'DescribeDeployedApi'>>;

export const definitionKey = (apiId: string, stage: string): string => `${stage} ${apiId}`;

type DraftService = NonNullable<Answer<'CloudAPI', 'DescribeApi'>['ServiceConfig']>;
type DeployedService = NonNullable<Answer<'CloudAPI', 'DescribeDeployedApi'>['ServiceConfig']>;
type ModelConfig = NonNullable<
  NonNullable<
    NonNullable<Answer<'CloudAPI', 'DescribeBackendInfo'>['BackendInfo']>['BackendModels']
  >[number]['BackendConfig']
>;

/** A definition of which the deployed one lacks the scheme of authorizations and the kinds of some backends. */
export interface BackendParts {
  readonly deployed: DeployedService;
  /** As it was when it was published, where that is known. */
  readonly full?: DraftService | undefined;
  readonly namedBackend?: string | undefined;
}

/** What a published API calls. */
function sourceBackend({ deployed, full, namedBackend }: BackendParts): SourceBackend {
  const { ServicePath, ServiceHttpMethod, ServiceTimeout, ServiceAddress, VpcConfig, FunctionComputeConfig } = deployed;
  const protocol = full?.ServiceProtocol ?? deployed.ServiceProtocol ?? '';
  const common = defined({
    namedBackend,
    path: ServicePath || undefined,
    method: ServiceHttpMethod?.toUpperCase() || undefined,
    timeoutMs: numberOf(ServiceTimeout),
  });
  if (flagOf(deployed.Mock)) {
    const { MockStatusCode, MockResult = '', MockHeaders } = deployed;
    return {
      ...common,
      kind: 'mock',
      scheme: 'http',
      mock: {
        status: numberOf(MockStatusCode) ?? 200,
        headers: (MockHeaders?.MockHeader ?? []).flatMap(({ HeaderName }) => HeaderName || []),
        hasBody: MockResult !== '',
      },
    };
  }
  if (namedBackend !== undefined) return { ...common, kind: 'unknown', scheme: 'http' };
  if (flagOf(deployed.ServiceVpcEnable)) {
    const scheme = isWord(full?.VpcConfig?.VpcScheme, 'https') ? 'https' : 'http';
    return { ...common, kind: 'vpc', scheme, ...defined({ accessName: VpcConfig?.Name || undefined }) };
  }
  if (FunctionComputeConfig?.FunctionName) return { ...common, ...functionOf(FunctionComputeConfig) };
  if (full?.OssConfig?.BucketName || /^oss$/i.test(protocol)) return { ...common, kind: 'oss', scheme: 'http' };
  if (full?.EventBridgeConfig?.EventBus || /^eventbridge$/i.test(protocol))
    return { ...common, kind: 'event-bridge', scheme: 'http' };
  // Another protocol is of a kind of backend that is not documented.
  if (!/^(?:https?)?$/i.test(protocol)) return { ...common, kind: 'unknown', scheme: 'http' };

  return { ...common, ...addressed(ServiceAddress) };
}

/** What a named backend calls on one stage. */
export function modelBackend(type: string, config: ModelConfig): SourceBackend {
  const { ServiceAddress, ServiceTimeout, VpcConfig, FunctionComputeConfig, DiscoveryConfig, MockConfig } = config;
  const common = defined({ timeoutMs: numberOf(ServiceTimeout) });
  switch (type.toUpperCase()) {
    case 'VPC':
      return {
        ...common,
        kind: 'vpc',
        scheme: isWord(VpcConfig?.VpcScheme, 'https') ? 'https' : 'http',
        ...defined({ accessName: VpcConfig?.Name || undefined }),
      };
    case 'HTTP':
      return { ...common, ...addressed(ServiceAddress) };
    case 'MOCK':
      return {
        ...common,
        kind: 'mock',
        scheme: 'http',
        mock: {
          status: numberOf(MockConfig?.MockStatusCode) ?? 200,
          headers: (MockConfig?.MockHeaders ?? []).flatMap(({ HeaderName }) => HeaderName || []),
          hasBody: (MockConfig?.MockResult ?? '') !== '',
        },
      };
    case 'OSS':
      return { ...common, kind: 'oss', scheme: 'http' };
    case 'EVENTBRIDGE':
      return { ...common, kind: 'event-bridge', scheme: 'http' };
    case 'DISCOVERY':
      return { ...common, kind: 'discovery', scheme: 'http', discovery: discoveryOf(DiscoveryConfig) };
    default:
      return /^FC/i.test(type)
        ? { ...common, ...functionOf(FunctionComputeConfig, type) }
        : { ...common, kind: 'unknown', scheme: 'http' };
  }
}

function addressed(address: string | undefined): Pick<SourceBackend, 'kind' | 'scheme' | 'address'> {
  return {
    kind: 'http',
    scheme: /^https:/i.test(address ?? '') ? 'https' : 'http',
    ...defined({ address: address || undefined }),
  };
}

function functionOf(
  config: ModelConfig['FunctionComputeConfig'] | DeployedService['FunctionComputeConfig'],
  type?: string,
): Pick<SourceBackend, 'kind' | 'scheme' | 'function'> {
  const { FcType = '', FunctionName = '', ServiceName } = config ?? {};
  // Functions of 3.0 have no service.
  const version = /_V3$/i.test(type ?? FcType) || !ServiceName ? '_V3' : '';
  return {
    kind: 'function',
    scheme: 'http',
    function: {
      type: (type ?? FcType).replace(/_V3$/i, '') + version,
      name: FunctionName,
      ...defined({ service: ServiceName || undefined }),
    },
  };
}

function discoveryOf(config: ModelConfig['DiscoveryConfig']): SourceDiscovery {
  const { NacosConfig, ZookeeperConfig } = config ?? {};
  const server = NacosConfig?.ServerAddress || ZookeeperConfig?.ConnectString || '';
  return {
    registry: NacosConfig === undefined ? (ZookeeperConfig === undefined ? 'other' : 'zookeeper') : 'nacos',
    server,
    service: NacosConfig?.ServiceName ?? ZookeeperConfig?.ServiceName ?? '',
    namespace: NacosConfig?.Namespace || PUBLIC,
    group: NacosConfig?.GroupName || DEFAULT_GROUP,
    managed: /\bmse\b|mse\.aliyuncs\.com/i.test(server),
  };
}
