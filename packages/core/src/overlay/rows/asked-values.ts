import { undecided } from '../../do/findings/say.js';
import type { Wanted } from '../declared/open.js';
import type { View } from '../draft/view.js';
import { ifCertain, refusals, type Asked, type Refusals } from './refusals.js';

/** A text of another resource, where it is known. */
export function textOf(view: View, attribute: string): string | undefined {
  return ifCertain(() => view.text(attribute));
}

/** A block that is written once; undefined where it is not written, or not known. */
export function blockOf(view: View, name: string): View | undefined {
  return ifCertain(() => view.blocks(name)[0]);
}

/** Whether an attribute has no value. */
export function isNull(view: View, attribute: string): boolean {
  const value = view.values?.[attribute];
  const isLeftOut = value === undefined && view.lookup.references.omitsUnset === true;
  return (value === null || isLeftOut) && !view.isUnknown(attribute);
}

/** Whether an attribute is known and not set. */
export function lacks(view: View, attribute: string): boolean {
  return !view.isUnknown(attribute) && textOf(view, attribute) === undefined;
}

/** What an attribute is, or can get: undefined where that is open. */
export function possible(view: View, attribute: string): readonly string[] | undefined {
  const known = textOf(view, attribute);
  if (known !== undefined) return [known];
  if (!view.isUnknown(attribute)) return undefined;

  const { values, reasons } = view.candidates(attribute, ANY);
  return reasons.length > 0 || values.length === 0 ? undefined : values;
}

/** Any text: what is not accepted must be seen, too. */
const ANY: Wanted = { attribute: 'arn', form: /^/ };

/** How a text shows the other one of two: its address, or that the resource replaces it and it exists until then. */
export function pairOf(
  { view }: Pick<Asked, 'view'>,
  other: View,
): { readonly isOwn: boolean; readonly other: string } {
  const isOwn = other.instance === view.instance;
  return { isOwn, other: other.instance.address };
}

/** How texts name the other one of two. */
export const OTHER = '[if isOwn: what it replaces, which exists until the new one does,|{other}]';

/** Whether a number is a whole one in bounds. */
export function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** A word that an attribute is written with, in a block or not, and those that this version knows. */
export interface WordOf {
  readonly block?: string;
  readonly attribute: string;
  readonly known: readonly string[];
  /** The form of words that are known besides, such as numbers. */
  readonly also?: RegExp;
}

/** Words that no table lists may be new: whether the cloud accepts them is unknown. */
export function knownWords(
  types: readonly string[],
  words: readonly WordOf[],
  isAsked: (asked: Asked) => boolean = () => true,
): Refusals {
  return refusals(
    types,
    {
      WORD_NOT_KNOWN: undecided(
        '{attribute} is {word}, which is not known to this version: the cloud may refuse it',
        'Check that the cloud accepts {word}[; known are {known:and}].',
      ),
    },
    function* (asked, say) {
      if (!isAsked(asked)) return;

      for (const { block, attribute, known, also } of words)
        for (const view of block === undefined ? [asked.view] : (ifCertain(() => asked.view.blocks(block)) ?? [])) {
          const word = textOf(view, attribute);
          if (word === undefined || known.includes(word) || known.includes(word.toLowerCase())) continue;
          if (also?.test(word) === true || word.includes('${')) continue;

          const name = block === undefined ? attribute : block;
          yield say.WORD_NOT_KNOWN(asked.about, { attribute: asked.named(name), word, known }, undefined);
        }
    },
  );
}
