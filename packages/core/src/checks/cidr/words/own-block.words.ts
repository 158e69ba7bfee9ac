import { insteadOfNew, type SoldOut } from '../../sale.words.js';

/** The other CIDR block that an instance can have. */
export interface OtherBlock {
  readonly link: string;
  readonly other: string;
  readonly isNew: boolean;
  /** Set where new instances are no longer sold. */
  readonly soldOut?: SoldOut | undefined;
}

/** How an instance gets the other block, or the alternative if new instances are no longer sold. */
export function otherBlockText({ link, other, isNew, soldOut }: OtherBlock): string {
  if (isNew) return `write instanceCidr: ${other} for links.${link}`;
  return soldOut !== undefined
    ? `${insteadOfNew(soldOut, `an instance whose CIDR block is ${other}`)}, because the CIDR block of an instance never changes`
    : `create an instance with instanceCidr: ${other} and move the API groups to it: the block of an instance never changes`;
}
