import { Transform, type TransformCallback } from 'node:stream';
import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
} from '@modelcontextprotocol/server';

/** A longer frame is not kept. The library ends where it has more than 10 MB. */
const MOST_BYTES = 8 * 1024 * 1024;
const NEW_LINE = 0x0a;

/** The answer to a frame that is not a message. @see https://www.jsonrpc.org/specification#error_object */
export interface RefusedFrame {
  readonly jsonrpc: '2.0';
  readonly id: string | number | null;
  readonly error: { readonly code: -32700 | -32600; readonly message: string };
}

/** Passes the frames on that are messages of JSON-RPC, a line each, and answers any other: its sender would wait for ever. */
export class Frames extends Transform {
  #parts: Buffer[] = [];
  #size = 0;

  constructor(readonly answer: (refused: RefusedFrame) => void) {
    super();
  }

  override _transform(chunk: Buffer | string, _: BufferEncoding, done: TransformCallback): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(NEW_LINE); end >= 0; end = bytes.indexOf(NEW_LINE, start)) {
      this.#keep(bytes.subarray(start, end));
      this.#pass();
      start = end + 1;
    }
    this.#keep(bytes.subarray(start));
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#pass();
    done();
  }

  #keep(bytes: Buffer): void {
    this.#size += bytes.length;
    if (this.#size > MOST_BYTES) this.#parts = [];
    else if (bytes.length > 0) this.#parts.push(bytes);
  }

  #pass(): void {
    const [size, text] = [this.#size, Buffer.concat(this.#parts).toString()];
    [this.#parts, this.#size] = [[], 0];
    const refused =
      size > MOST_BYTES ? refusal(-32600, `the frame is longer than ${MOST_BYTES / 1024 / 1024} MiB`) : faultOf(text);
    if (refused !== undefined) this.answer(refused);
    else if (text.trim() !== '') this.push(`${text}\n`);
  }
}

/** Undefined: it is a message, or an empty line. */
function faultOf(text: string): RefusedFrame | undefined {
  if (text.trim() === '') return undefined;

  let value: unknown;
  try {
    value = JSON.parse(text);
    const isMessage = [isJSONRPCRequest, isJSONRPCNotification, isJSONRPCResultResponse, isJSONRPCErrorResponse];
    if (isMessage.some((fits) => fits(value))) return undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) return refusal(-32700, 'the frame is not JSON');
  }
  if (Array.isArray(value)) return refusal(-32600, 'the frame is a list: send each message in a line of its own');

  const { id } = (value ?? {}) as { readonly id?: unknown };
  const known = typeof id === 'string' || typeof id === 'number' ? id : null;
  return refusal(
    -32600,
    'the frame is not a request of JSON-RPC 2.0: jsonrpc, a method, an ID, and params by name',
    known,
  );
}

function refusal(code: RefusedFrame['error']['code'], message: string, id: RefusedFrame['id'] = null): RefusedFrame {
  return { jsonrpc: '2.0', id, error: { code, message } };
}
