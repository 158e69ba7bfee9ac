import { emptyRegion } from '../../src/do/snapshot/snapshot-form.js';
import type { Choice } from '../../src/overlay/draft/choice.js';
import { View } from '../../src/overlay/draft/view.js';
import type { Rows } from '../../src/overlay/rows/plans-of-cloud.js';
import { terraformPlan } from '../../src/overlay/terraform/plan.js';
import { readTerraform } from '../../src/overlay/terraform/read.js';

const NAMES = ['a', 'b', 'c'] as const;
const WRITTEN = ['c', 'a', 'b'] as const;
const ID = { attribute: 'id', form: /^/ };

/** What the blocks of a set name, in a plan of one resource. */
export interface NamedBySet {
  /** Of each block the text that it has, and the resource that it names. */
  readonly blocks: readonly (readonly [text: string | undefined, named: readonly string[]])[];
  readonly choices: readonly Choice[];
}

/**
 * Three blocks of a set, each with a text and a reference, as the rows of a cloud read them. The configuration writes them in another order
 * than `sorted`, with the text as a constant or as a local value. Of a choice the alternative `taken` counts.
 */
export function namedBySet(
  rows: Rows,
  [type, path, open, text]: readonly [type: string, path: string, open: string, text: string],
  { sorted = NAMES, isLocal = false, taken = 0 }: { sorted?: readonly string[]; isLocal?: boolean; taken?: number },
): NamedBySet {
  const list = path.split('.');
  const nested = (blocks: readonly object[]): object =>
    list.reduceRight<readonly object[]>((inner, name) => [{ [name]: inner }], blocks)[0] ?? {};
  const resource = (address: string, of: string, name: string, change: object, expressions: object) => ({
    change: { address, mode: 'managed', type: of, name, change: { actions: ['create'], before: null, ...change } },
    config: { address, mode: 'managed', type: of, name, expressions },
  });
  const own = resource(
    `${type}.x`,
    type,
    'x',
    {
      after: nested(sorted.map((name) => ({ [text]: `text ${name}` }))),
      after_unknown: nested(sorted.map(() => ({ [open]: true }))),
    },
    nested(
      WRITTEN.map((name) => ({
        [open]: { references: [`terraform_data.${name}.id`, `terraform_data.${name}`] },
        [text]: isLocal ? { references: [`local.${name}`] } : { constant_value: `text ${name}` },
      })),
    ),
  );
  const others = NAMES.map((name) =>
    resource(`terraform_data.${name}`, 'terraform_data', name, { after: {}, after_unknown: { id: true } }, {}),
  );
  const all = [own, ...others];
  const plan = terraformPlan(
    readTerraform(
      JSON.stringify({
        format_version: '1.2',
        resource_changes: all.map(({ change }) => change),
        configuration: { root_module: { resources: all.map(({ config }) => config) } },
      }),
    ),
  );
  const choices: Choice[] = [];
  const lookup = {
    references: plan.references(
      ({ address }, attribute) => (attribute === 'id' ? address : undefined),
      (one) => rows[one]?.sets,
    ),
    words: plan.words,
    choose: (choice: Choice) => {
      choices.push(choice);
      return choice.alternatives[taken] ?? [];
    },
    place: emptyRegion({ provider: 'aws', region: 'eu-west-1', account: '111122223333' }),
  };
  const [instance] = plan.instances.filter((one) => one.type === type);
  if (instance === undefined) throw new Error(`no ${type}`);
  let views = [new View(instance, lookup, 'after')];
  for (const name of list) views = views.flatMap((view) => view.blocks(name));
  return {
    blocks: views.map((view) => [view.text(text), view.named(open, ID).values.map((one) => one.split('.')[1] ?? '')]),
    choices,
  };
}
