import { expect, it } from 'vitest';
import { check, explain, judgePlan } from '../src/internal/check.js';
import * as cidr from '../src/internal/cidr.js';
import { decodePlan, decodeSnapshot } from '../src/internal/decode.js';
import { validateMigration, Moves } from '../src/internal/moves.js';
import { fileJournal, readSnapshotFile } from '../src/internal/node.js';
import { apply, diff, observeSpec, planDestroy, planForget } from '../src/internal/plan.js';
import { advise } from '../src/internal/planner.js';
import { reportText } from '../src/internal/report.js';
import { clouds, defineSpec, parseNeeds, parseSpec, parseSpecs } from '../src/internal/spec.js';
import { diffSnapshots, encodeSnapshot } from '../src/internal/snapshot.js';
import { createContext, driversOf, isPosternError, PrivateIntegrations, simulatorAt } from '../src/internal/library.js';
import { FakeCloud } from './fake-cloud.js';

const cloud = new FakeCloud();
const driver = cloud.driver();
const untyped = (of: unknown) => of as (...args: readonly unknown[]) => unknown;
const made = (of: unknown, ...args: readonly unknown[]): unknown => Reflect.construct(of as new () => object, args);
const gate = new PrivateIntegrations(driver, { project: 'shop', clock: cloud.clock }) as unknown as Readonly<
  Record<string, (...args: readonly unknown[]) => unknown>
>;

/** What programs without types give by mistake: nothing, one in place of a list, a text in place of a value, an unset variable, a misspelt key. */
const MISTAKES: Readonly<Record<string, () => unknown>> = {
  "cidr.conflicts('10.0.0.0/8')": () => untyped(cidr.conflicts)('10.0.0.0/8'),
  "cidr.conflicts(['10.0.0.0/33'])": () => cidr.conflicts(['10.0.0.0/33']),
  'cidr.merge()': () => untyped(cidr.merge)(),
  "cidr.contains('10.0.0.0/8')": () => untyped(cidr.contains)('10.0.0.0/8'),
  "cidr.subtract('10.0.0.0/8', undefined)": () => untyped(cidr.subtract)('10.0.0.0/8', undefined),
  'cidr.free()': () => untyped(cidr.free)(),
  'cidr.parsePrefix(8)': () => untyped(cidr.parsePrefix)(8),
  'new PrivateIntegrations()': () => made(PrivateIntegrations),
  'new PrivateIntegrations(driver)': () => made(PrivateIntegrations, driver),
  'new PrivateIntegrations({ region })': () => made(PrivateIntegrations, { region: 'eu-west-1' }, { project: 'shop' }),
  'new PrivateIntegrations(driver, { project: undefined })': () =>
    made(PrivateIntegrations, driver, { project: undefined }),
  'driversOf([driver])': () => untyped(driversOf)([driver]),
  'createContext({ clock: 5 })': () => untyped(createContext)({ clock: 5 }),
  'simulatorAt()': () => untyped(simulatorAt)(),
  'gate.ensure()': () => gate['ensure']?.(),
  'gate.ensureLink()': () => gate['ensureLink']?.(),
  "gate.ensureLink('orders')": () => gate['ensureLink']?.('orders'),
  "gate.ensureLink({ name, subnetIds: ['subnet-1a'] })": () =>
    gate['ensureLink']?.({ name: 'orders', subnetIds: ['subnet-1a'] }),
  'gate.ensureTarget(undefined, …)': () => gate['ensureTarget']?.(undefined, { name: 'orders', listenerArn: 'arn' }),
  "gate.ensureRoute(api, 'orders', …)": () => gate['ensureRoute']?.('api-1', 'orders', 'http://orders'),
  'gate.ensureRoute(undefined, key, …)': () => gate['ensureRoute']?.(undefined, 'GET /orders', 'http://orders'),
  "gate.allow(link, '10.0.0.0/8')": () => gate['allow']?.({ name: 'main' }, '10.0.0.0/8'),
  'gate.allow(link)': () => gate['allow']?.({ name: 'main' }),
  'gate.egress()': () => gate['egress']?.(),
  'gate.deleteLink(undefined)': () => gate['deleteLink']?.(undefined),
  'gate.usesOf(5)': () => gate['usesOf']?.(5),
  'gate.plan()': () => gate['plan']?.(),
  'gate.check(text)': () => gate['check']?.('version: 1'),
  'gate.apply(spec)': () => gate['apply']?.({ version: 1 }),
  'gate.destroy()': () => gate['destroy']?.(),
  'parseSpec(text)': () => untyped(parseSpec)('version: 1'),
  'parseSpecs(undefined, set)': () => untyped(parseSpecs)(undefined, { clouds: clouds([]) }),
  'parseNeeds()': () => untyped(parseNeeds)(),
  'defineSpec()': () => untyped(defineSpec)(),
  'clouds(aws)': () => untyped(clouds)({ name: 'aws' }),
  'check()': () => untyped(check)(),
  'check(text, spec)': () => untyped(check)('{}', {}),
  'explain()': () => untyped(explain)(),
  'judgePlan()': () => untyped(judgePlan)(),
  'diff()': () => untyped(diff)(),
  'apply()': () => untyped(apply)(),
  'planDestroy()': () => untyped(planDestroy)(),
  'planForget()': () => untyped(planForget)(),
  'observeSpec(spec, [driver])': () => untyped(observeSpec)({ version: 1 }, [driver]),
  'validateMigration()': () => untyped(validateMigration)(),
  'new Moves()': () => made(Moves),
  'decodeSnapshot()': () => untyped(decodeSnapshot)(),
  'decodePlan()': () => untyped(decodePlan)(),
  'encodeSnapshot()': () => untyped(encodeSnapshot)(),
  'diffSnapshots()': () => untyped(diffSnapshots)(),
  'advise()': () => untyped(advise)(),
  'reportText()': () => untyped(reportText)(),
  'fileJournal()': () => untyped(fileJournal)(),
  'readSnapshotFile()': () => untyped(readSnapshotFile)(),
};

/** The error of a call: thrown, rejected, or at the first event of what it returns. */
async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    const given = await call();
    if (typeof given === 'object' && given !== null && Symbol.asyncIterator in given)
      await (given as AsyncIterable<unknown>)[Symbol.asyncIterator]().next();
    return undefined;
  } catch (error) {
    return error;
  }
}

it.each(Object.entries(MISTAKES))(
  'a mistake of a program without types: %s is answered with a code and what to do',
  async (_, call) => {
    const error = await errorOf(call);
    if (!isPosternError(error)) throw new Error('no error of Postern', { cause: error });
    expect(error.remedy).toMatch(/\w.*[.?]$/s);
  },
);
