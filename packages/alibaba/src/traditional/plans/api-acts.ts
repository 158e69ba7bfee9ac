import {
  blocks,
  isChanged,
  several,
  updatedValues,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
} from '@postern/core/internal/overlay';
import { jsonOf, notCarried, without } from '../../plans/acts/calls.js';

/** The stages in the order in which the provider publishes on them. */
const STAGES = ['RELEASE', 'PRE', 'TEST'];

const stagesOf = (values: ActValues): readonly string[] => {
  const named = several(values['stage_names']).map(String);
  return [...STAGES.filter((stage) => named.includes(stage)), ...without(named, STAGES)];
};

/** The backend of an API, in the words of the service, by the type that the provider has for it. */
function serviceOf(values: ActValues): Input {
  const type = word(values['service_type']);
  const [own = {}] = blocks(values[`${type?.toLowerCase().replace('-', '_') ?? ''}_service_config`]);
  const common = {
    ServiceProtocol: 'HTTP',
    ServicePath: word(own['path']),
    ServiceHttpMethod: word(own['method']),
    ServiceTimeout: word(own['timeout']),
    ServiceVpcEnable: 'FALSE',
    Mock: 'FALSE',
  };
  if (type === 'HTTP') return { ...common, ServiceAddress: word(own['address']) };
  if (type === 'MOCK') return { ...common, Mock: 'TRUE', MockResult: word(own['result']) };
  if (type !== 'HTTP-VPC') return notCarried(`an API of the type ${type ?? ''}`);

  const VpcConfig = { Name: word(own['name']), VpcScheme: word(own['vpc_scheme']) };
  return { ...common, ServiceVpcEnable: 'TRUE', VpcConfig };
}

interface Parameters {
  readonly request: Input[];
  readonly service: Input[];
  readonly map: Input[];
}

/** Parameters of callers, constants and values of the gateway, each of which the backend gets under a name. */
function parametersOf(values: ActValues): Parameters {
  const found: Parameters = { request: [], service: [], map: [] };
  for (const [list, catalog] of [
    ['request_parameters', 'REQUEST'],
    ['constant_parameters', 'CONSTANT'],
    ['system_parameters', 'SYSTEM'],
  ] as const)
    for (const block of blocks(values[list])) {
      const name = word(block['name']);
      const type = word(block['type']) ?? 'String';
      const sent = word(block['name_service']) ?? name;
      found.request.push({
        ApiParameterName: name,
        Location: word(block['in']),
        ParameterType: type,
        Required: word(block['required']) ?? 'REQUIRED',
        DefaultValue: word(block['default_value']) ?? word(block['value']),
      });
      found.service.push({
        ServiceParameterName: sent,
        Location: word(block['in_service']) ?? word(block['in']),
        ParameterType: type,
        ParameterCatalog: catalog,
      });
      found.map.push({ RequestParameterName: name, ServiceParameterName: sent });
    }
  return found;
}

/**
 * The definition of an API as the provider sends it, each time as a whole.
 * @see https://github.com/aliyun/terraform-provider-alicloud (resource_alicloud_api_gateway_api.go)
 */
function definitionOf(values: ActValues): Input {
  const [request = {}] = blocks(values['request_config']);
  const { request: RequestParameters, service: ServiceParameters, map: ServiceParametersMap } = parametersOf(values);
  const BackendId = word(values['backend_id']);
  return {
    ApiName: word(values['name']),
    Description: word(values['description']),
    AuthType: word(values['auth_type']),
    Visibility: 'PRIVATE',
    RequestConfig: jsonOf({
      RequestProtocol: word(request['protocol']),
      RequestHttpMethod: word(request['method']),
      RequestPath: word(request['path']),
      RequestMode: word(request['mode']),
      BodyFormat: word(request['body_format']),
    }),
    ServiceConfig: jsonOf(BackendId === undefined ? serviceOf(values) : {}),
    ...(BackendId !== undefined && { BackendEnable: true, BackendId }),
    RequestParameters: jsonOf(RequestParameters),
    ServiceParameters: jsonOf(ServiceParameters),
    ServiceParametersMap: jsonOf(ServiceParametersMap),
  };
}

function publish(api: Input, stages: readonly string[], caller: Caller): void {
  for (const StageName of stages) caller.call('CloudAPI.DeployApi', { ...api, StageName, Description: 'terraform' });
}

function unpublish(api: Input, stages: readonly string[], caller: Caller): void {
  for (const StageName of stages) caller.call('CloudAPI.AbolishApi', { ...api, StageName });
}

/** The ID of an API is behind that of its group. */
function apiOf({ id, group_id: GroupId }: ActValues): Input {
  return { GroupId: word(GroupId), ApiId: word(id)?.split(':').at(-1) };
}

/** What of an API is on its stages, and not which those are. */
const isDefinition = (name: string): boolean =>
  /_config$|_parameters$|_type$|^(?:name|description|backend_id)$/.test(name);

/** APIs: each change is published on the stages that the configuration names. */
export const apiActs: Readonly<Record<string, Act>> = {
  alicloud_api_gateway_api: {
    gives: ['api_id'],
    create: (values, caller) => {
      const GroupId = word(values['group_id']);
      const { ApiId } = caller.call('CloudAPI.CreateApi', { GroupId, ...definitionOf(values) });
      return { id: `${String(GroupId)}:${String(ApiId)}`, api_id: ApiId };
    },
    after: (values, { id, group_id: group }, caller) =>
      publish(apiOf({ id, group_id: values['group_id'] ?? group }), stagesOf(values), caller),
    update: (before, values, caller) => {
      const after = updatedValues(before, values);
      const api = apiOf(before);
      const isDefined = isChanged(before, values, ...Object.keys(values).filter(isDefinition));
      if (isDefined) caller.call('CloudAPI.ModifyApi', { ...api, ...definitionOf(after) });
      if (!isDefined && !isChanged(before, values, 'stage_names')) return;

      unpublish(api, without(stagesOf(before), stagesOf(after)), caller);
      publish(api, stagesOf(after), caller);
    },
    remove: (before, caller) => {
      const api = apiOf(before);
      unpublish(api, stagesOf(before), caller);
      caller.call('CloudAPI.DeleteApi', api);
    },
    owners: ['group_id'],
    byWord: {
      path: ['http_vpc_service_config', 0, 'name'],
      type: 'alicloud_api_gateway_vpc_access',
      attribute: 'name',
    },
  },
};
