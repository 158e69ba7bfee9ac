import type { IncomingHttpHeaders } from 'node:http';

/** A received request, body read. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly path: string;
  /** Without the question mark; empty if there is none. */
  readonly query: string;
  /** Lower case, without the port. */
  readonly host: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as sent; undefined where they are not known. */
  readonly rawHeaders?: readonly string[] | undefined;
  readonly body: Buffer;
}

/** An answer to be sent. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
  /** The body, as it arrives, in place of `body`. */
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
  /** Real milliseconds to wait before answering. */
  readonly delayMs?: number;
  /** The connection breaks instead of the answer being sent. */
  readonly broken?: 'dropped';
  /** Called when the answer is on its way. */
  readonly onAnswered?: () => void;
}
