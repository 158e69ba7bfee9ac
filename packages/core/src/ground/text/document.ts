import type { Style } from './display.js';

// What reports of checks, moves, the hand-over and the planner show, as data: `documentText` and `documentMarkdown` write it. All texts are
// from outside and not escaped yet.

/** How a verdict looks: that of a severity, of an unknown or of a pass. */
export type Look = 'error' | 'warning' | 'note' | 'unknown' | 'pass';

/** A sign of a verdict: on a terminal, and in Markdown, where `!` and `·` do not stand out. */
export const SIGNS: Readonly<Record<Look, { readonly mark: string; readonly emoji: string }>> = {
  error: { mark: '✗', emoji: '❌' },
  warning: { mark: '!', emoji: '⚠️' },
  note: { mark: '·', emoji: 'ℹ️' },
  unknown: { mark: '?', emoji: '❔' },
  pass: { mark: '✓', emoji: '✅' },
};

/** A piece of a line: pieces go on without a blank. */
export interface Piece {
  readonly text: string;
  /** Its color on a terminal. */
  readonly style?: Style | undefined;
  /** To be copied, such as an ID or a command: a code span in Markdown. */
  readonly isCode?: boolean | undefined;
}

/** A rule at the start of an item, with the sign of its verdict: `✗ path/route`. */
export interface Tag {
  readonly rule: string;
  readonly look?: Look | undefined;
}

/** An entry of a list, and what belongs to it. */
export interface Item {
  readonly tags?: readonly Tag[] | undefined;
  readonly pieces: readonly Piece[];
  /** A line to be copied: it is not broken. */
  readonly isWhole?: boolean | undefined;
  readonly items?: readonly Item[] | undefined;
  /** How many of `items` a terminal shows. */
  readonly most?: number | undefined;
  /** What pages fold below the item, and other formats leave out. */
  readonly details?: readonly Item[] | undefined;
}

/** A cell: a line or several. On a terminal, `name` replaces the name of its column; in Markdown, a line has the sign of its `look`. */
export type Cell = readonly {
  readonly pieces: readonly Piece[];
  readonly name?: string | undefined;
  readonly look?: Look | undefined;
}[];

/** A table: on a terminal, each row is its first cell with a line for each line of the others. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** A terminal leaves it out. */
  readonly isDetail?: boolean | undefined;
  /** A terminal shows rows of cells of one line in columns. */
  readonly inColumns?: boolean | undefined;
}

/** A part below a heading. */
export interface Section {
  readonly heading?: string | undefined;
  /** The heading is a name, which Markdown writes as it is. */
  readonly isName?: boolean | undefined;
  /** The color of the heading. */
  readonly style?: Style | undefined;
  /** The heading is a verdict, with its sign and color. */
  readonly look?: Look | undefined;
  readonly lines?: readonly (readonly Piece[])[] | undefined;
  readonly items?: readonly Item[] | undefined;
  /** How far a terminal indents the items: 1, two columns, by default. */
  readonly depth?: number | undefined;
  /** One item that fits stands beside the heading on a terminal. */
  readonly isShort?: boolean | undefined;
  readonly table?: Table | undefined;
}

/** A report. */
export interface Document {
  readonly title: string;
  /** Whether a terminal shows the title above the sections. */
  readonly isTitled?: boolean | undefined;
  /** The level of its heading in Markdown. */
  readonly level: 1 | 2;
  /** The numbers of verdicts. */
  readonly counts?: string | undefined;
  /** What follows from them. `of`: what it is about, where that is not the title. */
  readonly verdict?: { readonly look: Look; readonly text: string; readonly of?: string | undefined } | undefined;
  /** A report that comes before the sections. */
  readonly before?: Document | undefined;
  readonly sections: readonly Section[];
}

/** The verdict whose sign a tag has: one that is that of the tag before is not repeated. */
export function signedLook(tags: readonly Tag[], at: number): Look | undefined {
  const look = tags[at]?.look;
  return look === tags[at - 1]?.look ? undefined : look;
}

export function line(text: string, style?: Style): readonly Piece[] {
  return style === undefined ? [{ text }] : [{ text, style }];
}

export function item(text: string, style?: Style): Item {
  return { pieces: line(text, style) };
}
