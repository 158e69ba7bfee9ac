import { ServiceError } from '../operation/operation.js';
import { errorStatus, inWords, type Protocol, type NamedRequest } from './protocol.js';
import { QueryCodec, type QueryNode, parseQuery } from './query-codec.js';
import type { ServiceModel } from './shapes.js';
import { escapeXml, XmlCodec } from './xml-codec.js';
import type { WireRequest } from '../../simulation/wire.js';
import { words } from '../operation/words.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const XML = 'text/xml;charset=UTF-8';

/**
 * EC2's protocol: a form in, XML out.
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export function ec2Query(model: ServiceModel, version: string): Protocol {
  const queries = new QueryCodec('ec2');
  const xml = new XmlCodec();
  const namespace = `http://ec2.amazonaws.com/doc/${version}/`;
  return {
    identify: (request) => identifyQuery(model, request),
    unknownOperation: (_request, name) =>
      name === ''
        ? new ServiceError('MissingAction', 'The request is missing an action or a required parameter.')
        : new ServiceError('InvalidAction', `The action ${name} is not valid for this web service.`),
    decode: (operation, { input }, source) => inWords(operation, () => queries.reader(input)(source as QueryNode)),
    encode: ({ name, output }, value, requestId) => {
      // Operations without a result respond with a bare `true`, which older tools expect.
      const answered = output.members.some(({ name: member, traits }) => (traits.xmlName ?? member) === 'return');
      const content = xml.writer(output)(value ?? {}) || (answered ? '' : '<return>true</return>');
      return {
        status: 200,
        headers: { 'content-type': XML, 'x-amzn-requestid': requestId },
        body: `${DECLARATION}<${name}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${content}</${name}Response>`,
      };
    },
    encodeError: (error, requestId) => ({
      status: errorStatus(model, error),
      headers: { 'content-type': XML, 'x-amzn-requestid': requestId },
      body: `${DECLARATION}<Response><Errors><Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
    }),
  };
}

/** Finds `Action` in a form, be it the body or, for a GET, the query; the rest is the operation's. */
function identifyQuery(model: ServiceModel, request: WireRequest): NamedRequest {
  const root = parsed(model, request);
  const name = root.children?.get('Action')?.text ?? '';
  for (const protocolMember of ['Action', 'Version']) root.children?.delete(protocolMember);
  return { name, model: model.operations.get(name), source: root };
}

function parsed(model: ServiceModel, request: WireRequest): QueryNode {
  const signature = /^X-Amz-/i; // a presigned request carries its signature among the parameters
  const fromQuery = request.query.split('&').filter((pair) => !signature.test(pair));
  try {
    return parseQuery([...fromQuery, request.body.toString('utf8')].filter((part) => part !== '').join('&'));
  } catch (error) {
    if (error instanceof SyntaxError) throw words(model.service).malformed(error.message);

    throw error;
  }
}

/**
 * The protocol of STS and Elastic Load Balancing: a form in, XML out.
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function awsQuery(model: ServiceModel, namespace: string, version: string): Protocol {
  const queries = new QueryCodec('aws');
  const xml = new XmlCodec();
  const headers = (requestId: string) => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
  return {
    identify: (request) => identifyQuery(model, request),
    unknownOperation: (_request, name) =>
      name === ''
        ? new ServiceError('MissingAction', 'The request is missing an action or a required parameter.')
        : new ServiceError('InvalidAction', `Could not find operation ${name} for version ${version}`),
    decode: (operation, { input }, source) => inWords(operation, () => queries.reader(input)(source as QueryNode)),
    encode: ({ name, output }, value, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: `<${name}Response xmlns="${namespace}"><${name}Result>${xml.writer(output)(value ?? {})}</${name}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
    }),
    encodeError: (error, requestId) => {
      const status = errorStatus(model, error);
      const shape = model.errors.get(error.code)?.shape;
      const fields = shape ? xml.writer(shape)({ ...error.fields, message: undefined, Message: undefined }) : '';
      return {
        status,
        headers: headers(requestId),
        body: `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>${fields}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    },
  };
}
