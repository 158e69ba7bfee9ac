import type { Io, Sink } from '../process/io.js';

/** The options of every command that decide what is printed of its result, and how. */
export interface OutputOptions {
  readonly query?: string | undefined;
  /** False with `--no-color`. */
  readonly color?: 'auto' | 'always' | 'never' | false | undefined;
  readonly quiet?: boolean | undefined;
  readonly json: boolean;
}

/** What a command prints to, and what prints the rest when it has ended. */
export interface Output {
  readonly io: Io;
  readonly end: () => void;
}

/**
 * The output that the options ask for.
 * @throws {InvalidInputError} `INVALID_INPUT` for a broken expression.
 */
export async function outputFor(io: Io, { query, color = 'auto', quiet, json }: OutputOptions): Promise<Output> {
  const painted = color === 'auto' ? io : withColor(io, color);
  // A document that is asked for is printed.
  const isAsked = json || query !== undefined;
  const shown = quiet === true ? withoutResults(painted, isAsked) : painted;
  return query === undefined ? { io: shown, end: () => undefined } : selecting(shown, query);
}

function withColor(io: Io, color: 'always' | 'never' | false): Io {
  const variables =
    color === 'always' ? { NO_COLOR: undefined, FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined };
  // What shows progress and asks reads the variables of the process itself.
  if (io.env === process.env)
    for (const [name, value] of Object.entries(variables))
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
  return { ...io, env: { ...io.env, ...variables } };
}

/** Without results for people no confirmation is requested. */
function withoutResults(io: Io, isAsked: boolean): Io {
  if (isAsked) return { ...io, canAsk: false };

  const nowhere = { ...io.stdout, write: () => undefined, writeBytes: () => Promise.resolve(true) };
  return { ...io, stdout: nowhere, canAsk: false };
}

/**
 * Prints what an expression selects: of a document when the command has ended, of lines of JSON at once. Lines have different members:
 * one of which it selects nothing, or whose types do not fit, is left out.
 */
async function selecting(io: Io, expression: string): Promise<Output> {
  const { parsed, queryOf } = await import('./query.js');
  const { jsonText } = await import('@postern/core/internal/report');
  const { note } = await import('./print.js');
  const query = await queryOf(expression);
  const decoder = new TextDecoder();
  const shown = (text: string): string => io.shown?.(text) ?? text;
  let document = '';
  let misfit: unknown;
  let isPrinted = false;
  let isStream = false;
  const stdout: Sink = {
    write: (text) => void (document += shown(text)),
    writeBytes: (bytes) => {
      document += shown(decoder.decode(bytes, { stream: true }));
      return Promise.resolve(true);
    },
    writeLine: (value) => {
      isStream = true;
      try {
        const selected = query(JSON.parse(shown(JSON.stringify(value))));
        if (selected === null) return;

        io.stdout.write(`${jsonText(selected)}\n`);
        isPrinted = true;
      } catch (error) {
        misfit ??= error; // A run goes on: it must not end because of what is printed.
      }
    },
    isTerminal: false,
  };
  const end = (): void => {
    if (document !== '') io.stdout.write(`${jsonText(query(parsed(document)), 2)}\n`);
    else if (misfit !== undefined && !isPrinted) throw misfit;
    else if (!isStream)
      note(io, 'the command printed nothing, so --query selected nothing; files of -o are written as a whole');
  };
  return { io: { ...io, stdout }, end };
}
