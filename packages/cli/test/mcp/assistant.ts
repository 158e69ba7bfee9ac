import { PassThrough } from 'node:stream';
import { Client, type ElicitResult, type Transport } from '@modelcontextprotocol/client';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { onTestFinished } from 'vitest';
import { MARK } from '../../src/mcp/answers.js';
import { openScope, type ScopeOptions } from '../../src/mcp/scope.js';
import { serve } from '../../src/mcp/serve.js';
import type { Io } from '../../src/process/io.js';

/** The revisions of the protocol: with a handshake, and without. */
export const ERAS = ['legacy', 'modern'] as const;
export type Era = (typeof ERAS)[number];

/** A client in this process. */
export interface Assistant {
  readonly client: Client;
  /** The questions that a person was asked. */
  readonly asked: string[];
  /** What the server wrote on stderr. */
  readonly err: () => string;
  /** What the server wrote, as it went over the wire. */
  readonly wire: () => string;
  /** Writes to the server as it is, beside the client. Resolves when the server has taken it. */
  readonly write: (bytes: string | Buffer) => Promise<void>;
}

export interface AssistantOptions {
  readonly cwd: string;
  readonly era?: Era;
  readonly options?: ScopeOptions;
  readonly env?: Record<string, string>;
  /** Programs that bring clouds. */
  readonly cloud?: readonly string[];
  /** How a person answers; without it the client cannot ask. */
  readonly answer?: (message: string) => ElicitResult;
  /** The clock of plans. */
  readonly now?: () => number;
}

/** Starts a server for a folder, and connects the official client by two streams: nothing but lines go between them. */
export async function assistant({
  cwd,
  era = 'modern',
  env = {},
  cloud = [],
  answer,
  ...more
}: AssistantOptions): Promise<Assistant> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const [texts, wire]: [string[], string[]] = [[], []];
  toClient.on('data', (chunk: Buffer) => wire.push(chunk.toString()));
  const io: Io = {
    stdout: { write: () => undefined, isTerminal: false },
    stderr: { write: (text) => void texts.push(text), isTerminal: false },
    canAsk: false,
    env,
    cwd,
    clouds: { named: cloud },
    signal: new AbortController().signal,
  };
  const served = serve(openScope(io, undefined, more.options ?? {}, more.now), { input: toServer, output: toClient });
  const capabilities = answer === undefined ? {} : { elicitation: { form: {} } };
  const versionNegotiation = { mode: era === 'modern' ? ('auto' as const) : ('legacy' as const) };
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities, versionNegotiation });
  const asked: string[] = [];
  if (answer !== undefined) {
    client.setRequestHandler('elicitation/create', ({ params }) => {
      asked.push(params.message);
      return answer(params.message);
    });
  }
  await client.connect(new StdioServerTransport(toClient, toServer) as Transport);
  onTestFinished(async () => {
    await client.close();
    toServer.end();
    await served;
  });
  const write = (bytes: string | Buffer): Promise<void> =>
    new Promise((resolve) => void toServer.write(bytes, () => resolve()));
  return { client, asked, err: () => texts.join(''), wire: () => wire.join(''), write };
}

/** The structured part of an answer, and its text without what marks it as data. */
export async function call<T = Record<string, unknown>>(
  { client }: Assistant,
  name: string,
  given: Record<string, unknown> = {},
): Promise<T & { readonly isError?: boolean; readonly text: string }> {
  const { structuredContent, content, isError } = await client.callTool({ name, arguments: given });
  const text = content
    .filter((one) => one.type !== 'text' || one.text !== MARK)
    .map((one) => (one.type === 'text' ? one.text : ''))
    .join('\n');
  return { ...(structuredContent as T), ...(isError === true && { isError }), text };
}
