import { createContext } from '@postern/core/internal/library';
import {
  assess,
  HANDOVER_RULES,
  parseWaiver,
  planHandover,
  type HandoverItem,
  handoverDriver,
  handoverReader,
} from '@postern/alibaba/internal/handover';
import { simulate, type Simulation } from '@postern/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { signCall } from '../../../../alibaba/src/traditional/handover/driver/target/evidence.js';
import { carryOut } from '../../../../alibaba/test/traditional/handover/run-world.js';
import { classicGroup, REGION, type Classic } from './classic.js';
import { NOT_SHOWN } from './rows/not-shown.js';
import type { Answer, RowGround, ShownRow } from './rows/row.js';
import { SHOWN_ROWS } from './rows/shown-rows.js';

const HOST = 'api.example.com';
const APP = { AppName: 'webshop', AppKey: '204000009', AppSecret: 'canary-of-webshop', AppCode: 'canary-of-a-code' };

interface World {
  readonly simulation: Simulation;
  /** The same world, whose gateways throttle. */
  readonly throttling: Simulation;
  readonly items: readonly HandoverItem[];
  readonly apis: ReadonlyMap<ShownRow, string>;
  readonly ownHost: string;
  /** The ID of the server behind the group. */
  readonly server: string;
  readonly target: string;
}

let world: World;
/** One group has all rows: what is blocked in it is waived, and one run hands it over. */
beforeAll(async () => {
  const simulation = simulate({ seed: 7, throttle: false, clock: 'auto' });
  const classic = await classicGroup(simulation);
  const { call, groupId, publish } = classic;
  const AppId = String(call('CloudAPI', 'CreateApp', APP).AppId);
  const ownHost = `${groupId}-${REGION}.alicloudapi.com`;
  call('CloudAPI', 'SetDomain', { GroupId: groupId, DomainName: HOST });
  call('Alidns', 'AddDomain', { DomainName: 'example.com' });
  call('Alidns', 'AddDomainRecord', { DomainName: 'example.com', RR: 'api', Type: 'CNAME', Value: ownHost, TTL: 60 });
  const ground: RowGround = { ...classic, ownHost, appIds: { [APP.AppName]: AppId }, now: simulation.clock.now() };
  const apis = new Map<ShownRow, string>();
  for (const row of SHOWN_ROWS) {
    row.needs?.(ground);
    const ApiId = publish({ ...row.api, more: { ApiName: `row_${apis.size}`, ...row.api.more } });
    apis.set(row, ApiId);
    const at = { GroupId: groupId, ApiId, StageName: 'RELEASE' };
    if (row.api.apps) call('CloudAPI', 'SetAppsAuthorities', { ...at, AppIds: AppId });
    if (row.plugin) {
      const [PluginType, body] = row.plugin;
      const made = { PluginName: `plugin_${apis.size}`, PluginType, PluginData: JSON.stringify(body) };
      call('CloudAPI', 'AttachPlugin', { ...at, PluginId: call('CloudAPI', 'CreatePlugin', made).PluginId });
    }
    row.has?.(ground, ApiId);
  }
  const gateways = ['RELEASE', 'TEST'].map((stage) => ({ stage, id: gateway(classic, stage) }));
  await simulation.advance(600_000);
  for (const [row, id] of apis) row.later?.(ground, id);
  const at = { region: REGION, api: simulation.alibaba(REGION) };
  const ctx = createContext({ clock: simulation.clock });
  const [reader, driver] = [handoverReader(at), handoverDriver(at)];
  const source = await reader.read({ groupId }, ctx);
  const targets = [];
  for (const one of gateways) targets.push({ ...(await reader.target(one.id, ctx)), ...one });
  const { items } = assess(source, { targets });
  const open = items.filter(({ verdict }) => verdict === 'blocked' || verdict === 'unknown');
  const waivers = [...new Set(open.map(({ rule }) => rule))].map((rule) => parseWaiver(`${rule}=a row`));
  const { result } = await carryOut({ driver, ctx }, planHandover(source, { targets, waivers }));
  expect(result).toMatchObject({ state: 'built', failures: [] });
  await simulation.advance(60_000);
  const throttling = simulate({ seed: 7, clock: 'auto' });
  throttling.load(simulation.world());
  const target = (await driver.address(gateways[0]?.id ?? '', ctx)) ?? '';
  world = { simulation, throttling, items, apis, ownHost, server: classic.server, target };
});

function gateway({ call, networkId, subnetIds }: Classic, stage: string) {
  return call('APIG', 'CreateGateway', {
    name: `rows-${stage.toLowerCase()}`,
    gatewayType: 'API',
    chargeType: 'POSTPAY',
    spec: 'apigw.small.x1',
    vpcId: networkId,
    zoneConfig: { selectOption: 'Auto', vSwitchId: subnetIds[0] },
    networkAccessConfig: { type: 'Internet' },
  }).gatewayId as string;
}

/** The last answer of a gateway to the call of a row. */
async function answerOf(row: ShownRow, pinned: Readonly<Record<string, string>>): Promise<Answer> {
  const simulation = row.throttles ? world.throttling : world.simulation;
  const [verb = 'GET', declared = '/'] = row.api.key.split(' ');
  const { method = verb, path = declared, times = 1, host, signs, headers = {} } = row;
  const by = { key: APP.AppKey, secret: APP.AppSecret, at: Date.now(), nonce: `${signs?.nonce}` };
  let answer: Answer | undefined;
  for (let made = 0; made < times; made += 1) {
    const nonce = signs?.nonce ?? `${row.code} ${made}`;
    const signed = signs ? signCall({ method, path, ...by, nonce }) : {};
    answer = await simulation.traffic.call({
      host: host === 'own' ? world.ownHost : (host ?? HOST),
      method,
      path,
      headers: { ...headers, ...signed, ...pinned },
    });
  }
  return answer as Answer;
}

describe('after a run of a hand-over', () => {
  it.each(SHOWN_ROWS.map((row) => [`${row.rule} ${row.code}: ${row.shows}`, row] as const))(
    '%s',
    async (_what, row) => {
      const { simulation, items, apis, server, target } = world;
      const id = apis.get(row) ?? '';
      const own = items.filter(({ rule, code }) => rule === row.rule && code === row.code);
      expect(own.some(({ source, apis: of }) => of.includes(id) || source.id === id || source.kind !== 'api')).toBe(
        true,
      );
      expect(own.map(({ verdict }) => verdict)).not.toContain('exact');
      if (row.afterMs !== undefined) await simulation.advance(row.afterMs);
      if (row.backend) simulation.backends.add({ instance: server, port: 8080, behavior: row.backend });
      const see = row.see ?? (({ status }: Answer) => status);
      const classic = see(await answerOf(row, {}));
      const handedOver = see(await answerOf(row, { 'x-postern-address-of': target }));
      simulation.backends.remove();
      expect({ classic, target: handedOver }).toEqual({ classic: row.classic, target: row.target });
    },
  );

  it('each code of a rule that is not exact has a call, or a reason why none shows it', () => {
    const all = HANDOVER_RULES.flatMap(({ id, codes }) =>
      Object.entries(codes).flatMap(([code, verdict]) => (verdict === 'exact' ? [] : [`${id} ${code}`])),
    );
    const shown = SHOWN_ROWS.map(({ rule, code }) => `${rule} ${code}`);
    const without = Object.keys(NOT_SHOWN);
    expect([...shown, ...without].toSorted()).toEqual(all.toSorted());
  });
});
