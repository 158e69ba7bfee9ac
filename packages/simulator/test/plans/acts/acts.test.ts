import { expect, it } from 'vitest';
import { plans } from '@postern/aws/plans';
import type { Act, ActValues, Caller, InputShape, Outputs } from '@postern/core/internal/overlay';
import { filled } from '../../../../core/src/overlay/acts/input-shape.js';
import { INPUT_SHAPES } from '../../../src/aws/input-shapes.js';
import { simulate } from '../../../src/simulate.js';
import { apis } from './apis.js';
import { balancing } from './balancing.js';
import { machines } from './machines.js';
import { network } from './network.js';
import { reads } from './reads.js';
import type { ActedResource } from './row.js';
import { auxiliary, services } from './services.js';

const SHAPES = JSON.parse(INPUT_SHAPES) as Readonly<Record<string, InputShape>>;
const { acts, inert } = plans.acts!;

/** One of each type that is carried out, each after those that it names. */
const acted = [...auxiliary, ...network, ...machines, ...balancing, ...apis, ...services];

/** Types that are laid and not carried out: the simulated cloud has no operation for them. */
const WITHOUT_ACT = ['aws_network_interface_attachment', 'aws_launch_configuration', 'aws_ecs_task_set'];

const membersOf = (operation: string): readonly string[] =>
  Object.keys((SHAPES[operation] as { readonly members?: object } | undefined)?.members ?? {});

const READS = /\.(?:Describe|Get|List|Search)/;

/** A caller that remembers what it sends. */
function callers() {
  const sim = simulate({ seed: 5, clock: 'manual', throttle: false });
  const sent: string[] = [];
  let names = 0;
  const caller = (address: string): Caller => ({
    region: 'eu-west-1',
    account: '111122223333',
    address,
    call: (operation, input) => {
      const [service = '', name = ''] = operation.split('.');
      const { body } = input as { readonly body?: unknown };
      const given = typeof body === 'string' ? { ...input, body: Buffer.from(body) } : input;
      if (!READS.test(operation)) {
        sent.push(operation);
        const unknown = Object.keys(input).filter((member) => !membersOf(operation).includes(member));
        expect({ operation, unknown }).toEqual({ operation, unknown: [] });
      }
      return sim.call({ service: service as never, operation: name, region: 'eu-west-1' }, given);
    },
    fill: (operation, values, given = {}) => filled(SHAPES[operation]!, values, { names: given }),
    wait: (ms) => sim.advance(ms),
    unique: (stem) => `${stem}${(names += 1)}`,
    guess: () => undefined,
  });
  return { caller, sent, sim };
}

it('the operation of each act is simulated, with the members that it names', () => {
  const lacking = Object.entries(acts).flatMap(([type, { operation, names = {} }]: [string, Act]) => {
    if (operation === undefined) return [];

    const members = membersOf(operation);
    return Object.keys(names).flatMap((name) => (members.includes(name) ? [] : [`${type}: ${operation} ${name}`]));
  });
  expect(lacking).toEqual([]);
});

it('each type that is laid is carried out', () => {
  const types = Object.keys(plans.terraform.rows);
  expect(types.filter((type) => !(type in acts) && !inert.some((one) => one.test(type)))).toEqual(WITHOUT_ACT);
});

it('each act creates, changes in place what changes alone, and deletes', { timeout: 120_000 }, async () => {
  const { caller, sent, sim } = callers();
  const made: { resource: ActedResource; values: ActValues }[] = [];
  const outputs = new Map<string, Outputs>();
  const named = (address: string): Outputs => {
    const found = outputs.get(address);
    if (found === undefined) throw new RangeError(`${address} is not created`);

    return found;
  };
  const attempted = async (what: string, run: () => unknown): Promise<void> => {
    try {
      await run();
    } catch (error) {
      throw new Error(`${what}: ${String(error)}`, { cause: error });
    }
  };
  for (const resource of acted) {
    const { address: name, type, given } = resource;
    const act = acts[type]!;
    await attempted(`create ${name}`, async () => {
      const values = given(named);
      const on = caller(name);
      let out: Outputs;
      if (act.create) out = await act.create(values, on);
      else {
        const operation = act.operation!;
        const from = filled(SHAPES[operation]!, values, { names: act.names ?? {}, optional: act.optional ?? [] });
        const input = act.input?.(from, values, on) ?? from;
        out = act.outputs!(on.call(operation, input), input, values);
      }
      outputs.set(name, out);
      await act.after?.(values, out, on);
      await sim.advance(act.readyMs ?? 1000);
      const before = Object.fromEntries(Object.entries(out).filter(([, value]) => value !== undefined));
      made.push({ resource, values: { ...values, ...before } });
    });
  }
  for (const [type, [finds, given]] of Object.entries(reads)) {
    const { id, arn, ids } = await acts[type]!.create!(given(named), caller(type));
    const wanted = named(finds);
    expect(ids ?? [arn ?? id]).toEqual([arn === undefined ? wanted['id'] : wanted['arn']]);
  }
  for (const one of made) {
    const { address: name, type, changed } = one.resource;
    const update = acts[type]!.update;
    sent.length = 0;
    await attempted(`no change of ${name}`, () => update?.(one.values, one.values, caller(name)));
    expect({ name, sent }).toEqual({ name, sent: [] });
    if (changed === undefined) continue;

    const { by, as } = changed;
    const after = { ...one.values, ...as(named) };
    await attempted(`change ${name}`, async () => {
      const changes = await update!(one.values, after, caller(name));
      one.values = { ...after, ...changes };
    });
    expect({ name, sent: sent.map((operation) => operation.split('.')[1]) }).toEqual({ name, sent: by });
  }
  for (const { resource, values } of made.toReversed()) {
    const { address: name, type } = resource;
    await attempted(`delete ${name}`, () => acts[type]!.remove!(values, caller(name)));
    await sim.advance(60_000);
  }
  const types = new Set([...acted.map(({ type }) => type), ...Object.keys(reads)]);
  expect(Object.keys(acts).filter((type) => !types.has(type))).toEqual([]);
});
