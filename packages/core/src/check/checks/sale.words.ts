/** A link whose kind is not sold any more. */
export interface SoldOut {
  /** Its name in the spec. */
  readonly link: string;
  /** The product that the provider offers instead. */
  readonly successor?: string | undefined;
}

/** The remedy if a new link would help and none is sold: `write the ID of an instance in two zones as links.cn.id …`. */
export function insteadOfNew(
  { link, successor = 'the product that the provider offers instead' }: SoldOut,
  which: string,
): string {
  return `write the ID of ${which} as links.${link}.id (new instances are no longer sold), or move to ${successor}`;
}

/** A clause as the beginning of a sentence. */
export function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`;
}
