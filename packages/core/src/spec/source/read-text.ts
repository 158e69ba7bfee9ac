import type { Plain } from './plain-value.js';
import type { SourceNode } from './source-node.js';

/** A text as data, with the positions of its values. */
export interface ReadText {
  readonly text: string;
  readonly value: Plain;
  /** The outermost value, created on first use. */
  readonly root: () => SourceNode | undefined;
}

/** Options for reading a text. */
export interface ReadTextOptions {
  /** The file's name, for errors. */
  readonly file?: string | undefined;
}
