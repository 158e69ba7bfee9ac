import type { Trace } from '@postern/core/internal/library';
import type { FleetClient } from '@postern/fleet';
import type { CloudInput } from '../spec/brought-clouds.js';
import type { SpecInput } from '../spec/spec-input.js';
import type { ProgramWaits } from './program-waits.js';

/** The destination of text. Writing never throws: text to a closed pipe is discarded. */
export interface Sink {
  readonly write: (text: string) => void;
  /** Writes bytes and waits until there is room for more. False when the reader has closed the stream. */
  readonly writeBytes?: ((bytes: Uint8Array) => Promise<boolean>) | undefined;
  /** Prints a value of a stream of JSON lines, where `--query` selects a part of each. */
  readonly writeLine?: ((value: unknown) => void) | undefined;
  /** The stream of the process. `process.stdout` is that of programs: an answer does not contain what they print. */
  readonly stream?: (() => NodeJS.WriteStream) | undefined;
  /** Whether anything was written. */
  isUsed?: boolean | undefined;
  readonly isTerminal: boolean;
  /** The width of the terminal; undefined where there is none. */
  readonly columns?: number | undefined;
}

/** All that a command touches of the process that it runs in, so that tests can run one without a process. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Reads standard input to its end; where there is none, it is empty. */
  readonly readStdin?: (() => Promise<Uint8Array>) | undefined;
  /** Whether a person can confirm. */
  readonly canAsk: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether errors are JSON, a line each. */
  readonly json?: boolean | undefined;
  /** Shows text without values of the spec's variables, also on both streams. Set by {@link hidingIo}. */
  readonly shown?: ((text: string) => string) | undefined;
  /** From now on `shown` does what this does, too. */
  readonly hide?: ((shown: (text: string) => string) => void) | undefined;
  /** Overlays and variables of the spec that is read. */
  readonly spec?: SpecInput | undefined;
  /** Clouds that the command takes besides its own. */
  readonly clouds?: CloudInput | undefined;
  /** Called for each call of a cloud: spans, where a tracer is registered. */
  readonly trace?: Trace | undefined;
  /** What is waited for of programs that users bring. Set by the process. */
  readonly waits?: ProgramWaits | undefined;
  /** The runs of the engine at an address, in place of a client that calls it. */
  readonly fleet?: ((engine: string) => FleetClient) | undefined;
  /** Aborted with an `Interrupted` when the process is asked to end. */
  readonly signal: AbortSignal;
}

/** The same {@link Io} with a hook of cloud calls. Its members are looked up when they are used. */
export function withTrace(io: Io, trace: Trace): Io {
  return Object.create(io, { trace: { value: trace, enumerable: true } }) as Io;
}

/** The same {@link Io}, whose texts a spec that is read can restrict: see `Spec.hidden`. */
export function hidingIo(io: Io, json: boolean): Io {
  const rules: ((text: string) => string)[] = [];
  const shown = (text: string): string => rules.reduce((left, rule) => rule(left), text);
  // With getters, so that a stream is opened only when it is used.
  const hiding = (sink: Sink): Sink => {
    return {
      stream: sink.stream,
      write: (text) => {
        sink.isUsed = true;
        sink.write(shown(text));
      },
      writeBytes:
        sink.writeBytes &&
        ((bytes) => {
          sink.isUsed = true;
          return sink.writeBytes?.(bytes) ?? Promise.resolve(false);
        }),
      get isUsed() {
        return sink.isUsed;
      },
      get isTerminal() {
        return sink.isTerminal;
      },
      get columns() {
        return sink.columns;
      },
    };
  };
  return {
    stdout: hiding(io.stdout),
    stderr: hiding(io.stderr),
    readStdin: io.readStdin,
    get canAsk() {
      return io.canAsk;
    },
    env: io.env,
    cwd: io.cwd,
    signal: io.signal,
    fleet: io.fleet,
    trace: io.trace,
    waits: io.waits,
    json,
    shown,
    hide: (rule) => void rules.push(rule),
  };
}

/** Whether errors are JSON. They may be errors of the grammar, so the grammar is not asked. */
export function asksForJson(argv: readonly string[]): boolean {
  return argv.some((word) => word === '--json' || word === '--query' || word.startsWith('--query='));
}
