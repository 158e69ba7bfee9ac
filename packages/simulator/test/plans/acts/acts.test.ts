import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { plans } from '@postern/aws/plans';
import type { Act, ActValues, Caller, InputShape, Outputs } from '@postern/core/internal/overlay';
import { filled } from '../../../../core/src/overlay/acts/input-shape.js';
import { INPUT_SHAPES } from '../../../src/aws/input-shapes.js';
import { simulate } from '../../../src/simulate.js';
import { mapped, referenceIn } from '../literal/aws/configuration.js';

const SHAPES = JSON.parse(INPUT_SHAPES) as Readonly<Record<string, InputShape>>;
const { acts, inert } = plans.acts!;

/** Resources by their addresses, each after those that it names, and the data sources with what each finds; references are `@aws_vpc.id`. */
const { acted, reads } = JSON.parse(readFileSync(new URL('acts.json', import.meta.url), 'utf8')) as {
  /** `by`: the operations by which its attributes become `as`. */
  readonly acted: readonly (readonly [address: string, given: ActValues, by?: string, as?: ActValues])[];
  readonly reads: readonly (readonly [type: string, given: ActValues, finds: string])[];
};

const typeOf = (address: string): string => address.split('.')[0] ?? '';

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
  const made: { resource: (typeof acted)[number]; values: ActValues }[] = [];
  const outputs = new Map<string, Outputs>();
  const named = (address: string): Outputs => {
    const found = outputs.get(address);
    if (found === undefined) throw new RangeError(`${address} is not created`);

    return found;
  };
  const resolved = (values: ActValues): ActValues =>
    mapped(values, (leaf) => {
      const of = referenceIn(leaf);
      const value = of && named(of.address)[of.attribute];
      return of === undefined || leaf === `@${of.address}.${of.attribute}`
        ? (value ?? leaf)
        : (leaf as string).replace(/@[\w.]+/, String(value));
    }) as ActValues;
  const attempted = async (what: string, run: () => unknown): Promise<void> => {
    try {
      await run();
    } catch (error) {
      throw new Error(`${what}: ${String(error)}`, { cause: error });
    }
  };
  for (const resource of acted) {
    const [name, given] = resource;
    const act = acts[typeOf(name)]!;
    await attempted(`create ${name}`, async () => {
      const values = resolved(given);
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
  for (const [type, given, finds] of reads) {
    const { id, arn, ids } = await acts[type]!.create!(resolved(given), caller(type));
    const wanted = named(finds);
    expect(ids ?? [arn ?? id]).toEqual([arn === undefined ? wanted['id'] : wanted['arn']]);
  }
  for (const one of made) {
    const [name, , by, as = {}] = one.resource;
    const update = acts[typeOf(name)]!.update;
    sent.length = 0;
    await attempted(`no change of ${name}`, () => update?.(one.values, one.values, caller(name)));
    expect({ name, sent }).toEqual({ name, sent: [] });
    if (by === undefined) continue;

    const after = { ...one.values, ...resolved(as) };
    await attempted(`change ${name}`, async () => {
      const changes = await update!(one.values, after, caller(name));
      one.values = { ...after, ...changes };
    });
    expect({ name, sent: sent.map((operation) => operation.split('.')[1]) }).toEqual({ name, sent: by.split(' ') });
  }
  for (const { resource, values } of made.toReversed()) {
    const [name] = resource;
    await attempted(`delete ${name}`, () => acts[typeOf(name)]!.remove!(values, caller(name)));
    await sim.advance(60_000);
  }
  const types = new Set([...acted.map(([address]) => typeOf(address)), ...reads.map(([type]) => type)]);
  expect(Object.keys(acts).filter((type) => !types.has(type))).toEqual([]);
});
