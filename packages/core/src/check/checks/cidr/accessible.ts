import { parsePrefix, type Prefix } from '../../../cidr/prefix.js';
import type { LinkView, Missing } from '../../../do/world/views.js';
import type { Evidence, Mending } from '../../../do/findings/finding.js';
import { allowlistOf, mayBeNew, unseen } from '../../../do/world/link-facts.js';
import { readBlock } from '../../path/model/group-set.js';

/** One block that a link may reach, or that the spec adds. */
export interface AccessibleBlock {
  readonly text: string;
  /** Undefined where the text is not a canonical block. */
  readonly prefix: Prefix | undefined;
  /** Whether it is on the cloud already, in the spec, or comes from the link's own subnets. */
  readonly from: 'cloud' | 'spec' | 'subnet';
}

/** The blocks that a link may reach. */
export interface Accessible {
  /** Each text once. */
  readonly blocks: readonly AccessibleBlock[];
  /** Why there may be others. */
  readonly missing?: Missing | undefined;
}

/**
 * The accessible blocks of a link: those on the cloud, and those that the spec would add. An integration instance
 * always reaches its own vSwitches. A VPC link of AWS has none unless Postern gave it an allowlist.
 */
export function accessibleOf(view: LinkView): Accessible {
  const blocks = new Map<string, AccessibleBlock>();
  const add = (text: string, from: AccessibleBlock['from']): void => {
    if (!blocks.has(text)) blocks.set(text, { text, prefix: readBlock(text), from });
  };
  const { link, region, spec } = view;
  const allowlist = link === undefined ? undefined : allowlistOf(region, link.id);
  let missing = link === undefined ? unseen(view) : region.missing('allowlists', link.id);
  for (const { cidrBlock, fixed, securityGroupId } of allowlist?.entries ?? [])
    // An entry of a security group names every block.
    if (securityGroupId === undefined) add(cidrBlock, fixed === true ? 'subnet' : 'cloud');
  if (mayBeNew(view) && view.traits.allowlist === 'accessible blocks') {
    for (const id of view.subnetIds) {
      const subnet = region.find('subnets', id);
      if (subnet.is === 'found') add(subnet.value.cidrBlock, 'subnet');
      else if (subnet.is === 'unknown') missing ??= subnet.missing;
    }
  }
  for (const text of spec.allowlist ?? []) add(text, 'spec');
  if (allowlist === undefined && link !== undefined && view.traits.allowlist === 'accessible blocks')
    missing ??= notRead(view);
  return { blocks: [...blocks.values()], missing };
}

function notRead({ name }: LinkView): Missing {
  return { what: `the accessible blocks of link ${name}`, remedy: 'Take the snapshot again with `postern snapshot`.' };
}

export function blockEvidence({ name }: LinkView, { text, from }: AccessibleBlock, more?: string): Evidence {
  const where =
    from === 'spec'
      ? `links.${name}.allowlist`
      : from === 'subnet'
        ? `link ${name}, of its own subnet`
        : `link ${name}`;
  return { kind: 'accessible block', id: text, text: more === undefined ? where : `${where}, ${more}` };
}

/** The owner of a link, as far as it decides how its blocks change. */
export function blockOwner({ name, spec, link }: LinkView): BlockOwner {
  return {
    link: name,
    linkId: link?.id,
    isExternal: spec.owner === 'external',
    isListed: spec.allowlist !== undefined,
  };
}

/** Whether a text is canonical, and if not, why and what to write. */
export function readCanonical(
  text: string,
): { readonly why: string; readonly remedy?: string | undefined } | undefined {
  try {
    parsePrefix(text);
    return undefined;
  } catch (error) {
    const { message, remedy } = error as { readonly message: string; readonly remedy?: string | undefined };
    return { why: message, remedy };
  }
}

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
