import {
  InvalidInputError,
  type PrivateIntegrations,
  type CallContext,
  type Link,
  type LookUp,
  type Owner,
} from '@postern/core';
import type { OpenPlace } from './place.js';

/**
 * The link that a name of the spec, an id, or a name on the cloud means.
 * @throws {InvalidInputError} `NOT_FOUND`, `AMBIGUOUS`
 */
export async function findLink(place: OpenPlace, name: string): Promise<Link> {
  const { gate, context, declared, spec } = place;
  if (declared && declared.id === undefined && declared.owner !== 'external') {
    const owner = { project: spec?.project ?? '', spec: gate.spec, integration: name };
    const ours = await findOfAnyKind(place, { owner });
    if (ours) return ours;
    throw await notOwned(gate, owner, declared.name ?? name, context);
  }
  const wanted: LookUp = declared?.id ?? declared?.name ?? name;
  const byId = typeof wanted === 'string' ? await findOfAnyKind(place, { id: wanted }) : undefined;
  if (byId) return byId;
  const fitting: Link[] = [];
  for await (const link of gate.links({ signal: context.signal })) if (fits(link, wanted)) fitting.push(link);
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  const region = gate.driver.region;
  if (only) {
    const ids = fitting.map(({ id }) => id).join(', ');
    throw new InvalidInputError('AMBIGUOUS', `${name} matches several links in ${region}: ${ids}`, {
      remedy: 'Write the ID of the intended link.',
    });
  }
  throw new InvalidInputError('NOT_FOUND', `link ${name} does not exist in ${region}`, {
    remedy: `See \`postern links --provider ${gate.driver.provider} --region ${region}\`.`,
  });
}

/** The link with an ID or a mark, of whichever kind that the adapter serves. */
async function findOfAnyKind(
  { gate, context }: OpenPlace,
  by: { readonly id: string } | { readonly owner: Owner },
): Promise<Link | undefined> {
  const { links, serves } = gate.driver;
  for (const kind of serves.links) {
    const found = await links.find({ kind, ...by }, context);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Why no link of this spec has a name: it carries no mark or that of another spec, or it does not exist. */
async function notOwned(
  gate: PrivateIntegrations,
  owner: Owner,
  cloudName: string,
  { signal }: CallContext,
): Promise<InvalidInputError> {
  const { integration } = owner;
  for await (const link of gate.links({ signal })) {
    const isNamed = link.owner === undefined ? link.name === cloudName : link.owner.integration === integration;
    if (!isNamed || (link.owner !== undefined && link.owner.project !== owner.project)) continue;
    const whose =
      link.owner === undefined
        ? 'carries no mark'
        : `belongs to ${link.owner.spec ?? 'no spec'} of project ${owner.project}`;
    return new InvalidInputError('NOT_FOUND', `this spec owns no link ${integration}; link ${link.id} ${whose}`, {
      remedy: `Write its ID (${link.id}) in place of the name, with the \`spec:\` that owns it.`,
    });
  }
  return new InvalidInputError('NOT_FOUND', `link ${integration} of the spec does not exist in ${gate.driver.region}`, {
    remedy: 'Create it with `postern apply`.',
  });
}

function fits(link: Link, wanted: LookUp): boolean {
  if (typeof wanted === 'string') return link.name === wanted;
  if ('name' in wanted) return link.name === wanted.name;
  return Object.entries(wanted.tag).every(([key, value]) => Object.hasOwn(link.tags, key) && link.tags[key] === value);
}
