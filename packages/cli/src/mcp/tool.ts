import type { InputRequiredResult, ServerContext, ToolAnnotations } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import type { Call } from './scope.js';

/** What a tool answers: as data, which its schema of outputs describes, and as lines for people and older clients. */
export interface Answer {
  readonly data: object;
  /** A text of a cloud, of a file or of the client is part of one line, whatever it contains. */
  readonly lines: readonly string[];
  /** It was not done; the assistant can do something about it. */
  readonly isError?: boolean | undefined;
}

/** What of a call only tools use that ask a person. */
export interface Asking {
  readonly ctx: ServerContext;
  /** Whether the client can ask a person. */
  readonly canAsk: boolean;
  /** Signs what is kept between a question and its answer. */
  readonly mint: (state: unknown) => Promise<string>;
}

export interface Tool<Input extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly output: z.ZodType;
  readonly hints: ToolAnnotations;
  readonly run: (input: z.output<Input>, call: Call, asking: Asking) => Promise<Answer | InputRequiredResult>;
}

/** A tool with its own types, as one of a list. */
export function tool<Input extends z.ZodType>(one: Tool<Input>): Tool {
  return one as unknown as Tool;
}

/** Reads the live network, or the snapshot of the server, and changes nothing. */
export const READS: ToolAnnotations = { readOnlyHint: true, openWorldHint: true };
/** As {@link READS}, of what is on this machine. */
export const READS_HERE: ToolAnnotations = { readOnlyHint: true, openWorldHint: false };

/** Whether a result is the answer of a tool, and not a question. */
export function isAnswer(result: Answer | InputRequiredResult): result is Answer {
  return 'data' in result;
}
