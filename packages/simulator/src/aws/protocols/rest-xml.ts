import { ServiceError } from '../operation/service-error.js';
import { Mismatch } from './mismatch.js';
import { errorStatus, type Protocol } from './protocol.js';
import { QueryCodec } from './query-codec.js';
import { bindInput, decodeInput, type InputBinding, type RestSource } from './rest-input.js';
import { bindOutput, type OutputBinding } from './rest-output.js';
import { RestRoutes } from './rest-routes.js';
import type { OperationModel, ServiceModel, StructureShape } from './shapes.js';
import { escapeXml, XmlCodec } from './xml-codec.js';
import { xmlQuery } from './xml-tree.js';

/**
 * The protocol of Route 53: method and path name the operation, XML carries the rest.
 * @see https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export function restXml(model: ServiceModel, namespace: string): Protocol {
  const queries = new QueryCodec('aws');
  const xml = new XmlCodec();
  const routes = new RestRoutes(model.operations.values());
  const bindings = new Map<OperationModel, { readonly input: InputBinding; readonly output: OutputBinding<string> }>();
  const some = (shape: StructureShape, members: StructureShape['members']): StructureShape => ({ ...shape, members });
  const bindingOf = (operation: OperationModel) => {
    const { output } = operation;
    const reader = {
      partialReader: (shape: StructureShape, members: StructureShape['members']) => {
        const body = some(shape, members);
        const read = queries.reader(body);
        return (text: unknown) => read(xmlQuery(String(text), body));
      },
    };
    const writer = { partialWriter: (members: StructureShape['members']) => xml.writer(some(output, members)) };
    const known = bindings.get(operation) ?? {
      input: bindInput(reader, operation, (body) => (body.length === 0 ? undefined : body.toString('utf8'))),
      output: bindOutput(writer, output),
    };
    bindings.set(operation, known);
    return known;
  };
  const headers = (requestId: string) => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
  const document = (root: string, content: string) =>
    `<?xml version="1.0"?>\n<${root} xmlns="${namespace}">${content}</${root}>`;
  return {
    identify: (request) => {
      const match = routes.find(request.method, request.path, request.query);
      return {
        name: match?.model.name ?? `${request.method} ${request.path}`,
        model: match?.model,
        source: { request, match },
      };
    },
    unknownOperation: (_request, name) => new ServiceError('InvalidAction', `Could not find operation ${name}`, 404), // [U]
    decode: (operation, target, source) => {
      try {
        return decodeInput(operation, bindingOf(target).input, source as RestSource);
      } catch (error) {
        if (error instanceof SyntaxError) throw new ServiceError('MalformedXML', error.message); // [U]
        throw error instanceof Mismatch ? error.inWords(operation) : error;
      }
    },
    encode: (operation, value, requestId) => {
      const { output } = bindingOf(operation);
      const members = (value ?? {}) as Readonly<Record<string, unknown>>;
      return {
        status: operation.traits.http?.[2] ?? 200,
        headers: { ...headers(requestId), ...output.headers(members) },
        body: document(operation.output.name, output.body(members)),
      };
    },
    encodeError: (error, requestId) => {
      const status = errorStatus(model, error);
      const content =
        `<Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(error.code)}</Code>` +
        `<Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId>`;
      return { status, headers: headers(requestId), body: document('ErrorResponse', content) };
    },
  };
}
