/** Where text goes. Writing never throws: a closed pipe swallows what is written to it. */

/** Where text goes. Writing never throws: a closed pipe swallows what is written to it. */
export interface Sink {
  readonly write: (text: string) => void;
  /** Writes bytes and waits until there is room for more; false when nobody reads any longer. */
  readonly writeBytes?: ((bytes: Uint8Array) => Promise<boolean>) | undefined;
  readonly isTerminal: boolean;
  /** How wide the terminal is; undefined where there is none. */
  readonly columns?: number | undefined;
}

/** All that a command touches of the process that it runs in, so that tests can run one without a process. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Reads standard input to its end; where there is none, it is empty. */
  readonly readStdin?: (() => Promise<Uint8Array>) | undefined;
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted with an `Interrupted` when the process is asked to end. */
  readonly signal: AbortSignal;
}
