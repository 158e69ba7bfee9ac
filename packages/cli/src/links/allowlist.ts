import { isAllPorts, type Allowlist, type LinkTraits, type BlockResources } from '@postern/core/internal/adapter';
import { abilityOf } from '@postern/core/internal/driver';
import {
  InvalidInputError,
  isPosternError,
  type AllowEntry,
  type Link,
  UnsupportedError,
} from '@postern/core/internal/library';
import { contains, parsePrefix } from '@postern/core/internal/cidr';
import { displayText, textTable } from '@postern/core/internal/report';
import { confirm, requireAnswer } from '../apply/confirm.js';
import type { Invocation } from '../invocation.js';
import { note, printJson, printLines } from '../output/print.js';
import { findLink, openPlace } from './open-place.js';
import type { OpenPlace, PlaceOptions } from './place.js';
import type { Io } from '../process/io.js';
import type { allow as allowing } from '../commands/links/grammar.js';
import type { OptionsOf } from '../grammar/options.js';

/** The text in the column of resources. */
const WORDS = { instance: 'server', 'load-balancer': 'load balancer', interface: 'interface' } as const;

/** A link's list, one line per entry. Below each block are the resources inside it. */
function printAllowlist(
  io: Io,
  { name, id }: Pick<Link, 'name' | 'id'>,
  { entries, wider, unmanaged = [], filter }: Pick<Allowlist, 'entries' | 'wider' | 'unmanaged' | 'filter'>,
  resources?: readonly BlockResources[],
): void {
  const link = `${displayText(name)} (${displayText(id)})`;
  if (filter === 'none') {
    const why = 'its load balancer has no security groups, or does not enforce them on PrivateLink traffic';
    printLines(io, `Nothing filters the calls of ${link}: ${why}`);
    return;
  }

  const heading =
    filter === 'inbound' ? `The security groups of the load balancer of ${link} admit` : `${link} may reach`;
  printLines(io, `${heading}${entries.length + unmanaged.length === 0 ? ' nothing' : ''}`);
  for (const entry of entries) {
    printLines(
      io,
      `  ${displayText(entry.cidrBlock)} ${ports(entry)}${entry.fixed === true ? ', as a block of its own subnets' : ''}`,
    );
    const inside = resources?.find(({ cidrBlock }) => cidrBlock === entry.cidrBlock)?.resources;
    if (inside === undefined) continue;

    if (inside.length === 0) printLines(io, '    no known resources');
    else {
      const rows = inside.map((one) => [WORDS[one.kind], one.id, one.address, one.subnetId ?? '', one.name ?? '']);
      const [, ...lines] = textTable(
        ['', '', '', '', ''],
        rows.map((row) => row.map(displayText)),
        { columns: io.stdout.columns && io.stdout.columns - 4 },
      );
      printLines(io, ...lines.map((line) => `    ${line}`));
    }
  }
  for (const rule of unmanaged) printLines(io, `  not managed by Postern: ${displayText(rule)}`);
  for (const rule of wider) printLines(io, `  and more: ${displayText(rule)}`);
}

function ports({ protocol, fromPort, toPort }: AllowEntry): string {
  if (protocol === 'all') return 'on all ports';
  if (isAllPorts({ fromPort, toPort })) return `${protocol} all ports`;

  return fromPort === toPort ? `${protocol} ${fromPort}` : `${protocol} ${fromPort}-${toPort}`;
}

type ChangeOptions = PlaceOptions & OptionsOf<typeof allowing>;

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
  const before = (await abilityOf(gate.driver, 'allowlist').read(link, context)).entries;
  if (what === 'allow') await allow(link.id, () => gate.allow(link, cidrBlocks, { signal, ports: options.ports }));
  else await gate.revoke(link, cidrBlocks, { signal, force: options.revokeNeeded });
  const { entries, unmanaged, filter } = await abilityOf(gate.driver, 'allowlist').read(link, context);
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

/** `postern allow LINK --list`: what a link may reach, or who may call its load balancer, and with `resources` the resources there. */
export async function listAllowlist(
  { io, args: [name = ''], options }: Invocation<PlaceOptions>,
  withResources: boolean,
): Promise<number> {
  const place = await openPlace(io, name, options);
  const { gate, context } = place;
  const link = await findLink(place, name);
  const { blockUses, provider } = gate.driver;
  if (withResources && blockUses === undefined) {
    throw new UnsupportedError(`the adapter for ${provider} cannot list the resources inside a block`, {
      remedy: 'Remove --resources.',
    });
  }

  const list = await abilityOf(gate.driver, 'allowlist').read(link, context);
  const resources = withResources ? ((await blockUses?.resources(link, context)) ?? []) : undefined;
  if (options.json === true) {
    printJson(io, {
      linkId: link.id,
      owned: list.owned,
      entries: list.entries,
      wider: list.wider,
      unmanaged: list.unmanaged ?? [],
      filter: list.filter,
      resources,
    });
    return 0;
  }

  printAllowlist(io, link, list, resources);
  return 0;
}

/** A line for each owner of several links that cost money: all but one of them are billed for nothing. */
export function spareLines(links: readonly Link[], traits: (kind: Link['kind']) => LinkTraits): readonly string[] {
  const byOwner = new Map<string, string[]>();
  for (const { id, kind, owner, state } of links) {
    if (owner === undefined || state === 'deleting' || !traits(kind).linksCostMoney) continue;

    const key = `${owner.project}/${owner.integration}${owner.spec === undefined ? '' : ` of spec ${owner.spec}`}`;
    byOwner.set(key, [...(byOwner.get(key) ?? []), id]);
  }
  return [...byOwner].flatMap(([key, ids]) =>
    ids.length < 2
      ? []
      : [displayText(`${ids.join(' and ')} have the mark of ${key}: each is billed, and one is used.`)],
  );
}
