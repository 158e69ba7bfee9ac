/** A link whose kind can no longer be bought. */
export interface SoldOut {
  /** Its name in the spec. */
  readonly link: string;
  /** The product that the provider offers instead. */
  readonly successor?: string | undefined;
}

/** What to do where a new link would help and none can be had: `name one that stands in two zones as links.cn.id, …`. */
export function insteadOfNew({ link, successor = 'what the provider offers instead' }: SoldOut, which: string): string {
  return `name ${which} as links.${link}.id (new ones are no longer sold), or move to ${successor}`;
}

/** A clause as the beginning of a sentence. */
export function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`;
}
