import { type Clouds, gatewayId } from '@postern/core/internal/kinds';
import { COMMANDS } from '../commands/command-list.js';
import type { CommandDescription, CommandGroup, OptionDescription } from '../grammar/options.js';
import { nameOf, optionsOf, takesSpec } from '../grammar/options-of.js';
import type { Spec } from '@postern/core/internal/library';

/** What a spec names, for the completion of words. */
export interface SpecNames {
  readonly links: readonly string[];
  readonly regions: readonly string[];
  /** The keys of the routes of each integration. */
  readonly routes: ReadonlyMap<string, readonly string[]>;
  /** The IDs of gateways. */
  readonly gateways: readonly string[];
  /** What `--only` takes. */
  readonly parts: readonly string[];
  /** What `forget` takes. */
  readonly marked: readonly string[];
  readonly project: readonly string[];
  readonly identity: readonly string[];
}

/** Where no spec can be read. */
export const NO_NAMES: SpecNames = {
  ...namesOf({ links: {}, integrations: {}, project: '', spec: '' }),
  project: [],
  identity: [],
};

export function namesOf({
  links,
  integrations,
  project,
  spec,
}: Pick<Spec, 'links' | 'integrations' | 'project' | 'spec'>): SpecNames {
  const targets = Object.entries(integrations).flatMap(([name, one]) =>
    Object.keys(one.targets).map((target) => `${name}/${target}`),
  );
  return {
    links: Object.keys(links),
    regions: [...new Set(Object.values(links).map(({ region }) => region))],
    routes: new Map(Object.entries(integrations).map(([name, { routes }]) => [name, Object.keys(routes)])),
    gateways: [...new Set(Object.values(integrations).map(({ gateway }) => gatewayId(gateway)))],
    parts: [...Object.keys(links), ...Object.keys(integrations), ...targets],
    marked: [
      ...Object.keys(links).map((name) => `links.${name}`),
      ...Object.keys(integrations).map((name) => `integrations.${name}`),
    ],
    project: [project],
    identity: [spec],
  };
}

/** Regions of both clouds in which API gateways can be linked to networks. Others can be typed. */
const REGIONS =
  'us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 ' +
  'eu-south-2 me-south-1 ap-east-1 ap-south-1 ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-2 us-gov-west-1 ' +
  'cn-hangzhou cn-shanghai cn-beijing cn-shenzhen cn-zhangjiakou cn-huhehaote cn-qingdao cn-chengdu cn-hongkong';

/** The regions of a spec first, then all others. */
function regionsOf({ regions }: SpecNames): readonly string[] {
  return [...new Set([...regions, ...REGIONS.split(' ')])];
}

/** One word that may be typed next. */
export interface Candidate {
  readonly word: string;
  readonly description?: string | undefined;
}

/** What may be typed next. `files`: also the names of files. */
export interface Candidates {
  readonly words: readonly Candidate[];
  readonly files: boolean;
}

const FILES: Candidates = { words: [], files: true };
const NOTHING: Candidates = { words: [], files: false };
const HELP: OptionDescription = { flags: '-h, --help', description: 'print this help' };

/**
 * The words that fit as the last word of a command line, which may be incomplete or empty. `named` reads the names of a spec:
 * of the file that the command line names, or of the folder's.
 */
export async function candidatesFor(
  words: readonly string[],
  named: (file: string | undefined) => Promise<SpecNames>,
): Promise<Candidates> {
  const [typed = '', before] = [words.at(-1), words.slice(0, -1)];
  const { command, rest } = commandOf(before);
  const found = await unfiltered(command, rest, typed, named);
  const prefix = typed.startsWith('--') && typed.includes('=') ? typed.slice(0, typed.indexOf('=') + 1) : '';
  const start = typed === '=' ? '' : typed.slice(prefix.length); // bash splits words at `=`
  return {
    files: found.files,
    words: found.words.flatMap((one) => (one.word.startsWith(start) ? [{ ...one, word: prefix + one.word }] : [])),
  };
}

type Described = CommandDescription | CommandGroup;

/** The command, or the group of commands, that words begin with; and what follows it. Undefined: the program itself. */
function commandOf(words: readonly string[]): {
  readonly command?: Described | undefined;
  readonly rest: readonly string[];
} {
  const [first, second] = words;
  const one = COMMANDS.find((command) => nameOf(command) === first);
  if (one === undefined) return { rest: words };

  const inner = 'commands' in one ? one.commands.find((command) => nameOf(command) === second) : undefined;
  return inner === undefined ? { command: one, rest: words.slice(1) } : { command: inner, rest: words.slice(2) };
}

async function unfiltered(
  command: Described | undefined,
  rest: readonly string[],
  typed: string,
  named: (file: string | undefined) => Promise<SpecNames>,
): Promise<Candidates> {
  if (command === undefined || 'commands' in command) {
    const some = command === undefined ? COMMANDS : command.commands;
    const isHelp = rest.length === 1 && rest[0] === 'help';
    if (rest.length > 0 && !isHelp) return NOTHING;
    if (typed.startsWith('-')) return optionNames([HELP, ...(command === undefined ? [VERSION_OPTION] : [])], []);

    const all = some.map((one) => ({ word: nameOf(one), description: one.summary }));
    return {
      words: isHelp ? all : [...all, { word: 'help', description: 'print the help of a command' }],
      files: false,
    };
  }

  const options = [...optionsOf(command), HELP];
  const { option, operands } = read(rest, typed, options);
  if (option !== undefined) return valuesOf(option, () => named(specIn(command, rest, operands)));
  if (typed.startsWith('-')) return optionNames(options, rest);

  return argumentsOf(command, operands, () => named(specIn(command, rest, operands)));
}

const VERSION_OPTION: OptionDescription = { flags: '-V, --version', description: 'print the version' };

/** The option whose value is typed, if one is; and the arguments before. */
function read(
  rest: readonly string[],
  typed: string,
  options: readonly OptionDescription[],
): { readonly option?: OptionDescription | undefined; readonly operands: readonly string[] } {
  const find = (word: string): OptionDescription | undefined =>
    options.find(({ flags }) => flags.split(/[ ,]+/).includes(word));
  const operands: string[] = [];
  let open: OptionDescription | undefined;
  for (const word of rest) {
    if (word === '=') continue;

    if (word.startsWith('-') && word !== '-') {
      const option = find(word.replace(/=.*$/s, ''));
      open = option?.flags.includes('<') === true && !word.includes('=') ? option : undefined;
    } else if (open === undefined) operands.push(word);
    else if (!open.flags.includes('...')) open = undefined;
  }
  if (typed.startsWith('--') && typed.includes('=')) return { option: find(typed.replace(/=.*$/s, '')), operands };

  return { option: typed.startsWith('-') ? undefined : open, operands };
}

/** The options that were not given yet, each by its long name; those that can be repeated stay. */
function optionNames(options: readonly OptionDescription[], given: readonly string[]): Candidates {
  const words = options.flatMap(({ flags, description }) => {
    const [long = ''] = /--[\w-]+/.exec(flags) ?? [];
    return given.includes(long) && !description.includes('repeatable') ? [] : [{ word: long, description }];
  });
  return { words, files: false };
}

async function valuesOf({ flags, choices }: OptionDescription, names: () => Promise<SpecNames>): Promise<Candidates> {
  if (choices !== undefined) return wordsOf(choices);

  const [, long = '', value = ''] = /(?<![\w-])--([\w-]+) <([^<>]*)>/.exec(flags) ?? [];
  const list = VALUES.get(`${long} ${value}`) ?? VALUES.get(long) ?? VALUES.get(`* ${value}`);
  if (list === 'files') return FILES;

  return list === undefined ? NOTHING : wordsOf(await list(await names()));
}

type Values = 'files' | ((names: SpecNames) => readonly string[] | Promise<readonly string[]>);

/** The values of options: by name and what `<…>` says, by name, or by what `<…>` says. */
const VALUES: ReadonlyMap<string, Values> = new Map<string, Values>([
  ['* file', 'files'],
  ['region', (names) => regionsOf(names)],
  ['only names...', ({ parts }) => parts],
  ['* patterns...', () => checkPatterns()],
  ['* check[:subject]', () => checkPatterns()],
  ['from link', ({ links }) => links],
  ['to link', ({ links }) => links],
  ['link id', ({ links }) => links],
  ['kind', () => linkKinds()],
  ['project', ({ project }) => project],
  ['spec-id', ({ identity }) => identity],
  ['api', ({ gateways }) => gateways],
  ['rest-api id', ({ gateways }) => gateways],
  ['group', ({ gateways }) => gateways],
  ['route', ({ routes }) => [...routes.values()].flat()],
]);

/** Those that the command has: no program runs for a completion. */
async function ownClouds(): Promise<Clouds> {
  const { cloudsOf } = await import('../spec/brought-clouds.js');
  return cloudsOf({ cwd: '.', env: {} });
}

/** The kinds of links of all clouds. */
async function linkKinds(): Promise<readonly string[]> {
  const clouds = await ownClouds();
  return clouds.linkKinds.filter((kind) => clouds.link(kind).createdOn !== undefined);
}

/** The checks, and their families: `path/*`. */
async function checkPatterns(): Promise<readonly string[]> {
  const [{ rulesOf }, clouds] = await Promise.all([import('@postern/core/internal/check'), ownClouds()]);
  const { withLoadedChecks } = await import('@postern/core/internal/kinds');
  const ids = rulesOf(await withLoadedChecks(clouds)).map(({ id }) => id);
  return [...new Set(ids.map((id) => id.replace(/\/.*/, '/*'))), ...ids];
}

async function argumentsOf(
  command: CommandDescription,
  operands: readonly string[],
  names: () => Promise<SpecNames>,
): Promise<Candidates> {
  const declared = [...command.usage.matchAll(/[<[]([\w-]+)(\.\.\.)?[\]>]/g)];
  const [, argument, variadic] = declared[operands.length] ?? declared.at(-1) ?? [];
  if (argument === undefined || (operands.length >= declared.length && variadic === undefined)) return NOTHING;

  switch (argument) {
    case 'link':
      return wordsOf((await names()).links);
    case 'id':
      return nameOf(command) === 'links' ? wordsOf((await names()).links) : NOTHING;
    case 'integration':
      return wordsOf([...(await names()).routes.keys()]);
    case 'route':
      return wordsOf((await names()).routes.get(operands[0] ?? '') ?? []);
    case 'name':
      return wordsOf((await names()).marked);
    case 'shell':
      return wordsOf(['bash', 'zsh', 'fish', 'powershell']);
    case 'diff':
      return { words: [{ word: 'diff', description: 'compare two snapshots' }], files: false };
    case 'cidr':
      return NOTHING;
    default:
      return FILES;
  }
}

/** The spec that a command line names. */
function specIn(command: CommandDescription, rest: readonly string[], operands: readonly string[]): string | undefined {
  const at = rest.findLastIndex((word) => word === '--spec');
  if (at >= 0) return rest[at + 1] === '=' ? rest[at + 2] : rest[at + 1];

  const equals = rest.findLast((word) => word.startsWith('--spec='));
  if (equals !== undefined) return equals.slice('--spec='.length);

  return takesSpec(command) ? operands[0] : undefined;
}

function wordsOf(words: readonly string[]): Candidates {
  return { words: words.map((word) => ({ word })), files: false };
}
