import { CLOUDS, parseSpec } from '../clouds.js';
import type { Snapshot } from '@postern/core/internal/library';
import {
  changeSetPlaces,
  exportTerraform,
  judgeChangeSet,
  judgePulumi,
  judgeTerraform,
  pulumiPlaces,
  readChangeSet,
  readPulumi,
  readTerraform,
  terraformPlaces,
  terraformSnapshot,
  type PlansOfCloud,
  type PlansOption,
} from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { cloud as aws } from '@postern/aws/cloud';
import { defineCloud } from '../../src/do/kinds/cloud/define-cloud.js';
import { emptyRegion } from '../../src/do/snapshot/snapshot-form.js';
import { ResourceTypeSet } from '../../src/overlay/cloudformation/identity.js';
import { PulumiTypeSet } from '../../src/overlay/pulumi/types.js';

const NONE: PlansOfCloud['exports'] = { links: {}, routes: {}, targets: {} };

const cloudNamed = (name: string) =>
  defineCloud({
    name,
    title: name,
    regions: aws.regions,
    credentials: aws.credentials,
    network: { ...aws.network, reserved: undefined },
    links: {},
    gateways: {},
    targets: {},
    ids: { kinds: {} },
    reservedTagPrefixes: [],
    linkFaults: () => [],
  });

/** A cloud that does not exist. Its provider has networks, and fences that decide about paths. */
const toy: PlansOfCloud = {
  cloud: cloudNamed('toy'),
  terraform: {
    provider: 'toy',
    source: 'toys/toy',
    rows: {
      toy_network: {
        list: 'networks',
        ids: { id: (_, hash) => `net-${hash}` },
        add: (view, { draft, note }) => {
          const id = view.needed('id');
          draft.put('networks', { id, name: view.text('name'), cidrBlocks: [view.needed('block')], tags: {} } as never);
          note(`${id} is laid`);
        },
      },
    },
    opaqueTypes: [['toy_fence_', 'networkAcls']],
    registeringTypes: [],
  },
  exports: NONE,
};

const network = { id: 'net-1', name: 'a', block: '10.0.0.0/16' };
const change = (address: string, after: object, actions: readonly string[] = ['create']) => ({
  address,
  mode: 'managed',
  type: address.split('.')[0],
  name: address.split('.')[1],
  change: { actions, before: actions[0] === 'create' ? null : after, after, after_unknown: {} },
});
const plan = (...changes: readonly object[]) =>
  readTerraform(
    JSON.stringify({ format_version: '1.2', resource_changes: changes, configuration: { root_module: {} } }),
  );
const PLACE = { plans: [toy], region: 'toy-1' };

describe('the types of a cloud', () => {
  it('lay what they have a row for, and no type of another provider', () => {
    const { snapshot, notes } = terraformSnapshot(
      plan(change('toy_network.a', network), change('other_network.b', network)),
      undefined,
      PLACE,
    );
    expect(notes).toEqual(['net-1 is laid']);
    expect(snapshot.regions).toMatchObject([{ provider: 'toy', region: 'toy-1', networks: [{ id: 'net-1' }] }]);
  });

  it('say where something is that a plan changes', () => {
    const changes = plan(change('toy_network.a', network), change('other_network.b', network));
    expect(terraformPlaces(changes, PLACE)).toEqual([{ provider: 'toy', region: 'toy-1' }]);
    expect(
      terraformPlaces(changes, {
        plans: [{ ...toy, cloud: cloudNamed('x'), terraform: { ...toy.terraform, provider: 'x' } }],
      }),
    ).toEqual([]);
  });

  it('name what decides about paths and is not laid', () => {
    const { notes } = judgeTerraform(plan(change('toy_fence_post.a', { id: 'f-1' })), undefined, PLACE);
    expect(notes).toContain('toy_fence_post.a: changes of toy_fence_post are not judged');
  });

  it('complete a region that is laid', () => {
    const complete: NonNullable<PlansOfCloud['complete']> = (draft) => draft.remove('networks', 'net-1');
    const { snapshot } = terraformSnapshot(plan(change('toy_network.a', network)), undefined, {
      ...PLACE,
      plans: [{ ...toy, complete }],
    });
    expect(snapshot.regions[0]?.networks).toEqual([]);
  });
});

const SPEC = parseSpec(
  'version: 1\nproject: shop\nlinks: { main: { provider: aws, region: eu-west-1, subnets: [subnet-1] } }\n',
);
const region = emptyRegion({ provider: 'aws', region: 'eu-west-1', account: '111122223333' });
const SHOWN: Snapshot = { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [region] };

describe('a program without types', () => {
  const changeSet = readChangeSet(
    JSON.stringify({
      ChangeSetId: 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/a/b',
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/a/b',
      StackName: 'a',
      Status: 'CREATE_COMPLETE',
      Changes: [
        { Type: 'Resource', ResourceChange: { Action: 'Add', LogicalResourceId: 'a', ResourceType: 'Toy::A' } },
      ],
    }),
  );
  const preview = readPulumi(JSON.stringify({ config: {}, steps: [], changeSummary: {} }));

  it.each<readonly [string, (options: PlansOption) => unknown]>([
    ['judgeTerraform', (options) => judgeTerraform(plan(), undefined, options)],
    ['terraformPlaces', (options) => terraformPlaces(plan(), options)],
    ['judgeChangeSet', (options) => judgeChangeSet(changeSet, undefined, undefined, options)],
    ['changeSetPlaces', (options) => changeSetPlaces(changeSet, undefined, options)],
    ['judgePulumi', (options) => judgePulumi(preview, undefined, options)],
    ['pulumiPlaces', (options) => pulumiPlaces(preview, options)],
    ['terraformSnapshot', (options) => terraformSnapshot(plan(), undefined, options)],
    ['exportTerraform', (options) => exportTerraform(SHOWN, SPEC, { clouds: CLOUDS, ...options })],
  ])('gets an error of %s', (_, use) => {
    expect(() => use({ plans: [toy] })).not.toThrow();
    for (const options of [undefined, {}, { plans: [] }])
      expect(() => use(options as unknown as PlansOption)).toThrow(
        expect.objectContaining({
          code: 'INVALID_INPUT',
          remedy: expect.stringContaining('`plans` of each cloud') as unknown,
        }),
      );
  });

  it('for a region of a snapshot has a note in its export', () => {
    const link = {
      kind: 'vpc-link-v2',
      id: 'l-1',
      name: 'main',
      state: 'ready',
      nativeState: '',
      subnetIds: ['subnet-1'],
      securityGroupIds: [],
      tags: {},
      raw: undefined,
    } as const;
    const owner = { project: 'shop', spec: SPEC.spec ?? 'shop', integration: 'main' };
    const shown = { ...SHOWN, regions: [{ ...region, links: [{ ...link, owner }] }] } as Snapshot;
    const { notes } = exportTerraform(shown, SPEC, { clouds: CLOUDS, plans: [toy] });
    expect(notes).toContain('nothing of aws is written: `plans` has nothing of it');
  });
});

describe('two clouds with one type', () => {
  const other = (more: Partial<PlansOfCloud>): PlansOfCloud => ({
    ...toy,
    cloud: cloudNamed('other'),
    terraform: { ...toy.terraform, provider: 'other', rows: {} },
    ...more,
  });
  const cloudFormation = { types: { 'Toy::Net::Work': { type: 'toy_network' } }, others: [] };
  const pulumi = { types: { 'toy:net/work:Work': 'toy_network' }, others: [] };

  it.each<readonly [string, readonly PlansOfCloud[]]>([
    ['the name toy', [toy, toy]],
    ['the provider of Terraform toy', [toy, other({ terraform: { ...toy.terraform, rows: {} } })]],
    ['the type of Terraform toy_network', [toy, other({ terraform: { ...toy.terraform, provider: 'other' } })]],
    ['the type of CloudFormation Toy::Net::Work', [{ ...toy, cloudFormation }, other({ cloudFormation })]],
    ['the type of Pulumi toy:net/work:Work', [{ ...toy, pulumi }, other({ pulumi })]],
  ])('are refused: %s', (what, plans) => {
    expect(() => judgeTerraform(plan(), undefined, { plans })).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(`both have ${what}`) as unknown,
      }),
    );
    expect(() => judgeTerraform(plan(), undefined, { plans: [toy, other({})] })).not.toThrow();
  });
});

it('types of CloudFormation are found by their names, and others by their beginning', () => {
  const types = new ResourceTypeSet([
    { types: { 'Toy::Net::Work': { type: 'toy_network' } }, others: [['Toy::Fence', 'toy_fence_']] },
  ]);
  expect([types.of('Toy::Net::Work'), types.known('Toy::Net::Work')]).toEqual([
    { type: 'toy_network' },
    { type: 'toy_network' },
  ]);
  expect([types.of('Toy::Fence::Post'), types.known('Toy::Fence::Post')]).toEqual([{ type: 'toy_fence_' }, undefined]);
  expect(types.of('constructor')).toBeUndefined();
});

it('types of Pulumi are found by their tokens, also by former ones', () => {
  const types = new PulumiTypeSet([
    {
      types: { 'toy:net/work:Work': 'toy_network' },
      former: [['toy:network/', 'toy:net/']],
      others: [['toy:fence/', (token) => `toy_${token.length}`]],
      notes: [['toy:fence/', 'fences are not judged']],
    },
  ]);
  expect(
    ['toy:net/work:Work', 'toy:network/work:Work', 'toy:fence/a:A', 'kubernetes:core/v1:Pod', 'toy:x/y:Y'].map((one) =>
      types.terraformType(one),
    ),
  ).toEqual(['toy_network', 'toy_network', 'toy_13', 'kubernetes_', undefined]);
  expect([types.noteOn('toy:fence/a:A'), types.noteOn('toy:net/work:Work')]).toEqual([
    'fences are not judged',
    undefined,
  ]);
});
