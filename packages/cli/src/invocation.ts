import type { Io } from './process/io.js';

/** A command as it was called. */
export interface Invocation<Options = Readonly<Record<string, unknown>>> {
  readonly io: Io;
  readonly args: readonly string[];
  readonly options: Options & CommonOptions;
}

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean | undefined;
  readonly debug?: boolean | undefined;
}

/** What a command's module exports: it answers with the exit status. */
export interface CommandModule {
  readonly run: (invocation: Invocation<never>) => Promise<number>;
}
