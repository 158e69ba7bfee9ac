import { InvalidInputError, isPosternError, type AllowEntry, type Link } from '@postern/core';
import type { Allowlist } from '@postern/core/adapter';
import { contains, parsePrefix } from '@postern/core/cidr';
import { displayText } from '@postern/core/report';
import { confirm, requireAnswer } from '../apply/confirm.js';
import type { Invocation } from '../invocation.js';
import { note, printJson, printLines } from '../output/print.js';
import { findLink } from './find-link.js';
import { openPlace } from './open-place.js';
import type { OpenPlace, PlaceOptions } from './place.js';
import { printAllowlist } from './print-allowlist.js';

interface ChangeOptions extends PlaceOptions {
  readonly revokeNeeded?: boolean | undefined;
  readonly ports?: readonly number[] | 'all' | undefined;
  readonly yes?: boolean | undefined;
}

/** `allow` and `revoke`: both ask, change one link's list, and print what it is then. */
export async function changeAllowlist(
  what: 'allow' | 'revoke',
  { io, args: [name = '', ...cidrBlocks], options }: Invocation<ChangeOptions>,
): Promise<number> {
  for (const text of cidrBlocks) parsePrefix(text);
  requireAnswer(io, options, `See \`postern allow ${displayText(name)} --list\`, then add --yes.`);
  const place = await openPlace(io, name, options);
  const { gate, context, spec, declared } = place;
  const project = options.project ?? spec?.project;
  if (project === undefined) {
    throw new InvalidInputError('INVALID_INPUT', 'no project given', {
      remedy: 'Add --project, or run this in the folder of the spec.',
    });
  }
  const link = await findLink(place, name);
  if (link.owner?.project !== project) {
    const whose = link.owner ? `project ${link.owner.project}` : 'no project of Postern';
    throw new InvalidInputError('NOT_OURS', `link ${link.id} belongs to ${whose}`, {
      remedy: 'Name a link of the project: other links are never changed.',
    });
  }
  if (options.yes !== true && !(await confirm(await questionOf(what, cidrBlocks, link, place)))) {
    printLines(io, 'Nothing was changed.');
    return 1; // not done: `postern allow … && …` must not go on
  }
  // The link belongs to another spec of the project: `gate` contains its owner.
  const { signal } = context;
  const before = (await gate.driver.allowlist.read(link, context)).entries;
  if (what === 'allow') await allow(link.id, () => gate.allow(link, cidrBlocks, { signal, ports: options.ports }));
  else await gate.revoke(link, cidrBlocks, { signal, force: options.revokeNeeded });
  const { entries, unmanaged, filter } = await gate.driver.allowlist.read(link, context);
  for (const text of cidrBlocks) {
    const why = what === 'allow' ? allowNote(text, before, { entries, filter }) : revokeNote(text, before, entries);
    if (why !== undefined) note(io, why);
  }
  const texts = (list: readonly AllowEntry[]) => list.map(entryText).toSorted().join('\n');
  if (declared?.allowlist !== undefined && texts(before) !== texts(entries))
    note(io, "the spec's list is exact: also write the change there, or the next apply reverts it");
  if (options.json === true) {
    printJson(io, { linkId: link.id, entries });
    return 0;
  }
  printAllowlist(io, link, { entries, wider: [], unmanaged, filter });
  return 0;
}

/** `Allow 10.20.0.0/20 for link orders (vl-1) in aws eu-west-1, account 111122223333?`; `Revoke … from link …?` */
async function questionOf(
  what: 'allow' | 'revoke',
  cidrBlocks: readonly string[],
  { name, id }: Link,
  { gate: { driver }, context, simulator }: OpenPlace,
): Promise<string> {
  const verb = what === 'allow' ? ['Allow', 'for'] : ['Revoke', 'from'];
  const { account } = await driver.identity(context);
  const where = `${driver.provider} ${driver.region}, account ${account}`;
  const at = simulator === undefined ? '' : ` (SIMULATOR at ${simulator})`;
  return displayText(`${verb[0]} ${cidrBlocks.join(', ')} ${verb[1]} link ${name} (${id}) in ${where}${at}?`);
}

/** The library's remedy names its own option. */
async function allow(link: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isPosternError(error, 'INVALID_INPUT') || error.place?.path !== 'ports') throw error;
    const message = `the ports to open are not known: no target of link ${link} says which`;
    throw new InvalidInputError('INVALID_INPUT', message, { remedy: 'Add --ports 443, or --ports all.', cause: error });
  }
}

/** The reason why a requested block adds nothing, or adds more than may be intended. */
function allowNote(
  text: string,
  before: readonly AllowEntry[],
  { entries: after, filter }: Pick<Allowlist, 'entries' | 'filter'>,
): string | undefined {
  const block = parsePrefix(text);
  const isNew = after.some((entry) => entry.cidrBlock === text && !hasEntry(before, entry));
  if (isNew && block.bits === 0)
    return `${text} allows ${filter === 'inbound' ? 'calls from every address' : 'the link to reach every address'}`;
  if (isNew || before.some(({ cidrBlock }) => cidrBlock === text)) return undefined;
  const cover = after.find(({ cidrBlock }) => contains(parsePrefix(cidrBlock), block));
  return cover === undefined ? undefined : `${text} is covered by ${cover.cidrBlock}: nothing was added`;
}

/** What a revoked block leaves as it was. */
function revokeNote(text: string, before: readonly AllowEntry[], after: readonly AllowEntry[]): string | undefined {
  if (!before.some(({ cidrBlock }) => cidrBlock === text))
    return `${text} is not on the allowlist: nothing was revoked`;
  const block = parsePrefix(text);
  const inside = new Set(
    after.flatMap(({ cidrBlock }) => (contains(block, parsePrefix(cidrBlock)) ? [cidrBlock] : [])),
  );
  return inside.size === 0 ? undefined : `inside of ${text}, the list still allows ${[...inside].join(', ')}`;
}

function hasEntry(list: readonly AllowEntry[], entry: AllowEntry): boolean {
  return list.some((one) => entryText(one) === entryText(entry));
}

function entryText({ cidrBlock, protocol, fromPort, toPort }: AllowEntry): string {
  return `${cidrBlock} ${protocol} ${fromPort} ${toPort}`;
}
