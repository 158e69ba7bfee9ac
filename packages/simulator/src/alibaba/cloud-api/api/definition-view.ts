import type { ApiDefinition, JsonObject, ResolvedVpcConfig } from '../state.js';
import { usesVpc, vpcAccessNameOf } from '../backend/definition.js';
import { booleans, numbers, objectOf, texts } from '../request/json-object.js';

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
