import { expect, it } from 'vitest';
import { cloud as aws } from '@postern/aws/cloud';
import * as cidr from '../src/internal/cidr.js';
import { check, explain } from '../src/internal/check.js';
import { clouds } from '../src/internal/kinds.js';
import { validateMigration } from '../src/internal/moves.js';
import { fileJournal } from '../src/internal/node.js';
import { readTerraform } from '../src/internal/overlay.js';
import { apply, diff, observeSpec } from '../src/internal/plan.js';
import { defineSpec, parseSpec, parseSpecs, specFrom } from '../src/internal/spec.js';
import { PrivateIntegrations, createContext, driversOf, isPosternError, simulatorAt } from '../src/internal/library.js';
import { drive } from './drive.js';
import { FakeCloud } from './fake-cloud.js';

/** What a program without types calls: nothing is refused before it runs. */
type Loose = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;

const js = (of: object): Loose => of as Loose;

const fake = new FakeCloud();
fake.gateway('api-1');
const driver = fake.driver();
const gate = js(new PrivateIntegrations(driver, { project: 'shop', clock: fake.clock }));
const session = (options: unknown): unknown => new PrivateIntegrations(driver, options as never);
const subnets = ['subnet-1a', 'subnet-1b'];
const text = 'version: 1\nproject: shop\nspec: shop\n';
const spec = parseSpec(text, { clouds: clouds([aws]) });
const snapshot = { version: 1, regions: [] };
const context = createContext({ clock: fake.clock });
const all = js({ apply, check, diff, explain, observeSpec, parseSpec, parseSpecs, specFrom, validateMigration });
const more = js({ ...cidr, clouds, defineSpec, driversOf, fileJournal, readTerraform, simulatorAt });

const target = { name: 'orders', linkId: 'link-1', port: 443 };

/** What is missing, is of another kind, or is what another function takes. Each is answered with a code, never with a bare TypeError. */
const MISTAKES: readonly (readonly [string, () => unknown])[] = [
  ['new PrivateIntegrations(driver)', () => session(undefined)],
  ['a project that is not set', () => session({ project: undefined })],
  ['project: 7', () => session({ project: 7 })],
  ['a driver that is none', () => new PrivateIntegrations({} as never, { project: 'shop' })],
  ['no driver', () => new PrivateIntegrations(undefined as never, { project: 'shop' })],
  ['a misspelled option', () => session({ project: 'shop', jornal: {} })],
  ['ensureLink()', () => gate['ensureLink']?.()],
  ['ensureLink(name, subnets)', () => gate['ensureLink']?.('main', subnets)],
  ['subnetIds for subnets', () => gate['ensureLink']?.({ name: 'main', subnetIds: subnets })],
  ['one subnet as a text', () => gate['ensureLink']?.({ name: 'main', subnets: 'subnet-1a' })],
  ['an element that is not set', () => gate['ensureLink']?.({ name: 'main', subnets: [undefined] })],
  ['ensureTarget without a link', () => gate['ensureTarget']?.(undefined, { name: 'orders' })],
  ['ensureTarget without a target', () => gate['ensureTarget']?.('link-1')],
  ['ensureRoute without a target', () => gate['ensureRoute']?.('api-1', 'GET /a')],
  ['ensureRoute with the ID of a target', () => gate['ensureRoute']?.('api-1', 'GET /a', 'orders')],
  ['ensureRoute, arguments in another order', () => gate['ensureRoute']?.('GET /a', 'api-1', target)],
  ['ensure()', () => gate['ensure']?.()],
  ['ensure of members that were not read', () => gate['ensure']?.({ version: 1, project: 'shop', links: {} })],
  ['allow with one block as a text', () => gate['allow']?.('link-1', '10.0.0.0/8')],
  ['allow without blocks', () => gate['allow']?.('link-1')],
  ['a signal that is a number', () => gate['links']?.({ signal: 1_000 })],
  ['egress of a promise of a link', () => gate['egress']?.(Promise.resolve({ id: 'link-1' }))],
  ['gate.plan()', () => gate['plan']?.()],
  ['gate.plan of the text of a spec', () => gate['plan']?.(text)],
  ['gate.apply()', () => gate['apply']?.()],
  ['gate.apply of a promise of a plan', () => gate['apply']?.(Promise.resolve({}))],
  ['gate.check()', () => gate['check']?.()],
  ['parseSpec(text)', () => all['parseSpec']?.(text)],
  ['parseSpec()', () => all['parseSpec']?.()],
  ['parseSpec of a value', () => all['parseSpec']?.({ version: 1 }, { clouds: clouds([aws]) })],
  ['clouds that are a list', () => all['parseSpec']?.(text, { clouds: [aws] })],
  ['parseSpecs(text, options)', () => all['parseSpecs']?.(text, { clouds: clouds([aws]) })],
  ['parseSpecs()', () => all['parseSpecs']?.()],
  ['specFrom(value)', () => all['specFrom']?.({ version: 1, project: 'shop' })],
  ['defineSpec()', () => more['defineSpec']?.()],
  ['clouds(aws)', () => more['clouds']?.(aws)],
  ['clouds()', () => more['clouds']?.()],
  ['driversOf(undefined)', () => more['driversOf']?.(undefined)],
  ['driversOf([a, b])', () => more['driversOf']?.([driver])],
  ['diff(snapshot)', () => all['diff']?.(snapshot)],
  ['diff()', () => all['diff']?.()],
  ['check(snapshot)', () => all['check']?.(snapshot)],
  ['check(undefined, spec)', () => all['check']?.(undefined, spec)],
  ['check(spec, snapshot)', () => all['check']?.(spec, snapshot)],
  ['explain(snapshot, spec)', () => all['explain']?.(snapshot, spec)],
  ['observeSpec(spec)', () => all['observeSpec']?.(spec)],
  ['observeSpec with a driver', () => all['observeSpec']?.(spec, driver, context)],
  ['apply(plan)', () => all['apply']?.({ units: [] })],
  ['apply()', () => all['apply']?.()],
  ['validateMigration(snapshot)', () => all['validateMigration']?.(snapshot)],
  ['validateMigration()', () => all['validateMigration']?.()],
  ['conflicts of one block', () => more['conflicts']?.('10.0.0.0/8')],
  ['merge()', () => more['merge']?.()],
  ['parsePrefix(undefined)', () => more['parsePrefix']?.(undefined)],
  ['overlaps of one block', () => more['overlaps']?.('10.0.0.0/8')],
  ['subtract of one block', () => more['subtract']?.('10.0.0.0/8')],
  ['free without a length', () => more['free']?.('10.0.0.0/8', [])],
  ['a block with a mask', () => more['parsePrefix']?.('10.0.0.0/255.0.0.0')],
  ['fileJournal()', () => more['fileJournal']?.()],
  ['readTerraform of a value', () => more['readTerraform']?.({ format_version: '1.2' })],
  ['simulatorAt()', () => more['simulatorAt']?.()],
];

/** What the call came to: a generator does nothing before its first step. */
async function answer(call: () => unknown): Promise<string> {
  const isGenerator = (given: unknown): given is AsyncGenerator | Generator =>
    typeof given === 'object' && given !== null && 'next' in given;
  try {
    const given = call();
    const done = isGenerator(given) ? Promise.resolve(given.next()) : Promise.resolve(given);
    await drive(fake.clock, done);
    return 'no error';
  } catch (error) {
    return isPosternError(error) ? error.code : `${(error as Error).name}: ${(error as Error).message}`;
  }
}

it.each(MISTAKES)('a call of a program without types: %s: an error with a code', async (_, call) => {
  expect(await answer(call)).toMatch(/^(?!INTERNAL)[A-Z]+(?:_[A-Z]+)*$/);
});
