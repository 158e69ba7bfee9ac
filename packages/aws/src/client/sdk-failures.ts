import type { ClientFailures } from '@postern/core/adapter';

/**
 * How the SDK's request handler names failures of the network. It calls a broken connection (ECONNRESET, EPIPE) a
 * `TimeoutError`, too; there the system's code says what it was, so the general case comes last.
 */
export const SDK_FAILURES: ClientFailures = {
  first: ({ name, message }) =>
    name === 'TimeoutError' && /did not establish a connection/.test(message)
      ? { message: 'the endpoint did not take the connection in time', sent: false, transient: false }
      : undefined,
  last: ({ name }) =>
    name === 'TimeoutError' ? { message: 'no answer came in time', sent: true, transient: true } : undefined,
};
