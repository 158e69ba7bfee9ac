import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import type { ConsumerRow } from '../../../apig/state.js';
import { stringToSign } from '../../application/string-to-sign.js';
import { FORM } from '../../sent-parameters.js';
import type { Refusal } from '../answers.js';

const ALGORITHMS: Readonly<Record<string, 'sha256' | 'sha1'>> = { hmacsha256: 'sha256', hmacsha1: 'sha1' };

/**
 * Who signed a call with a key and a secret, as callers of the former product do. Neither times nor nonces are remembered, and the stage
 * that a call names means nothing.
 * @see https://github.com/alibaba/higress/blob/main/plugins/wasm-cpp/extensions/hmac_auth/README.md (errors)
 * @see https://github.com/alibaba/higress/blob/main/plugins/wasm-cpp/extensions/hmac_auth/plugin.cc
 */
export function signerOf(consumers: readonly ConsumerRow[], call: GatewayCall): ConsumerRow | Refusal {
  const { 'x-ca-key': key = '', 'x-ca-signature': signature = '', 'x-ca-signature-method': method } = call.headers;
  const refused = (
    status: number,
    text: string,
    because: string,
    more: Readonly<Record<string, string>> = {},
  ): Refusal => ({
    status,
    body: text,
    headers: more,
    outcome: 'unauthorized',
    because,
  });
  const algorithm = ALGORITHMS[(method ?? 'HmacSHA256').toLowerCase()];
  const owner = consumers.find((row) => row.akSks.some(({ ak }) => ak === key));
  const secret = owner?.akSks.find(({ ak }) => ak === key)?.sk;
  if (key === '' || !owner || secret === undefined)
    return refused(401, 'Invalid Key', 'No consumer has the key of the call.');
  if (signature === '') return refused(401, 'Empty Signature', 'The call has a key and no signature.');
  const given = Buffer.from(signature, 'base64');
  const isSigned = (text: string): boolean => {
    const own = algorithm && createHmac(algorithm, secret).update(text, 'utf8').digest();
    return own !== undefined && own.length === given.length && timingSafeEqual(own, given);
  };
  const text = stringToSign(call);
  if (!isSigned(text) && !isSigned(stringToSign(call, false))) {
    const said = `Server StringToSign:\`${text.replaceAll('\n', '#').replaceAll(/[^\x20-\x7e]/g, '?')}\``;
    return refused(400, 'Invalid Signature', 'The signature is not that of the consumer.', {
      'X-Ca-Error-Message': said,
    });
  }
  const digest = call.headers['content-md5'];
  const isForm = (call.headers['content-type'] ?? '').startsWith(FORM);
  if (digest === undefined || isForm || digest === createHash('md5').update(call.body).digest('base64')) return owner;
  return refused(400, 'Invalid Content-MD5', 'Content-MD5 is not the one of the body.');
}
