import { readFileSync } from 'node:fs';
import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineSpec } from '@postern/core/spec';
import {
  isPosternError,
  PrivateIntegrations,
  type Ensured,
  type EnsuredLink,
  type ErrorCode,
  type JudgedPlan,
  type RunEvent,
} from '@postern/core';

const subnets = ['subnet-1a', 'subnet-1b'];
const spec = defineSpec({ version: 1, project: 'shop', links: { main: { provider: 'aws', subnets } } });
const inline = defineSpec({
  version: 1,
  project: 'shop',
  integrations: {
    orders: { link: { provider: 'aws', subnets }, gateway: { httpApi: 'a1' }, targets: {}, routes: {} },
  },
});

describe('what the compiler knows in a program', () => {
  it('the links of a spec by their names', () => {
    expectTypeOf<Ensured<typeof spec>['links']['main']>().toEqualTypeOf<EnsuredLink>();
    expectTypeOf<keyof Ensured<typeof spec>['links']>().toEqualTypeOf<'main'>();
    expectTypeOf<Ensured<typeof inline>['links']['orders']>().toEqualTypeOf<EnsuredLink | undefined>();
    expectTypeOf<keyof Ensured['links']>().toEqualTypeOf<string>();
    const ensured = (gate: PrivateIntegrations) => gate.ensure(spec);
    expectTypeOf(ensured).returns.resolves.toEqualTypeOf<Ensured<typeof spec>>();
  });

  it('an event by its type, and its step before that', () => {
    const shown = ({ type, step, message }: RunEvent) => [type, step ?? '', message ?? ''];
    expectTypeOf(shown).returns.toEqualTypeOf<string[]>();
    const ended = (event: RunEvent) => (event.type === 'step.done' ? event.durationMs : undefined);
    expectTypeOf(ended).returns.toEqualTypeOf<number | undefined>();
  });

  it('the details of an error: of any, and of its code', () => {
    const further = (error: unknown) => (isPosternError(error) ? error.details?.also?.map(({ code }) => code) : []);
    expectTypeOf(further).returns.toEqualTypeOf<ErrorCode[] | undefined>();
    const added = (error: unknown) => (isPosternError(error, 'WORLD_MOVED') ? error.details?.added : undefined);
    expectTypeOf(added).returns.toEqualTypeOf<readonly string[] | undefined>();
  });

  it('a driver that is chosen at run time, and the findings of a plan', () => {
    const gateOf = (onAws: boolean) => new PrivateIntegrations(onAws ? aws() : alibaba(), { project: 'shop' });
    expectTypeOf(gateOf).returns.toEqualTypeOf<PrivateIntegrations>();
    expectTypeOf<PrivateIntegrations['plan']>().returns.resolves.toEqualTypeOf<JudgedPlan>();
    expectTypeOf<JudgedPlan['findings']['length']>().toEqualTypeOf<number>();
  });
});

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

it.each([
  ['two-clouds', 'do/plan/plan', 'stepShape'],
  ['two-clouds', 'do/apply/events', 'RunEvent'],
  ['migration', 'moves/events', 'MoveEvent'],
  ['migration', 'moves/plan/move-plan', 'MoveTodo'],
  ['migration', 'moves/validate/migration', 'groupMigration'],
  ['migration', 'moves/validate/migration', 'routeMigration'],
  ['migration', 'moves/validate/validate-instance', 'instanceMigration'],
  ['migration', 'moves/validate/place-of-stage', 'stageShape'],
])('docs/%s.md names what %s has: %s', (page, file, type) => {
  const source = read(`packages/core/src/${file}.ts`);
  const [declared = ''] =
    new RegExp(`^(?:export )?(?:interface|type|const) ${type}\\b[^]*?\n(?:\n|\\})`, 'm').exec(source) ?? [];
  const members = [...declared.matchAll(/(?:readonly |^ {2})(\w+)\??:|'(\w+\.\w+)'/gm)].map(
    ([, name = '', type]) => type ?? name,
  );
  const codes = read(`docs/${page}.md`)
    .match(/`[^`\n]+`/g)
    ?.join(' ');
  const named = new Set(codes?.match(/[\w.]+/g));
  expect(members.length).toBeGreaterThan(1);
  expect(members.filter((name) => !named.has(name) && name !== 'input')).toEqual([]); // changes have no input
});
