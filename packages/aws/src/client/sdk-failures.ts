import type { ClientFailures } from '@postern/core/adapter';

/**
 * The names that the SDK's request handler gives to network failures. It also reports a broken connection
 * (ECONNRESET, EPIPE) as a `TimeoutError`. The system's code then shows the cause, so the general case comes
 * last.
 */
export const SDK_FAILURES: ClientFailures = {
  first: ({ name, message }) =>
    name === 'TimeoutError' && /did not establish a connection/.test(message)
      ? { message: 'the endpoint did not accept the connection in time', sent: false, transient: false }
      : undefined,
  last: ({ name }) =>
    name === 'TimeoutError' ? { message: 'no response in time', sent: true, transient: true } : undefined,
};
