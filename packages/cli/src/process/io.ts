/** The destination of text. Writing never throws: text to a closed pipe is discarded. */
export interface Sink {
  readonly write: (text: string) => void;
  /** Writes bytes and waits until there is room for more. False when the reader has closed the stream. */
  readonly writeBytes?: ((bytes: Uint8Array) => Promise<boolean>) | undefined;
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
  /** Aborted with an `Interrupted` when the process is asked to end. */
  readonly signal: AbortSignal;
}
