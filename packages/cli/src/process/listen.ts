import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PosternError } from '@postern/core/internal/library';

/** A server that answers. */
export interface Listening {
  readonly address: AddressInfo;
  /** Ends open connections, too. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a port. `shown` names it in the error, `remedy` says what to do.
 * @throws {PosternError} `PORT_IN_USE`.
 */
export async function listen(
  server: Server,
  {
    port,
    host = '127.0.0.1',
    shown = `port ${port}`,
    remedy,
  }: {
    readonly port: number;
    readonly host?: string | undefined;
    readonly shown?: string | undefined;
    readonly remedy: string;
  },
): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new PosternError('PORT_IN_USE', `${shown} cannot be opened`, { cause, remedy }));
    });
    server.listen(port, host, resolve);
  });
  return {
    address: server.address() as AddressInfo,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
