import { ServiceError } from '../operation/service-error.js';
import { identifyQuery } from './ec2-query.js';
import { Mismatch } from './mismatch.js';
import { errorStatus, type Protocol } from './protocol.js';
import { QueryCodec, type QueryNode } from './query-codec.js';
import type { ServiceModel } from './shapes.js';
import { escapeXml, XmlCodec } from './xml-codec.js';

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
    decode: (operation, { input }, source) => {
      try {
        return queries.reader(input)(source as QueryNode);
      } catch (error) {
        throw error instanceof Mismatch ? error.inWords(operation) : error;
      }
    },
    encode: ({ name, output }, value, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body:
        `<${name}Response xmlns="${namespace}"><${name}Result>${xml.writer(output)(value ?? {})}</${name}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
    }),
    encodeError: (error, requestId) => {
      const status = errorStatus(model, error);
      const shape = model.errors.get(error.code)?.shape;
      const fields = shape ? xml.writer(shape)({ ...error.fields, message: undefined, Message: undefined }) : '';
      return {
        status,
        headers: headers(requestId),
        body:
          `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
          `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>${fields}</Error>` +
          `<RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    },
  };
}
