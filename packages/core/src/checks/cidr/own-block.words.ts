import { insteadOfNew, type SoldOut } from '../sale.words.js';

/** The block that an instance would have instead of its own. */
export interface OtherBlock {
  readonly link: string;
  readonly other: string;
  readonly isNew: boolean;
  /** Set where new instances are no longer sold. */
  readonly soldOut?: SoldOut | undefined;
}

/** How an instance gets the other block; where new ones are no longer sold, what there is instead. */
export function otherBlockText({ link, other, isNew, soldOut }: OtherBlock): string {
  if (isNew) return `write instanceCidr: ${other} for links.${link}`;
  return soldOut !== undefined
    ? `${insteadOfNew(soldOut, `an instance whose own block is ${other}`)}, since the block of an instance never changes`
    : `have a new instance made with instanceCidr: ${other} and move its groups there, since the block of an instance never changes`;
}
