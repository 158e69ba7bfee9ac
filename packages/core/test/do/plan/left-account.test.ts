import { expect, it } from 'vitest';
import { apply, observePlan, recordedReach } from '../../../src/internal/plan.js';
import { judge } from '../../../src/internal/check.js';
import type { Plan } from '../../../src/do/plan/plan.js';
import type { Spec } from '../../../src/do/spec.js';
import { memoryJournal } from '../../../src/do/apply/journal.js';
import { createContext, type Drivers } from '../../../src/do/context.js';
import { CLOUDS, parseSpec } from '../../clouds.js';
import { drive } from '../../drive.js';
import { FakeCloud } from '../../fake-cloud.js';

/** Two accounts of one cloud, and a spec with a link in each. */
function scene() {
  const first = new FakeCloud();
  const second = Object.assign(new FakeCloud(), { account: '444455556666', clock: first.clock });
  const linkIn = (name: string, { account }: FakeCloud): string =>
    `  ${name}: { provider: aws, region: eu-west-1, account: '${account}', subnets: [subnet-1a, subnet-1b], securityGroups: [sg-1] }\n`;
  const routeIn = (link: string, cloud: FakeCloud): string =>
    `  ${link}: { link: ${link}, gateway: { httpApi: ${cloud.gateway(`api${link}`).id} }, targets: { t: { listener: '${cloud.listener(link, 443).id}' } }, routes: { ANY /${link}: t } }\n`;
  const head = 'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks:\n';
  const [near, far] = [routeIn('near', first), routeIn('far', second)];
  const [one, both] = [
    `${head}${linkIn('near', first)}integrations:\n${near}`,
    `${head}${linkIn('near', first)}${linkIn('far', second)}integrations:\n${near}${far}`,
  ].map((text) => parseSpec(text)) as [Spec, Spec];
  const context = createContext({ clock: first.clock, random: () => 0.5 });
  const journal = memoryJournal();
  const drivers: Drivers = ({ account }) => (account === second.account ? second : first).driver();
  const run = <T>(work: Promise<T>): Promise<T> => drive(first.clock, work);
  const planned = async (spec: Spec) =>
    run(observePlan(spec, drivers, context, { clouds: CLOUDS, elsewhere: recordedReach(await journal.read(), spec) }));
  const applied = async (plan: Plan, spec: Spec): Promise<void> => {
    const how = { spec, drivers, clouds: CLOUDS, context, journal, judge, drain: 0, ignoreFindings: ['*'] };
    const events = apply(plan, how);
    const all = async (): Promise<void> => {
      for await (const event of events) if (event.type === 'step.failed') throw new Error(event.error.message);
    };
    await run(all());
  };
  return { first, second, one, both, planned, applied };
}

it('an account that leaves the file of a spec: is planned there, deleted, and then not looked at', async () => {
  const { second, one, both, planned, applied } = scene();
  await applied((await planned(both)).plan, both);
  expect([...second.links.values()].map(({ deletedMs }) => deletedMs)).toEqual([undefined]);
  const { plan } = await planned(one);
  expect(plan.units.map(({ account, steps }) => [account, steps.map(({ id }) => id)])).toEqual([
    [second.account, ['delete route ANY /far on apifar']],
    [second.account, ['delete link far (vl-1)']],
  ]);
  await applied(plan, one);
  expect([...second.links.values()].filter(({ deletedMs }) => deletedMs === undefined)).toEqual([]);
  second.calls = [];
  expect((await planned(one)).plan.units).toEqual([]);
  expect(second.calls).toEqual([]);
});
