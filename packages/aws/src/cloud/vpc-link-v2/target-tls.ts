import { InvalidInputError, type PosternError } from '@postern/core/kinds';
import type { CheckedUse } from '@postern/core/adapter';
import type { Target } from '@postern/core';

/**
 * Whether a listener and the target's `tls` go together. A target of a listener that terminates TLS needs `tls`, or API
 * Gateway sends plain HTTP. A target of an HTTP listener must not have it. TCP listeners forward both: whether it suits what
 * listens behind them is decided by `target/protocol`, whose errors stop `apply`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function tlsErrors({ id, protocol }: Target, { tls }: CheckedUse): readonly PosternError[] {
  if ((protocol === 'HTTPS' || protocol === 'TLS') && tls === undefined) {
    return [
      new InvalidInputError('INVALID_INPUT', `the protocol of ${id} is ${protocol}, and the target has no tls`, {
        remedy: "Add tls: { serverName: <a name on the listener's certificate> } to the target.",
        details: { protocol },
      }),
    ];
  }
  if (protocol === 'HTTP' && tls !== undefined) {
    return [
      new InvalidInputError('INVALID_INPUT', `the protocol of ${id} is HTTP, and the target has tls`, {
        remedy: 'Remove tls from the target, or use an HTTPS listener.',
        details: { protocol },
      }),
    ];
  }
  return [];
}
