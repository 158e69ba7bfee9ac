import { ServiceError } from '../operation/operation.js';
import { JsonCodec } from './json-codec.js';
import { errorStatus, inWords, type Protocol } from './protocol.js';
import { bindInput, decodeInput, type InputBinding, type RestSource, parseBody } from './rest-input.js';
import { bindOutput, type OutputBinding } from './rest-xml.js';
import { RestRoutes } from './rest-routes.js';
import type { ServiceModel, OperationModel } from './shapes.js';
import { words } from '../operation/words.js';

/**
 * The protocol of both versions of API Gateway: method and path name the operation, JSON carries the rest.
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function restJson(model: ServiceModel): Protocol {
  const codec = new JsonCodec({ jsonNames: true, timestamps: 'epoch-seconds', ...GATEWAY_TEXTS });
  const routes = new RestRoutes(model.operations.values());
  const bindings = new Map<OperationModel, InputBinding>();
  const bindingOf = (operation: OperationModel) => {
    const known = bindings.get(operation) ?? bindInput(codec, operation);
    bindings.set(operation, known);
    return known;
  };
  const outputs = new Map<OperationModel, OutputBinding<unknown>>();
  const outputOf = (operation: OperationModel) => {
    const known = outputs.get(operation) ?? bindOutput(codec, operation.output);
    outputs.set(operation, known);
    return known;
  };
  const headers = (requestId: string) => ({ 'content-type': 'application/json', 'x-amzn-requestid': requestId });
  return {
    identify: (request) => routes.identify(request),
    unknownOperation: () =>
      new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403),
    decode: (operation, target, source) =>
      inWords(operation, () => decodeInput(operation, bindingOf(target), source as RestSource)),
    encode: (operation, value, requestId) => {
      const status = operation.traits.http?.[2] ?? 200;
      if (operation.output.members.length === 0) {
        return { status, headers: { 'x-amzn-requestid': requestId }, body: status === 204 ? '' : '{}' };
      }

      const binding = outputOf(operation);
      const members = (value ?? {}) as Readonly<Record<string, unknown>>;
      if (binding.payload === undefined) {
        const body = JSON.stringify(binding.body(members));
        return { status, headers: { ...headers(requestId), ...binding.headers(members) }, body };
      }

      const body = (members[binding.payload] ?? '') as string | Uint8Array;
      return { status, headers: { 'x-amzn-requestid': requestId, ...binding.headers(members) }, body };
    },
    encodeError: (error, requestId) => {
      const members = model.errors.get(error.code)?.shape.members.filter(({ traits }) => !traits.httpHeader) ?? [];
      const fields = codec.partialWriter(members)(error.fields) as object;
      return {
        status: errorStatus(model, error),
        headers: { ...headers(requestId), ...retryAfter(error), 'x-amzn-errortype': error.code },
        body: JSON.stringify({ ...fields, message: error.message }),
      };
    },
  };
}

/**
 * How both versions of API Gateway answer times and response templates.
 * @see https://github.com/aws/aws-cli/tree/develop/awscli/examples/apigateway and apigatewayv2 (times)
 * @see https://github.com/localstack/localstack snapshot test_put_integration_response_templates
 */
export const GATEWAY_TEXTS = { wholeSeconds: true, emptyTexts: new Set(['responseTemplates']) } as const;

/** The only member of an error that is a header: `retryAfterSeconds`. */
function retryAfter({ fields }: ServiceError): Record<string, string> {
  const { retryAfterSeconds } = fields;
  return typeof retryAfterSeconds === 'string' ? { 'retry-after': retryAfterSeconds } : {};
}

/**
 * The protocol of Cloud Map, ACM, Direct Connect and Service Quotas: JSON both ways, the operation in `X-Amz-Target`.
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function json11(model: ServiceModel, targetPrefix: string): Protocol {
  const codec = new JsonCodec({ jsonNames: false, timestamps: 'epoch-seconds' });
  const headers = (requestId: string) => ({
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': requestId,
  });
  return {
    identify: ({ headers: { 'x-amz-target': target }, body }) => {
      const [prefix = '', name = ''] = String(target ?? '').split('.');
      return { name, model: prefix === targetPrefix ? model.operations.get(name) : undefined, source: body };
    },
    unknownOperation: () => new ServiceError('UnknownOperationException', ''),
    decode: (operation, { input }, source) =>
      inWords(operation, () => codec.reader(input)(parseBody(source as Buffer, words(operation.service)) ?? {})),
    encode: ({ output }, value, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: JSON.stringify(codec.writer(output)(value ?? {})),
    }),
    encodeError: (error, requestId) => {
      const shape = model.errors.get(error.code)?.shape;
      const capital = shape?.members.some(({ name }) => name === 'Message');
      const fields = shape ? (codec.writer(shape)(error.fields) as object) : {};
      return {
        status: errorStatus(model, error),
        headers: { ...headers(requestId), 'x-amzn-errortype': error.code },
        body: JSON.stringify({ ...fields, __type: error.code, [capital ? 'Message' : 'message']: error.message }),
      };
    },
  };
}
