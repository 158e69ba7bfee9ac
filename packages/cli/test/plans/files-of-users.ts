import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { readFileSync } from 'node:fs';
import { check } from '@postern/core/internal/check';
import { decodePlan, decodeSnapshot } from '@postern/core/internal/decode';
import { encodeSnapshot } from '@postern/core/internal/snapshot';
import { plans } from '@postern/aws/plans';
import {
  askChangeSet,
  askPulumi,
  askTemplates,
  askTerraform,
  judgeChangeSet,
  judgePulumi,
  judgeTemplates,
  judgeTerraform,
  readAssembly,
  readChangeSet,
  readPulumi,
  readTemplate,
  readTerraform,
  terraformSnapshot,
  type PlanJudgement,
} from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { EMPTY } from '../../../aws/test/plans/shop-plan.js';
import type { Snapshot } from '../../../core/src/do/snapshot/snapshot.js';
import type { DeclaredStack } from '../../../core/src/overlay/templates/declared-stacks.js';
import { PosternError } from '../../../core/src/ground/errors.js';
import { entryOf } from '../../../core/src/ground/json.js';
import { FULL_PLAN, FULL_SNAPSHOT } from '../../../core/test/decode/samples.js';
import { asCloudFormation } from './recorded/as-cloudformation.js';
import { asPulumi, type RecordedChange, type RecordedConfiguration } from './recorded/as-pulumi.js';
import { recordedPlans } from './recorded/recorded.js';

export type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree };

const deep = (levels: number): Tree => {
  let tree: Tree = 'end';
  for (let level = 0; level < levels; level += 1) tree = level % 2 === 0 ? [tree] : { a: tree };
  return tree;
};

/** What other programs and people write where a value is expected. */
const VALUES: readonly Tree[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'a\nb\u0000\u001b[31m',
  '\ud800',
  '\udfff\ud800',
  '__proto__',
  'constructor',
  '${}',
  '"',
  '\\',
  'x'.repeat(100_000),
  [],
  {},
  [null],
  { __proto: {}, constructor: 1 },
  deep(30),
  deep(400),
];
const KEYS = ['a\nb', '\ud800', '__proto__', 'constructor', 'toString', '', 'a["b\nc"]', 'x.y[0]', '[', '"'];

/** Every place of a tree: its holder and its key. */
export function placesOf(tree: Tree, found: { holder: Tree[] | { [key: string]: Tree }; key: string }[] = []) {
  if (typeof tree !== 'object' || tree === null) return found;
  for (const [key, value] of Object.entries(tree)) {
    found.push({ holder: tree, key });
    placesOf(value, found);
  }
  return found;
}

/** A text of a sample in which some values and keys are hostile. */
export function hostile(
  text: string,
  edits: readonly (readonly [place: number, what: number, isKey: boolean])[],
): string {
  const tree = JSON.parse(text) as Tree;
  for (const [place, what, isKey] of edits) {
    const places = placesOf(tree);
    const chosen = places[place % places.length];
    if (chosen === undefined) continue;
    const { holder, key } = chosen;
    const value = structuredClone(VALUES[what % VALUES.length] ?? null);
    if (Array.isArray(holder)) {
      // An address with a newline in its key is a value of a list, too.
      holder[Number(key)] =
        isKey && typeof holder[Number(key)] === 'string' ? `${String(holder[Number(key)])}["a\nb"]` : value;
    } else if (isKey) {
      const own = holder[key] ?? null;
      delete holder[key];
      Object.defineProperty(holder, KEYS[what % KEYS.length] ?? '', {
        value: own,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    } else if (key === 'address' && typeof holder[key] === 'string' && what % 2 === 0) holder[key] += '["a\nb"]';
    else holder[key] = value;
  }
  return JSON.stringify(tree);
}

const [plan] = recordedPlans().filter(({ name }) => name.startsWith('shop 3'));
const recorded = JSON.parse(readFileSync(new URL('recorded/plans.json', import.meta.url), 'utf8')) as {
  groups: readonly {
    snapshot: Snapshot;
    configuration: RecordedConfiguration;
    unchanged: readonly RecordedChange[];
    plans: Readonly<Record<string, { changes: readonly RecordedChange[] }>>;
  }[];
};
const [group] = recorded.groups;
const changes = [...(group?.unchanged ?? []), ...(Object.values(group?.plans ?? {})[0]?.changes ?? [])];
const base = plan?.base ?? EMPTY;
const region = { plans: [plans], region: 'eu-west-1' };
const asking = { ...region, twin: planTwins() };
const stack = asCloudFormation(changes, group?.configuration as RecordedConfiguration);
const SPEC = parseSpec(
  'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks: { main: { provider: aws, region: eu-west-1, subnets: [subnet-1] } }\n',
);

const judgedStacks = async (stacks: readonly DeclaredStack[]): Promise<PlanJudgement> => {
  const from = group?.snapshot ?? EMPTY;
  return judgeTemplates(stacks, from, { ...region, ask: await askTemplates(stacks, from, asking) });
};

/** The files of a folder of the CDK with one stack. */
export function assemblyOf(template: string): Readonly<Record<string, string>> {
  const properties = { templateFile: 'a.json' };
  return { 'manifest.json': JSON.stringify({ artifacts: { A: { properties } } }), 'a.json': template };
}

/** Each kind of file that a user brings: a sample, and what is done with it. */
export const FILES: readonly (readonly [name: string, sample: string, use: (text: string) => unknown])[] = [
  [
    'a plan of Terraform',
    plan?.text ?? '',
    async (text) => {
      const document = readTerraform(text);
      judgeTerraform(document, base, region);
      return judgeTerraform(document, base, { ...region, ask: await askTerraform(document, base, asking) });
    },
  ],
  ['a state of Terraform', plan?.text ?? '', (text) => terraformSnapshot(readTerraform(text), undefined, region)],
  [
    'a change set',
    stack.changeSet,
    async (text) => {
      const [set, template, from] = [readChangeSet(text), readTemplate(stack.template), group?.snapshot ?? EMPTY];
      return judgeChangeSet(set, template, from, { ...region, ask: await askChangeSet(set, template, from, asking) });
    },
  ],
  [
    'a template',
    stack.template,
    (text) => judgeChangeSet(readChangeSet(stack.changeSet), readTemplate(text), group?.snapshot, region),
  ],
  [
    'a preview of Pulumi',
    asPulumi(changes, group?.configuration as RecordedConfiguration),
    async (text) => {
      const [preview, from] = [readPulumi(text), group?.snapshot ?? EMPTY];
      return judgePulumi(preview, from, { ...region, ask: await askPulumi(preview, from, asking) });
    },
  ],
  ['a template alone', stack.template, (text) => judgedStacks([{ template: readTemplate(text), name: 'shop' }])],
  [
    'an assembly',
    JSON.stringify(assemblyOf(stack.template)),
    (text) => {
      const files = JSON.parse(text) as Readonly<Record<string, unknown>>;
      // The folder `me` is the folder itself.
      const read = (file: string): string => {
        const found = entryOf(files, file.replace(/^(?:me\/)+/, ''));
        if (typeof found === 'string') return found;

        throw new PosternError('FILE_UNREADABLE', `cannot read ${file}`);
      };
      return judgedStacks(readAssembly(read));
    },
  ],
  ['a snapshot', encodeSnapshot(FULL_SNAPSHOT), (text) => check(decodeSnapshot(text), SPEC, { clouds: CLOUDS })],
  ['a saved plan', JSON.stringify(FULL_PLAN), (text) => decodePlan(text)],
  [
    'a spec',
    JSON.stringify({
      version: 1,
      project: 'shop',
      links: { main: { provider: 'aws', region: 'eu-west-1', subnets: ['subnet-1'] } },
    }),
    (text) => parseSpec(text),
  ],
];
