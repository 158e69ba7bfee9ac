import { parse } from 'yaml';
import { say } from '../request/parameters.js';
import { isJsonObject, textOf, type JsonObject, type JsonValue } from '../../../state/json-object.js';
import { ownValue } from '../../../../simulation/own-value.js';

/**
 * Extensions of documents begin with this. All values are case-sensitive; `paramater-handling` is spelled so.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/import-api-gateway-extensions-based-on-swagger
 */
const OWN = 'x-aliyun-apigateway-';
/** The key of an operation that takes every method. */
const ANY_METHOD = `${OWN}any-method`;
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', ANY_METHOD];
/** `in` of a parameter. An API has no parameters for bodies and cookies. */
const LOCATIONS: ReadonlyMap<string, string> = new Map([
  ['path', 'PATH'],
  ['query', 'QUERY'],
  ['header', 'HEAD'],
  ['formData', 'BODY'],
]);
/** [U]: JSON names of types, as those of API Gateway. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['integer', 'Int'],
  ['number', 'Double'],
  ['boolean', 'Boolean'],
  ['array', 'Array'],
  ['file', 'File'],
]);

/** What applies to operations that say nothing else. */
export interface ImportDefaults {
  /** Extensions of operations by their names, as `GlobalCondition` has them: texts of JSON, or values. */
  readonly extensions: JsonObject;
  /** Of operations without a backend; undefined: they cannot be imported. */
  readonly service?: JsonObject | undefined;
  readonly backendId?: string | undefined;
}

/** An operation of a document, as the parameters of CreateApi. */
export interface ImportedOperation {
  /** `get`, or the extension for every method. */
  readonly method: string;
  readonly path: string;
  /** Why it is none. */
  readonly fault?: string | undefined;
  readonly input: ReturnType<typeof inputOf>;
}

/** A document of OpenAPI. */
export interface ImportDocument {
  readonly version: 'OAS2' | 'OAS3';
  readonly basePath: string;
  readonly operations: readonly ImportedOperation[];
}

/** @throws {AlibabaError} `InvalidData` [U] where the text is not a document */
export function readDocument(data: string, format: string | undefined, defaults: ImportDefaults): ImportDocument {
  const root = parsed(data, format);
  const is2 = textOf(root, 'swagger') === '2.0';
  if (!is2 && !textOf(root, 'openapi').startsWith('3.')) throw say.invalid('Data', 'It is no document of OpenAPI.');

  const paths = root['paths'];
  if (!isJsonObject(paths)) throw say.invalid('Data', 'The document has no paths.');

  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): readonly ImportedOperation[] => {
      if (!isJsonObject(item) || !isJsonObject(item[method])) return [];

      const operation = { ...withJson(defaults.extensions), ...item[method] };
      const shared = [...listOf(item['parameters']), ...listOf(operation['parameters'])];
      const parameters = shared.map((one) => resolved(root, one));
      const fault = faultOf(operation, defaults);
      return [{ method, path, fault, input: inputOf(root, operation, parameters, { method, path, defaults }) }];
    }),
  );
  return { version: is2 ? 'OAS2' : 'OAS3', basePath: textOf(root, 'basePath'), operations };
}

function parsed(data: string, format: string | undefined): JsonObject {
  try {
    const value = (format === 'json' ? JSON.parse(data) : parse(data)) as unknown;
    if (isJsonObject(value)) return value;
  } catch {
    // Reported like any other text that is not a document.
  }
  throw say.invalid('Data', `It is no object in ${format === 'json' ? 'JSON' : 'YAML'}.`);
}

const BACKENDS = ['HTTP', 'HTTP-VPC', 'FC', 'MOCK'];

function faultOf(operation: JsonObject, { service, backendId }: ImportDefaults): string | undefined {
  const backend = operation[`${OWN}backend`];
  if (!isJsonObject(backend))
    return service === undefined && backendId === undefined ? `${OWN}backend is mandatory.` : undefined;

  const type = textOf(backend, 'type');
  return BACKENDS.includes(type) ? undefined : `The backend type ${type} is not one of ${BACKENDS.join(', ')}.`;
}

function inputOf(
  root: JsonObject,
  operation: JsonObject,
  parameters: readonly JsonObject[],
  { method, path, defaults }: { method: string; path: string; defaults: ImportDefaults },
) {
  const own = (name: string): string => textOf(operation, `${OWN}${name}`);
  const verb = verbOf(method);
  const requestPath = path.replaceAll(/\{(\w+)\+?\}/g, '[$1]');
  const schemes = listOf(operation['schemes'] ?? root['schemes']).map((one) => String(one).toUpperCase());
  const backend = operation[`${OWN}backend`];
  const { backendId, service = {} } = defaults;
  const named = parameters.flatMap((one) => {
    const location = LOCATIONS.get(textOf(one, 'in'));
    return location === undefined ? [] : [{ one, location, name: textOf(one, 'name') }];
  });
  const rows = (name: string, of: (row: JsonObject) => JsonObject): string =>
    JSON.stringify(listOf(operation[`${OWN}${name}`]).filter(isJsonObject).map(of));
  const to = (row: JsonObject): JsonObject => ({
    ServiceParameterName: textOf(row, 'backendName'),
    Location: textOf(row, 'location').toUpperCase(),
  });
  return {
    // An operation without a name: [U].
    ApiName: textOf(operation, 'operationId') || `${verb}${requestPath}`.replaceAll(/\W+/g, '_').replace(/_$/, ''),
    Description: (textOf(operation, 'summary') || textOf(operation, 'description')).slice(0, 180),
    Visibility: own('visibility') || 'PRIVATE',
    AuthType: own('auth-type') || 'APP',
    ForceNonceCheck: own('api-force-nonce-check') === 'true',
    RequestConfig: JSON.stringify({
      RequestProtocol: schemes.length === 0 ? 'HTTP,HTTPS' : schemes.join(','),
      RequestHttpMethod: verb,
      RequestPath: requestPath,
      RequestMode: own('paramater-handling') || 'MAPPING', // the default is [U]
    }),
    ServiceConfig: JSON.stringify(isJsonObject(backend) ? serviceOf(backend, verb, requestPath) : service),
    BackendEnable: !isJsonObject(backend) && backendId !== undefined,
    BackendId: isJsonObject(backend) ? '' : (backendId ?? ''),
    RequestParameters: JSON.stringify(
      named.map(({ one, location, name }) => ({
        ApiParameterName: name,
        Location: location,
        ParameterType: TYPES.get(textOf(one, 'type') || textOf(objectIn(one, 'schema'), 'type')) ?? 'String',
        Required: textOf(one, 'required') === 'true' ? 'REQUIRED' : 'OPTIONAL',
        Description: textOf(one, 'description'),
        DefaultValue: textOf(one, 'default'),
      })),
    ),
    ServiceParameters: JSON.stringify(
      named.map(({ location, name }) => ({ ServiceParameterName: name, Location: location, ParameterType: 'String' })),
    ),
    ServiceParametersMap: JSON.stringify(
      named.map(({ name }) => ({ RequestParameterName: name, ServiceParameterName: name })),
    ),
    SystemParameters: rows('system-parameters', (row) => ({ ...to(row), ParameterName: textOf(row, 'systemName') })),
    ConstantParameters: rows('constant-parameters', (row) => ({ ...to(row), ConstantValue: textOf(row, 'value') })),
  };
}

/** `get` → `GET`. */
export function verbOf(method: string): string {
  return method === ANY_METHOD ? 'ANY' : method.toUpperCase();
}

/** The service of a backend. A method or a path that it does not have is that of the operation. */
function serviceOf(backend: JsonObject, verb: string, path: string): JsonObject {
  const type = textOf(backend, 'type');
  const called = {
    ServicePath: textOf(backend, 'path') || path,
    ServiceHttpMethod: textOf(backend, 'method').toUpperCase() || verb,
    ServiceTimeout: textOf(backend, 'timeout') || '10000',
  };
  switch (type) {
    case 'HTTP-VPC':
      return {
        ...called,
        ServiceProtocol: 'HTTP',
        ServiceVpcEnable: 'TRUE',
        VpcConfig: { Name: textOf(backend, 'vpcAccessName'), VpcScheme: textOf(backend, 'vpcScheme') },
      };
    case 'FC': {
      const names = {
        FcType: 'fcType',
        FunctionName: 'functionName',
        ServiceName: 'serviceName',
        RegionId: 'fcRegion',
      };
      const config = Object.entries(names).map(([name, given]) => [name, textOf(backend, given)]);
      return { ServiceProtocol: 'FunctionCompute', FunctionComputeConfig: Object.fromEntries(config) as JsonObject };
    }
    case 'MOCK':
      return mockService(textOf(backend, 'mockResult'), textOf(backend, 'mockStatusCode'));
    default:
      return { ...called, ServiceProtocol: 'HTTP', ServiceAddress: textOf(backend, 'address') };
  }
}

/** A sample answer. */
export function mockService(result = '', status = ''): JsonObject {
  return { ServiceProtocol: 'HTTP', Mock: 'TRUE', MockResult: result, MockStatusCode: status || '200' };
}

/** A parameter that is in another place of the document: `#/parameters/page`. */
function resolved(root: JsonObject, one: JsonValue): JsonObject {
  const [start, ...parts] = isJsonObject(one) ? textOf(one, '$ref').split('/') : [];
  if (start !== '#') return isJsonObject(one) ? one : {};

  return parts.reduce<JsonObject>((at, part) => objectIn(at, part), root);
}

function objectIn(object: JsonObject, name: string): JsonObject {
  const value = ownValue(object, name);
  return isJsonObject(value) ? value : {};
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

/** Values that are texts of JSON, as clients of the official packages send them. */
function withJson(extensions: JsonObject): JsonObject {
  const read = (value: JsonValue): JsonValue => {
    if (typeof value !== 'string' || !value.startsWith('{')) return value;

    try {
      return JSON.parse(value) as JsonValue;
    } catch {
      return value;
    }
  };
  return Object.fromEntries(Object.entries(extensions).map(([name, value]) => [name, read(value)]));
}
