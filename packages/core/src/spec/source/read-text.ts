import type { Plain } from './plain-value.js';
import type { SourceNode } from './source-node.js';

/** A text as data, with the way back from a value to where it stands. */
export interface ReadText {
  readonly text: string;
  readonly value: Plain;
  /** The outermost value; made when it is first asked for. */
  readonly root: () => SourceNode | undefined;
}

/** What is told of a text that is read. */
export interface ReadTextOptions {
  /** The file's name, for errors. */
  readonly file?: string | undefined;
}
