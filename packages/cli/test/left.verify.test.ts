import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SimulationServer } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { alibabaNetwork, alibabaSpec } from './alibaba/alibaba-network.js';
import { cloud, folder, network, run, type Network } from './run-command.js';

/** A spec of a link in each region, and integrations on gateways by name. */
interface Declared {
  readonly links: Readonly<Record<string, { readonly region: string; readonly there: Network }>>;
  readonly integrations: Readonly<Record<string, { readonly link: string; readonly api: string }>>;
}

function specText({ links, integrations }: Declared): string {
  const lines = Object.entries(links).map(
    ([name, { region, there }]) =>
      `  ${name}: { provider: aws, region: ${region}, subnets: [${there.subnets.join(', ')}], allowlist: [10.0.0.0/16] }\n`,
  );
  const parts = Object.entries(integrations).map(([name, { link, api }]) => {
    const listener = links[link]?.there.listener ?? '';
    return `  ${name}: { link: ${link}, gateway: { httpApi: ${api} }, targets: { t: { listener: '${listener}' } }, routes: { 'ANY /${name}': t } }\n`;
  });
  const all = parts.length === 0 ? '' : `integrations:\n${parts.join('')}`;
  return `version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks:\n${lines.join('')}${all}`;
}

async function scene() {
  const server = await cloud();
  const eu = await network(server);
  const us = await network(server, 'orders', 'us-east-1');
  const second = await apiIn(server, 'second');
  const cwd = folder({});
  const postern = async (...argv: string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
  const writeText = (text: string): void => writeFileSync(path.join(cwd, 'postern.yaml'), text);
  const write = (spec: Declared): void => writeText(specText(spec));
  const [journal, aside] = ['.postern', '.aside'].map((name) => path.join(cwd, name)) as [string, string];
  /** Runs a command as in a fresh clone. */
  const withoutJournal = async (...argv: string[]) => {
    renameSync(journal, aside);
    const ran = await postern(...argv);
    rmSync(journal, { recursive: true, force: true });
    renameSync(aside, journal);
    return ran;
  };
  return { server, eu, us, second, postern, write, writeText, withoutJournal };
}

async function apiIn({ simulation }: SimulationServer, Name: string): Promise<string> {
  const { ApiId = '' } = await simulation.clients('eu-west-1').apiGatewayV2.createApi({ Name, ProtocolType: 'HTTP' });
  return ApiId;
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** What leaves the file, what a plan then deletes, and whether that is seen without the journal. */
const CASES: readonly (readonly [
  title: string,
  before: (s: Scene) => Declared,
  after: (s: Scene) => Declared,
  deleted: (s: Scene) => readonly string[],
  seenWithoutJournal: boolean,
])[] = [
  [
    'an integration, with the only name of its gateway',
    ({ eu, second }) => ({
      links: { main: { region: 'eu-west-1', there: eu } },
      integrations: { orders: { link: 'main', api: eu.api }, admin: { link: 'main', api: second } },
    }),
    ({ eu }) => ({
      links: { main: { region: 'eu-west-1', there: eu } },
      integrations: { orders: { link: 'main', api: eu.api } },
    }),
    ({ second }) => [`delete route ANY /admin on ${second}`],
    true,
  ],
  [
    'a gateway: the integration goes to another one',
    ({ eu }) => ({
      links: { main: { region: 'eu-west-1', there: eu } },
      integrations: { orders: { link: 'main', api: eu.api } },
    }),
    ({ eu, second }) => ({
      links: { main: { region: 'eu-west-1', there: eu } },
      integrations: { orders: { link: 'main', api: second } },
    }),
    ({ eu }) => [`delete route ANY /orders on ${eu.api}`],
    true,
  ],
  [
    'a link and its region',
    ({ eu, us }) => ({
      links: { eu: { region: 'eu-west-1', there: eu }, us: { region: 'us-east-1', there: us } },
      integrations: { orders: { link: 'eu', api: eu.api }, far: { link: 'us', api: us.api } },
    }),
    ({ eu }) => ({
      links: { eu: { region: 'eu-west-1', there: eu } },
      integrations: { orders: { link: 'eu', api: eu.api } },
    }),
    ({ us }) => [`delete route ANY /far on ${us.api}`, 'delete link us'],
    false,
  ],
  [
    'a region: link and integration go to another one',
    ({ eu }) => ({
      links: { main: { region: 'eu-west-1', there: eu } },
      integrations: { orders: { link: 'main', api: eu.api } },
    }),
    ({ us }) => ({
      links: { main: { region: 'us-east-1', there: us } },
      integrations: { orders: { link: 'main', api: us.api } },
    }),
    ({ eu }) => [`delete route ANY /orders on ${eu.api}`, 'delete link main'],
    false,
  ],
];

describe('what leaves the file of a spec', () => {
  it.each(CASES)('%s: is planned, deleted, and then costs no call more', async (_, before, after, deleted, isSeen) => {
    const at = await scene();
    at.write(before(at));
    expect(await at.postern('apply', '--yes')).toMatchObject({ status: 0 });
    at.write(after(at));
    const plan = await at.postern('plan', '--detailed-exitcode');
    for (const step of deleted(at)) expect(plan.out).toContain(step);
    expect(plan.status).toBe(2);

    const without = await at.withoutJournal('plan', '--detailed-exitcode');
    if (isSeen) for (const step of deleted(at)) expect(without.out).toContain(step);
    // What the spec declares in a new region is created; otherwise nothing is known to change.
    else
      expect(without.out).toMatch(
        /create link main|^No changes in what was read; \d+ unchanged\. Not read: other regions \(no journal/m,
      );

    const done = await at.postern('apply', '--yes', '--max-deletes', '5');
    expect(done.status).toBe(0);
    for (const step of deleted(at)) expect(done.out).toContain(step);
    const from = at.server.simulation.journal().length;
    const { out, status } = await at.postern('plan', '--detailed-exitcode');
    expect(out).toMatch(/^No changes; \d+ unchanged\.\n$/);
    expect(status).toBe(0);
    const calls = at.server.simulation.journal().slice(from);
    // As many as for a spec that never had more.
    expect(calls.map((one) => one.operation).filter((one) => one === 'GetRoutes')).toHaveLength(1);
    expect(calls.length).toBeLessThanOrEqual(9);
  });
  it('is found by check, list and destroy; the last line of a plan names a place that cannot be read', async () => {
    const at = await scene();
    const [, before, after] = CASES[2]!;
    at.write(before(at));
    await at.postern('apply', '--yes');
    at.write(after(at));
    expect(await at.postern('check', '--only', 'gateway/undeclared-route')).toMatchObject({
      out: expect.stringMatching(/ANY \/far of orders in us-east-1\s+carries the mark of this spec/),
    });
    expect((await at.postern('list', '--undeclared')).out).toContain(`ANY /far`);
    at.server.simulation.faults.add({ kind: 'deny', operation: 'GetVpcLinks', after: 1 });
    const plan = await at.postern('plan', '--detailed-exitcode');
    expect(plan.out).toMatch(
      /No changes in what was read; 2 unchanged\. Not read: aws us-east-1 of account \d+ \(PERMISSION_DENIED\)\.\n$/,
    );
    expect(plan.status).toBe(2);
    at.server.simulation.faults.clear();
    const destroyed = await at.postern('destroy', '--yes');
    expect(destroyed).toMatchObject({
      status: 0,
      err: expect.stringContaining('searched aws eu-west-1, aws us-east-1'),
    });
    expect(destroyed.out).toContain(`delete route ANY /far on ${at.us.api}`);
  });
  it('a group, and a provider, on Alibaba Cloud', async () => {
    const at = await scene();
    const there = await alibabaNetwork(at.server);
    const { GroupId: second = '' } = await there.call('CloudAPI', 'CreateApiGroup', { GroupName: 'second' });
    const aws: Declared = { links: { main: { region: 'eu-west-1', there: at.eu } }, integrations: {} };
    const [, links = '', integrations = ''] = /links:\n([^]*)integrations:\n([^]*)/.exec(alibabaSpec(there)) ?? [];
    const admin = integrations.replaceAll('orders', 'admin').replace(there.group, second);
    const both = `${specText(aws)}${links}integrations:\n${integrations}`;
    at.writeText(`${both}${admin}`);
    const applied = await at.postern('apply', '--yes', '--allow-purchase');
    expect(applied).toMatchObject({ status: 0 });
    at.writeText(both);
    expect((await at.postern('plan')).out).toContain(`delete route ANY /admin on ${second}`);
    at.write(aws);
    const { out } = await at.postern('plan', '--detailed-exitcode', '--delete-instances');
    for (const id of [there.group, second]) expect(out).toMatch(new RegExp(`delete route ANY /\\w+ on ${id}`));
    expect(out).toContain('delete link cn');
  });
});
