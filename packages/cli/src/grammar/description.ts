import type { CommandModule } from '../invocation.js';

/** One option of a command. */
export interface OptionDescription {
  readonly flags: string;
  readonly description: string;
  readonly parse?: ((text: string, before: unknown) => unknown) | undefined;
  readonly choices?: readonly string[] | undefined;
  /** The choices are names of clouds, and those that programs bring are others. */
  readonly ofClouds?: boolean | undefined;
  readonly fallback?: string | number | undefined;
  /** The command cannot do without it. */
  readonly required?: boolean | undefined;
  /** It is about calls of a cloud: the help of commands that call none leaves it out. */
  readonly callsCloud?: boolean | undefined;
  /** It is about one spec: with several it is refused, as files that are written are. */
  readonly ofOneSpec?: boolean | undefined;
  /** It names a file that is written at the end. Whether that is possible is checked first. */
  readonly writes?: boolean | undefined;
}

/** One command: its grammar, its help, and where its code is. */
export interface CommandDescription {
  /** Name and arguments, as commander writes them. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionDescription[];
  readonly examples: readonly string[];
  /** Former names of options, each with its present one, for the error. */
  readonly renamed?: Readonly<Record<string, string>> | undefined;
  /** With several specs it is carried out for each: `next`, whatever became of the others, or only `while-done`. */
  readonly eachSpec?: 'next' | 'while-done' | undefined;
  readonly load: () => Promise<CommandModule>;
}

/** Commands under one name. */
export interface CommandGroup {
  readonly usage: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly commands: readonly CommandDescription[];
}
