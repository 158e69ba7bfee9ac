import { createRequire } from 'node:module';
import type { CreateInstanceRequest, DescribeInstancesResponseBody } from '@alicloud/cloudapi20160714';
import { createContext } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../core/test/runs.js';
import { type AlibabaApi, alibaba } from '../src/index.js';
import type { Wire } from '../src/client/apis/alibaba-api.js';
import { buildWorld, caller } from './world/conformance-world.js';
import { REGION } from './world/conformance-setup.js';
import { exercise } from './world/exercise.js';
import { recorder, type Names } from './world/wire-recorder.js';

it('Wire: has the names of the wire and no others', () => {
  const request: Wire<CreateInstanceRequest> = { InstanceName: 'orders', Tag: [{ Key: 'a', Value: 'b' }] };
  // @ts-expect-error a name that is misspelled
  const misspelled: Wire<CreateInstanceRequest> = { InstanceNam: 'orders' };
  const answer: Wire<DescribeInstancesResponseBody> = {};
  // @ts-expect-error members of the models have another case on the wire
  const camel = answer.instances;
  expect([request, misspelled, camel]).toHaveLength(3);
});

interface Model {
  readonly names: () => Readonly<Record<string, string>>;
  readonly types: () => Readonly<Record<string, unknown>>;
}

const load = createRequire(import.meta.url);
const PACKAGES: Readonly<Record<string, string>> = {
  CloudAPI: '@alicloud/cloudapi20160714',
  Ecs: '@alicloud/ecs20140526',
  Vpc: '@alicloud/vpc20160428',
};

/** A model of an official package, by the action that it belongs to. */
function modelOf(product: string, action: string, part: 'Request' | 'ResponseBody'): Model {
  const models = load(PACKAGES[product] ?? '') as Readonly<Record<string, Model | undefined>>;
  const model = models[`${action}${part}`];
  if (model === undefined) throw new Error(`${product} has no model ${action}${part}`);
  return model;
}

/** Names that a model does not have, as paths. */
function strange(names: Names, model: Model, path: string): readonly string[] {
  const members = new Map(
    Object.entries(model.names()).map(([member, wire]) => [wire, model.types()[member]] as const),
  );
  return [...names].flatMap(([name, below]) => {
    const type = members.get(name);
    if (type === undefined) return [`${path}.${name}`];
    let inner: unknown = type;
    while (typeof inner === 'object' && inner !== null) inner = (inner as { readonly itemType?: unknown }).itemType;
    return typeof inner === 'function' ? strange(below, inner as unknown as Model, `${path}.${name}`) : [];
  });
}

/** Common to all products, and in no model; see `common-parameters.ts` of the simulator. */
const COMMON = new Set(['RegionId']);

describe('every wire name that is sent or read', () => {
  it.runIf(PROVE)('stands in the official models', async () => {
    const simulation = simulate({ seed: 7, clock: 'auto' });
    const world = await buildWorld(simulation, REGION);
    const recorded = recorder(simulation.alibaba(REGION));
    const driver = alibaba({ region: REGION, api: recorded.api });
    await exercise(
      driver,
      world,
      createContext({ clock: simulation.clock, random: () => 0.5 }),
      caller(simulation, REGION),
    );

    const wrong: string[] = [];
    const actions = new Set<string>();
    for (const { product, action, sent, read } of recorded.calls()) {
      if (PACKAGES[product] === undefined) continue;
      actions.add(`${product}.${action}`);
      for (const name of COMMON) if (product === 'CloudAPI') sent.delete(name);
      wrong.push(
        ...strange(sent, modelOf(product, action, 'Request'), `${action} sends `),
        ...strange(read, modelOf(product, action, 'ResponseBody'), `${action} answers `),
      );
    }
    expect(wrong).toEqual([]);
    // What was never called was never compared.
    expect([...actions].toSorted()).toMatchSnapshot();
  });

  it('is reported when it is misspelled', async () => {
    const api: AlibabaApi = {
      call: () => Promise.resolve({ body: { Instances: { InstanceAttribute: [] } }, statusCode: 200, headers: {} }),
    };
    const recorded = recorder(api);
    const params = { product: 'CloudAPI', version: '2016-07-14', action: 'DescribeInstances', region: REGION } as const;
    const { body } = await recorded.api.call(params, { InstanceID: 'x', Tag: [{ Kee: 'a' }] }, {});
    void (body['Instances'] as { readonly InstanceAttributes?: unknown }).InstanceAttributes;
    const [call] = recorded.calls();
    expect(strange(call?.sent ?? new Map(), modelOf('CloudAPI', 'DescribeInstances', 'Request'), '')).toEqual([
      '.InstanceID',
      '.Tag.Kee',
    ]);
    expect(strange(call?.read ?? new Map(), modelOf('CloudAPI', 'DescribeInstances', 'ResponseBody'), '')).toEqual([
      '.Instances.InstanceAttributes',
    ]);
  });
});
