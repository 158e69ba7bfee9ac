import { InvalidInputError } from '../../ground/errors.js';
import type { Link } from '../model/link.js';
import { forgetRemedy, ownershipOf, ownerText } from '../model/ownership.js';
import type { Spec } from '../spec.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { nearest } from '../../ground/text/nearest.js';

/** What is forgotten: by the keys of the spec, or those in marks; links by their IDs, too. */
export interface Chosen {
  readonly link: (name: string) => boolean;
  readonly linkId: (id: string) => boolean;
  readonly integration: (name: string) => boolean;
}

/** What a spec owns, by name, and the IDs of the links that it may release. */
export interface ReleasableNames {
  readonly links: ReadonlySet<string>;
  /** Those of `links` that exist. */
  readonly markedLinks: ReadonlySet<string>;
  readonly linkIds: ReadonlySet<string>;
  readonly integrations: ReadonlySet<string>;
}

const always = (): boolean => true;

/** Everything that a spec owns: no name is given. */
export const EVERYTHING: Chosen = { link: always, linkId: always, integration: always };

/**
 * What the names of a command mean: `links.eu`, `integrations.orders`, the ID of a link, or a name alone where it is
 * that of either a link or an integration.
 * @throws {InvalidInputError} `NOT_FOUND`, `NOT_OURS`, `AMBIGUOUS`; `INVALID_INPUT` for a target
 */
export function chosenBy(names: readonly string[], owned: ReleasableNames, spec: Spec, snapshot: Snapshot): Chosen {
  const links = new Set<string>();
  const integrations = new Set<string>();
  for (const text of names) {
    const [, section, name = text] = /^(links|integrations)\.(.+)$/.exec(text) ?? [];
    if (section === 'integrations' && name.includes('.targets.') && !owned.integrations.has(name)) throw isTarget(text);

    const isLink = section !== 'integrations' && (owned.links.has(name) || owned.linkIds.has(name));
    const isIntegration = section !== 'links' && owned.integrations.has(name);
    if (isLink && isIntegration) {
      throw new InvalidInputError('AMBIGUOUS', `${name} is a link and an integration`, {
        remedy: `Write links.${name} or integrations.${name}.`,
      });
    }
    if (!isLink && !isIntegration) throw unknownName(text, name, owned, spec, snapshot);

    if (isLink) refuseOthers(name, owned, spec, snapshot);
    (isLink ? links : integrations).add(name);
  }
  const link = (name: string): boolean => links.has(name);
  return { link, linkId: link, integration: (name) => integrations.has(name) };
}

function isTarget(text: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `${text} is a target, and has no mark that can be removed`, {
    remedy: 'Write the integration: the routes that use the target carry the marks.',
  });
}

/** Where this spec owns no link of a name that it declares, and another spec of the project does: `NOT_OURS`. */
function refuseOthers(name: string, owned: ReleasableNames, spec: Spec, { regions }: Snapshot): void {
  if (owned.linkIds.has(name) || owned.markedLinks.has(name)) return;

  const link = regions
    .flatMap((region) => region.links)
    .find(({ owner }) => owner?.integration === name && ownershipOf(owner, spec) === 'other-spec');
  if (link !== undefined) throw notOurs(link, spec);
}

function notOurs({ id, owner }: Link, spec: Spec): InvalidInputError {
  const { project, spec: identity } = owner ?? {};
  return new InvalidInputError('NOT_OURS', `link ${id} is ${ownerText(owner, spec)}`, {
    remedy:
      project === undefined
        ? 'It carries no mark that this spec could remove.'
        : forgetRemedy({ project, spec: identity }),
    details: { project, spec: identity },
  });
}

/** Why a name means nothing that can be released: it is the ID of a link of another owner, or unknown. */
function unknownName(
  text: string,
  name: string,
  owned: ReleasableNames,
  spec: Spec,
  { regions }: Snapshot,
): InvalidInputError {
  const link = regions.flatMap((region) => region.links).find(({ id }) => id === name);
  if (link !== undefined && ownershipOf(link.owner, spec) !== 'own') return notOurs(link, spec);

  const known = [
    ...[...owned.links].map((one) => `links.${one}`),
    ...[...owned.integrations].map((one) => `integrations.${one}`),
  ];
  const similar = nearest(text, known) ?? nearest(name, [...owned.links, ...owned.integrations]);
  const list = known.length === 0 ? 'This spec owns nothing here.' : `It owns ${known.slice(0, 10).join(', ')}.`;
  return new InvalidInputError('NOT_FOUND', `this spec owns nothing with the name ${text}`, {
    remedy: similar === undefined ? list : `Did you mean ${similar}?`,
  });
}
