import type { Socket } from 'node:net';

/** Connections without a request, above which the one that has been idle for longest is closed. */
const MOST_IDLE = 1_000;
/** Requests in flight and open WebSockets, above which further calls are refused: so many take some 70 MB. */
export const MOST_BUSY = 5_000;

/** The open connections of a server. Those that carry a request are never closed for others. */
export class Connections {
  /** Idle for longest first. */
  readonly #idle = new Set<Socket>();
  readonly #busy = new Set<Socket>();

  /** A client has connected. */
  opened(socket: Socket): void {
    this.#wait(socket);
    socket.once('close', () => {
      this.#idle.delete(socket);
      this.#busy.delete(socket);
    });
  }

  /** A request has arrived, or the connection becomes a WebSocket. */
  began(socket: Socket): void {
    this.#idle.delete(socket);
    this.#busy.add(socket);
  }

  /** The request was answered. */
  ended(socket: Socket): void {
    if (this.#busy.delete(socket) && !socket.destroyed) this.#wait(socket);
  }

  /** Whether more requests are in flight than the server takes. */
  isFull(): boolean {
    return this.#busy.size > MOST_BUSY;
  }

  #wait(socket: Socket): void {
    this.#idle.add(socket);
    if (this.#idle.size <= MOST_IDLE) return;
    const [longest] = this.#idle;
    longest?.destroy();
    if (longest) this.#idle.delete(longest);
  }
}
