import { connect } from 'node:net';

/** How often a server that refused a connection is tried again, in real milliseconds. */
const AGAIN_MS = 500;

/** Resolves when a server of this machine accepts connections again. A signal ends the wait. */
export function untilReachable(url: string, signal: AbortSignal): Promise<void> {
  const { hostname, port } = new URL(url);
  const address = { host: hostname === '[::1]' ? '::1' : '127.0.0.1', port: port === '' ? 80 : Number(port) };
  return new Promise((resolve) => {
    const again = (): void => {
      if (!signal.aborted) setTimeout(attempt, AGAIN_MS).unref();
    };
    const attempt = (): void => {
      if (signal.aborted) return;
      const socket = connect(address, () => {
        socket.destroy();
        resolve();
      });
      socket.unref();
      socket.on('error', again);
    };
    again();
  });
}
