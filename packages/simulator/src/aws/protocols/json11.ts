import { ServiceError } from '../operation/service-error.js';
import { words } from '../operation/words.js';
import { JsonCodec } from './json-codec.js';
import { Mismatch } from './mismatch.js';
import { parseBody } from './rest-input.js';
import { errorStatus, type Protocol } from './protocol.js';
import type { ServiceModel } from './shapes.js';

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
    decode: (operation, { input }, source) => {
      try {
        return codec.reader(input)(parseBody(source as Buffer, words(operation.service)) ?? {});
      } catch (error) {
        throw error instanceof Mismatch ? error.inWords(operation) : error;
      }
    },
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
