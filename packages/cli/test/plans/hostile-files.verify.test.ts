import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { readFileSync } from 'node:fs';
import { check } from '@postern/core/internal/check';
import { decodePlan, decodeSnapshot } from '@postern/core/internal/decode';
import { encodeSnapshot } from '@postern/core/internal/snapshot';
import { plans } from '@postern/aws/plans';
import {
  askChangeSet,
  askPulumi,
  askTerraform,
  judgeChangeSet,
  judgePulumi,
  judgeTerraform,
  readChangeSet,
  readPulumi,
  readTemplate,
  readTerraform,
  terraformSnapshot,
} from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY } from '../../../aws/test/plans/shop-plan.js';
import type { Snapshot } from '../../../core/src/do/snapshot/snapshot.js';
import { PosternError } from '../../../core/src/ground/errors.js';
import { FULL_PLAN, FULL_SNAPSHOT } from '../../../core/test/decode/samples.js';
import { asCloudFormation } from './recorded/as-cloudformation.js';
import { asPulumi, type RecordedChange, type RecordedConfiguration } from './recorded/as-pulumi.js';
import { recordedPlans } from './recorded/recorded.js';
import { runs } from '../../../core/test/runs.js';

type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree };

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
function placesOf(tree: Tree, found: { holder: Tree[] | { [key: string]: Tree }; key: string }[] = []) {
  if (typeof tree !== 'object' || tree === null) return found;
  for (const [key, value] of Object.entries(tree)) {
    found.push({ holder: tree, key });
    placesOf(value, found);
  }
  return found;
}

/** A text of a sample in which some values and keys are hostile. */
function hostile(text: string, edits: readonly (readonly [place: number, what: number, isKey: boolean])[]): string {
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

/** Each kind of file that a user brings: a sample, and what is done with it. */
const FILES: readonly (readonly [name: string, sample: string, use: (text: string) => unknown])[] = [
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

describe('no file of a user is a defect of Postern', () => {
  it.each(FILES)('%s', async (_, sample, use) => {
    await use(sample);
    const edit = fc.tuple(fc.nat(), fc.nat(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        try {
          await use(hostile(sample, edits));
        } catch (error) {
          expect(error).toBeInstanceOf(PosternError);
          expect((error as PosternError).code).not.toBe('INTERNAL');
        }
      }),
      { numRuns: runs(20, 4_000), seed: 7 },
    );
  });
});
