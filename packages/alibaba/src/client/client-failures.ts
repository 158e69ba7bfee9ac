import type { ClientFailures } from '@postern/core/adapter';

/**
 * How the official clients name failures of the network. Their `ConnectTimeout` is any time without a byte, the wait for an
 * answer included; a connection that does not come about has a code of ours (`ECONNTIMEOUT`).
 */
export const CLIENT_FAILURES: ClientFailures = {
  first: ({ name }) =>
    name === 'NoAnswer' || name.startsWith('RequestTimeout')
      ? { message: 'no answer came in time', sent: true, transient: true }
      : undefined,
};
