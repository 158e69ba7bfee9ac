import { defined } from '@postern/core/internal/adapter';
import type { SourceBackend, SourceDiscovery } from '../../source/source-api.js';
import type { Answer } from '../../../../client/apis/actions.js';
import { DEFAULT_GROUP, PUBLIC } from '../../../../cloud-native/cloud/sources.js';
import { flagOf, numberOf, isWord } from '../../../../client/plain.js';

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
export function sourceBackend({ deployed, full, namedBackend }: BackendParts): SourceBackend {
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
