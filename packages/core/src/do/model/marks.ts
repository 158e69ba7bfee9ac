import { defined } from '../../ground/defined.js';
import { entryOf } from '../../ground/json.js';
import { InvalidInputError } from '../../ground/errors.js';
import { isName, isSpecId } from '../forms/text-rules.js';
import type { Claim, Owner } from './owner.js';

/** The tag that names the project. All of Postern's tag keys begin with `postern:`. */
export const PROJECT_TAG = 'postern:project';
/** The tag that names the spec: its identity, not its hash. */
export const OWNER_TAG = 'postern:owner';
/** The tag that names the integration, or the link where it is shared. */
export const INTEGRATION_TAG = 'postern:integration';
/** The tag that names the part, such as a target. */
const PART_TAG = 'postern:name';
/** The tag with the hash of the part of the spec that the resource was created from. */
export const SPEC_TAG = 'postern:spec';
/** The tags of a mark. */
export const MARK_TAGS = [PROJECT_TAG, OWNER_TAG, INTEGRATION_TAG, PART_TAG, SPEC_TAG] as const;

const SPEC_HASH = /^[A-Za-z0-9]{1,64}$/;
const MARK = /^\s*postern:([^\s/@]{1,63})@([^\s/@]{1,32})\/([^\s/]{1,63})(?:\/([^\s/]{1,63}))?(?:\s|$)/;

/** Whether what carries `mark` may be changed by a spec of `by`: it is of the same project and the same spec. */
export function mayChange(mark: Owner | undefined, by: Pick<Owner, 'project' | 'spec'>): boolean {
  return mark?.project === by.project && mark.spec === by.spec;
}

/** Whether what carries `mark` is of the integration of `owner`, now or under a former name, and may be changed by its spec. */
export function isMarkOf(mark: Owner | undefined, owner: Claim): boolean {
  if (mark === undefined || !mayChange(mark, owner)) return false;

  return mark.integration === owner.integration || owner.formerly?.includes(mark.integration) === true;
}

/**
 * The tags that name the owner of a resource: `{ 'postern:project': 'shop', 'postern:integration': 'orders'
 * }`, with `postern:owner`, `postern:name` and `postern:spec` where the owner has them.
 * @throws {InvalidInputError} `INVALID_INPUT` for an invalid name.
 */
export function ownerTags(owner: Owner): Record<string, string> {
  checkOwner(owner);
  return {
    [PROJECT_TAG]: owner.project,
    [INTEGRATION_TAG]: owner.integration,
    ...defined({ [OWNER_TAG]: owner.spec, [PART_TAG]: owner.name, [SPEC_TAG]: owner.specHash }),
  };
}

/**
 * The owner of a resource with these tags, or `undefined` where project or integration is missing or
 * malformed. A malformed part or identity invalidates the whole mark, because half a name could be of another
 * owner. A malformed hash is ignored.
 */
export function ownerFromTags(tags: Readonly<Record<string, string | undefined>>): Owner | undefined {
  const specHash = entryOf(tags, SPEC_TAG);
  return ownerOf(
    entryOf(tags, PROJECT_TAG),
    entryOf(tags, OWNER_TAG),
    entryOf(tags, INTEGRATION_TAG),
    entryOf(tags, PART_TAG),
    specHash !== undefined && SPEC_HASH.test(specHash) ? specHash : undefined,
  );
}

/** What all marks of a spec begin with, in descriptions and tags: `postern:shop@orders-7f3k2q/`. */
export function markStart(by: Pick<Owner, 'project' | 'spec'>): string {
  return `postern:${specText(by)}/`;
}

/** A spec in a mark: `shop@orders-7f3k2q`; where a tag was lost, `shop`. */
export function specText({ project, spec }: Pick<Owner, 'project' | 'spec'>): string {
  return spec === undefined ? project : `${project}@${spec}`;
}

/**
 * The mark for a description, where a resource has no tags: `postern:shop@orders-7f3k2q/orders` or
 * `postern:shop@orders-7f3k2q/orders/backend`. It does not contain the spec's hash.
 * @throws {InvalidInputError} `INVALID_INPUT` for an invalid name, and without an identity: nothing would read such a mark.
 */
export function formatMark(owner: Owner): string {
  checkOwner({ spec: '', ...owner });
  const mark = `${markStart(owner)}${owner.integration}`;
  return owner.name === undefined ? mark : `${mark}/${owner.name}`;
}

/**
 * Reads a mark from a description. White space before it and text after it are accepted, since users append notes. In
 * all other cases, such as an invalid name or a fourth part, the result is `undefined`: the resource is unmanaged.
 */
export function parseMark(text: string | undefined): Owner | undefined {
  const match = text === undefined ? null : MARK.exec(text);
  return match ? ownerOf(match[1], match[2], match[3], match[4], undefined) : undefined;
}

function ownerOf(
  project: string | undefined,
  spec: string | undefined,
  integration: string | undefined,
  name: string | undefined,
  specHash: string | undefined,
): Owner | undefined {
  if (project === undefined || integration === undefined || !isName(project) || !isName(integration)) return undefined;
  if (name !== undefined && !isName(name)) return undefined;
  if (spec !== undefined && !isSpecId(spec)) return undefined;

  return { project, ...defined({ spec }), integration, ...defined({ name, specHash }) };
}

function checkOwner(owner: Owner): void {
  checkName('project', owner.project);
  checkName('integration', owner.integration);
  if (owner.spec !== undefined) checkSpecId(owner.spec);
  if (owner.name !== undefined) checkName('name', owner.name);
  if (owner.specHash !== undefined && !SPEC_HASH.test(owner.specHash)) {
    throw new InvalidInputError('INVALID_INPUT', `owner: specHash ${JSON.stringify(owner.specHash)} is not a hash`);
  }
}

/** Refuses what cannot be the identity of a spec. @throws {InvalidInputError} `INVALID_INPUT` */
function checkSpecId(spec: string): void {
  if (isSpecId(spec)) return;

  throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(spec)} cannot be the identity of a spec`, {
    remedy: 'Use 1 to 32 lower-case letters, digits and hyphens; no hyphen first or last.',
  });
}

function checkName(what: string, name: string): void {
  if (isName(name)) return;

  throw new InvalidInputError('INVALID_INPUT', `owner: ${JSON.stringify(name)} cannot be the name of a ${what}`, {
    remedy: 'Use 1 to 63 ASCII letters, digits, ".", "_" and "-", beginning with a letter or digit.',
  });
}
