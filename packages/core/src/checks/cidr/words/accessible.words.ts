import type { Mending } from '../../../findings/finding.js';

/** The owner of a link, as far as it decides how the accessible blocks of the link change. */
export interface BlockOwner {
  readonly link: string;
  readonly linkId?: string | undefined;
  readonly isExternal: boolean;
  /** Whether the spec lists its blocks. */
  readonly isListed: boolean;
}

/** What to do so that a block is accessible, as a sentence; `otherwise` is an alternative. */
export function addText({ link, linkId, isExternal }: BlockOwner, block: string, otherwise = ''): string {
  return isExternal
    ? `Ask the owner of ${linkId ?? `link ${link}`} to add ${block} to its accessible blocks${otherwise}.`
    : `Add ${block} to links.${link}.allowlist, then run \`postern apply\`${otherwise}.`;
}

/** The steps to make a block inaccessible, as the end of a sentence. `from` as of an accessible block. */
export function removeText({ link, linkId, isExternal, isListed }: BlockOwner, block: string, from: string): string {
  if (isExternal) return `ask the owner of ${linkId ?? `link ${link}`} to remove ${block}`;
  if (from === 'spec') return `remove ${block} from links.${link}.allowlist`;
  // What the spec does not list `postern apply` leaves as it is.
  return isListed
    ? `leave ${block} out of links.${link}.allowlist and run \`postern apply\`, which removes it`
    : `run \`postern revoke ${link} ${block}\``;
}

/** Whether `postern apply` removes a block that is accessible: the spec lists blocks, and this is none of them. */
export function blockMending({ isExternal, isListed }: BlockOwner, from: string): Mending | undefined {
  return from === 'cloud' && isListed && !isExternal ? 'apply' : undefined;
}
