import type { ClientFailures } from '@postern/core/adapter';

/**
 * The names that the official clients give to network failures. Their `ConnectTimeout` is any time without a
 * byte, including the wait for an answer. A connection that is not established has a code of this package
 * (`ECONNTIMEOUT`).
 */
export const CLIENT_FAILURES: ClientFailures = {
  first: ({ name }) =>
    name === 'NoAnswer' || name.startsWith('RequestTimeout')
      ? { message: 'no response in time', sent: true, transient: true }
      : undefined,
};
