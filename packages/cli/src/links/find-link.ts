import {
  InvalidInputError,
  isPosternError,
  type PrivateIntegrations,
  type CallContext,
  type Link,
  type Owner,
} from '@postern/core/internal/library';
import type { LookUp } from '@postern/core/internal/spec';
import type { OpenPlace } from './place.js';

/**
 * The link that a name of the spec, an id, or a name on the cloud means.
 * @throws {InvalidInputError} `NOT_FOUND`, `AMBIGUOUS`
 */
export async function findLink(place: OpenPlace, name: string): Promise<Link> {
  const { gate, context, declared, spec, kinds = gate.driver.serves.links } = place;
  if (declared && declared.id === undefined && declared.owner !== 'external') {
    const owner = { project: spec?.project ?? '', spec: gate.spec, integration: name };
    // Until the spec is applied, a renamed link has the mark of its former name.
    const former = (spec?.moved ?? []).filter(({ kind, to }) => kind === 'link' && to === name);
    for (const integration of [name, ...former.map(({ from }) => from)]) {
      const [ours] = await findOfAnyKind(place, { owner: { ...owner, integration } });
      if (ours) return ours;
    }
    throw await notOwned(gate, owner, declared.name ?? name, context);
  }

  const wanted: LookUp = declared?.id ?? declared?.name ?? name;
  const fitting = [...(typeof wanted === 'string' ? await findOfAnyKind(place, { id: wanted }) : [])];
  if (fitting.length === 0) {
    for await (const link of gate.links({ signal: context.signal }))
      if (kinds.includes(link.kind) && fits(link, wanted)) fitting.push(link);
  }
  const [only] = fitting;
  if (only && fitting.length === 1) return only;

  const region = gate.driver.region;
  if (only) throw ambiguous(name, fitting, region);

  throw new InvalidInputError('NOT_FOUND', `link ${name} does not exist in ${region}`, {
    remedy: `See \`postern links --provider ${gate.driver.provider} --region ${region}\`.`,
  });
}

/** IDs of different kinds look alike: an ID may be that of two links. */
function ambiguous(name: string, fitting: readonly Link[], region: string): InvalidInputError {
  const kinds = [...new Set(fitting.map(({ kind }) => kind))];
  const oneEach = kinds.length === fitting.length;
  const shown = fitting.map(({ id, kind }) => (kinds.length > 1 ? `${kind} ${id}` : id)).join(', ');
  return new InvalidInputError('AMBIGUOUS', `${name} matches several links in ${region}: ${shown}`, {
    remedy: oneEach
      ? `Add ${kinds.map((kind) => `--kind ${kind}`).join(' or ')}.`
      : 'Write the ID of the intended link.',
  });
}

/**
 * The links with an ID or a mark, one of each kind that may be meant. A kind that cannot be read does not hide the link
 * of another one.
 */
async function findOfAnyKind(
  { gate, context, kinds = gate.driver.serves.links }: OpenPlace,
  by: { readonly id: string } | { readonly owner: Owner },
): Promise<readonly Link[]> {
  const found: Link[] = [];
  const errors: unknown[] = [];
  for (const kind of kinds) {
    try {
      const link = await gate.driver.links.find({ kind, ...by }, context);
      // Kinds of one product share a list, which answers for each of them.
      if (link !== undefined && !found.some(({ kind: of, id }) => of === link.kind && id === link.id)) found.push(link);
    } catch (error) {
      if (!isPosternError(error)) throw error;

      errors.push(error);
    }
  }
  if (found.length === 0 && errors.length > 0) throw errors[0];

  return found;
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
