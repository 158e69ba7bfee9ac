import { type Readable, type Writable, Transform, type TransformCallback } from 'node:stream';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { displayText } from '@postern/core/internal/report';
import { untilInterrupted } from '../process/interruption.js';
import type { Scope } from './scope.js';
import { createServer } from './server.js';
import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
} from '@modelcontextprotocol/server';

/** A longer frame is not kept. The library ends where it has more than 10 MB. */
const MOST_BYTES = 8 * 1024 * 1024;
const NEW_LINE = 0x0a;

/** The answer to a frame that is not a message. @see https://www.jsonrpc.org/specification#error_object */
interface RefusedFrame {
  readonly jsonrpc: '2.0';
  readonly id: string | number | null;
  readonly error: { readonly code: -32700 | -32600; readonly message: string };
}

/** Passes the frames on that are messages of JSON-RPC, a line each, and answers any other: its sender would wait for ever. */
class Frames extends Transform {
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

/** A client that reads a file or a pipe into the server ends its input at once: its calls are answered within this time. */
const ANSWERS_WITHIN_MS = 60_000;

interface TransportHooks {
  /** The input has ended, and these tools are still called. */
  readonly onEnding: (tools: readonly string[]) => void;
  readonly onClosed: () => void;
}

/** Standard input and output. Where the input ends, requests that are not answered yet are answered before the server closes. */
class AnsweringTransport extends StdioServerTransport {
  /** Requests without an answer, and the tool that each calls. */
  readonly #open = new Map<string | number, string | undefined>();
  readonly #hooks: TransportHooks;
  #answered = (): void => undefined;
  #isWaiting = true;

  constructor(input: Readable, output: Writable, hooks: TransportHooks) {
    super(input, output);
    this.#hooks = hooks;
  }

  override async start(): Promise<void> {
    const deliver = this.onmessage;
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the protocol's library has this member only
    this.onmessage = (message) => {
      this.#note(message);
      deliver?.(message);
    };
    await super.start();
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    try {
      await super.send(message);
    } finally {
      if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) this.#settle(message.id);
    }
  }

  /** From now on, closing waits for no answer: the process was asked to end. */
  hurry(): void {
    this.#isWaiting = false;
    this.#answered();
  }

  override async close(): Promise<void> {
    if (this.#isWaiting && this.#open.size > 0) {
      this.#hooks.onEnding([...this.#open.values()].filter((tool) => tool !== undefined));
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#answered = resolve;
        timer = setTimeout(resolve, ANSWERS_WITHIN_MS);
      });
      clearTimeout(timer);
    }
    await super.close();
    this.#hooks.onClosed();
  }

  #note(message: JSONRPCMessage): void {
    // A subscription is answered when it ends.
    if (isJSONRPCRequest(message) && message.method !== 'subscriptions/listen') {
      const name = message.method === 'tools/call' ? message.params?.['name'] : undefined;
      this.#open.set(message.id, typeof name === 'string' ? name : undefined);
    } else if (isJSONRPCNotification(message) && message.method === 'notifications/cancelled') {
      this.#settle(message.params?.['requestId']);
    }
  }

  #settle(id: unknown): void {
    if ((typeof id === 'string' || typeof id === 'number') && this.#open.delete(id) && this.#open.size === 0)
      this.#answered();
  }
}

/** Where the messages of the protocol come from and go to: by default standard input and output. */
export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Serves both eras of the protocol until the input ends or the process is asked to end, and then until calls that run have
 * ended: an `apply` finishes its current step and records it. Where the input ends, calls are answered. Returns the exit status.
 */
export async function serve(scope: Scope, streams?: Streams): Promise<number> {
  const running = new Set<Promise<unknown>>();
  const stop = new AbortController();
  const { input = process.stdin, output = scope.io.stdout.stream?.() ?? process.stdout } = streams ?? {};
  let end = (): void => undefined;
  const ended = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
  });
  const frames = new Frames((refused) => void output.write(`${JSON.stringify(refused)}\n`));
  const transport = new AnsweringTransport(input.pipe(frames), output, {
    // An apply without a client finishes its current step only. Tools that read continue, and are answered.
    onEnding: (tools) => void (tools.includes('apply') && stop.abort()),
    onClosed: () => end(),
  });
  const handle = serveStdio(() => createServer(scope, { running, signal: stop.signal }), {
    transport,
    onerror: ({ message }) => scope.io.stderr.write(`note: ${displayText(message)}\n`),
  });
  const interrupted = await Promise.race([ended, untilInterrupted(scope.io)]);
  stop.abort();
  transport.hurry();
  await handle.close();
  input.unpipe(frames).pause();
  await Promise.allSettled(running);
  return interrupted?.exitCode ?? 0;
}
