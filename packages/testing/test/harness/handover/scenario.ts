import {
  handoverDriver,
  handoverReader,
  parseWaiver,
  type HandoverSwitchDriver,
  type WantedRecord,
} from '@postern/alibaba/internal/handover';
import type { Simulation } from '@postern/simulator';
import type { BuiltHandover, Edit, HandoverCommand, HandoverScenario } from '../../../src/internal/harness.js';
import { LEAF } from '../../../../simulator/test/aws/acm/pem.js';
import { classicGroup, REGION, type Api, type Classic } from './classic.js';
import { signed } from './sign.js';

const SETTINGS = { seed: 7, throttle: false } as const;
/** Seconds, of the records of all domains. */
const TTL = 60;
const HOST = 'api.example.com';

/** `example.com` of `api.example.com`. */
const zoneOf = (name: string): string => name.slice(name.indexOf('.') + 1);

/** An app: its key and secret. No output of a hand-over may contain the secret. */
const appOf = (name: string, at: number) => ({ name, key: `20400000${at}`, secret: `canary-of-${name}` });

/** How a scenario differs. */
export interface Row {
  readonly what: string;
  readonly apis: readonly Api[];
  /** By default the one at `api.example.com`; with the stage that it is bound to. */
  readonly domains?: readonly { readonly name: string; readonly stage?: string }[];
  /** Whether they have certificates. */
  readonly isHttps?: boolean;
  /** What leads to the group: a CNAME (the default), an A record, or a CNAME in the DNS of another account. */
  readonly dns?: 'cname' | 'a' | 'foreign';
  /** Stages with a gateway of their own; RELEASE without it. */
  readonly stages?: readonly string[];
  /** Whether the gateway is bought. */
  readonly isBought?: boolean;
  /** Rules that are waived, besides those that every scenario waives. */
  readonly waived?: readonly string[];
  /** Changes the world before the hand-over. `api`: the ID of each API, by its key. */
  readonly before?: (
    classic: Classic,
    api: Readonly<Record<string, string>>,
    simulation: Simulation,
  ) => void | Promise<void>;
  /** Headers of callers that do not sign. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly commands?: readonly HandoverCommand[];
  /** Keys of APIs that a proof cannot call. */
  readonly accept?: readonly string[];
  /** What no output may contain, beside the secrets of apps. */
  readonly secrets?: readonly string[];
  /** Changes by hand, by name. */
  readonly edits?: Readonly<Record<string, Edit>>;
}

const COMMANDS: readonly HandoverCommand[] = [
  { does: 'plan' },
  { does: 'run' },
  { does: 'prove' },
  { does: 'switch' },
  { does: 'rollback' },
  { does: 'switch' },
  { does: 'finish' },
];

/** Makes a scenario of a row. */
export function handover(row: Row): HandoverScenario {
  return {
    name: `hand-over: ${row.what}`,
    settings: SETTINGS,
    build: (simulation) => build(simulation, row),
    driver: (process) => {
      const driver = handoverDriver({ region: REGION, api: process.alibaba(REGION) });
      return row.dns === 'foreign' ? withoutZones(driver) : driver;
    },
    reader: (process) => handoverReader({ region: REGION, api: process.alibaba(REGION) }),
  };
}

/** The account has no zone: its DNS is that of another one. */
function withoutZones<D extends HandoverSwitchDriver>(driver: D): D {
  return { ...driver, dns: { ...driver.dns, records: () => Promise.resolve(undefined) } };
}

async function build(simulation: Simulation, row: Row): Promise<BuiltHandover> {
  const { apis, domains = [{ name: HOST }], dns = 'cname', stages = ['RELEASE'], isBought, waived = [] } = row;
  const classic = await classicGroup(simulation);
  const { call, groupId, publish } = classic;
  const ids = Object.fromEntries(apis.map((api) => [api.key, publish(api)]));
  const apps = [...new Set(apis.flatMap((api) => api.apps ?? []))].map(appOf);
  for (const { name: AppName, key: AppKey, secret: AppSecret } of apps) {
    const { AppId } = call('CloudAPI', 'CreateApp', { AppName, AppKey, AppSecret });
    for (const { key, apps: own = [], stages: on = ['RELEASE'] } of apis) {
      const to = { GroupId: groupId, ApiId: ids[key], AppIds: String(AppId) };
      if (own.includes(AppName))
        for (const StageName of on) call('CloudAPI', 'SetAppsAuthorities', { ...to, StageName });
    }
  }
  leadDomains(simulation, classic, domains, dns);
  const certificates = row.isHttps === true ? certify(simulation, classic, domains) : {};
  await row.before?.(classic, ids, simulation);
  const targets = isBought === true ? [] : stages.map((stage) => ({ id: newGateway(classic, stage), stage }));
  await simulation.advance(600_000);
  const secrets = [...apps.map(({ secret }) => secret), ...(row.secrets ?? [])];
  return {
    place: { provider: 'alibaba', region: REGION },
    group: { groupId },
    targets: targets.map(({ id, stage }) => (stages.length === 1 ? { id } : { id, stage })),
    plan: {
      waivers: ['group/own-domain', ...waived].map((item) => parseWaiver(`${item}=a trial`)),
      certificates,
      ...(isBought === true ? { purchase: { vSwitchIds: classic.subnetIds } } : {}),
    },
    accept: apis
      .filter(({ key }) => key.startsWith('POST ') || row.accept?.includes(key) === true)
      .map(({ key }) => routeName(key)),
    commands: row.commands ?? COMMANDS,
    routes: callsOf(row, apis, domains, groupId, apps),
    // Two TTLs, and what a change of a gateway takes.
    settlesMs: 2 * TTL * 1_000 + 30_000,
    secrets,
    ...(dns === 'foreign' ? { owner: OWNER } : {}),
    edits: row.edits,
  };
}

const routeName = (key: string): string =>
  key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

function leadDomains(
  simulation: Simulation,
  { call, groupId }: Classic,
  domains: NonNullable<Row['domains']>,
  dns: NonNullable<Row['dns']>,
): void {
  for (const DomainName of new Set(domains.map(({ name }) => zoneOf(name))))
    call('Alidns', 'AddDomain', { DomainName });
  const [Type, Value] = dns === 'a' ? ['A', '47.97.1.2'] : ['CNAME', `${groupId}-${REGION}.alicloudapi.com`];
  for (const { name, stage } of domains) {
    if (dns === 'a') simulation.plant(REGION, { kind: 'custom-domain', groupId, name, by: 'address' });
    else call('CloudAPI', 'SetDomain', { GroupId: groupId, DomainName: name, ...(stage && { BindStageName: stage }) });
    const DomainName = zoneOf(name);
    const RR = name.slice(0, -DomainName.length - 1);
    call('Alidns', 'AddDomainRecord', { DomainName, RR, Type, Value, TTL });
  }
}

/** Certificates of the group, and those of the same names for the target; by domain. */
function certify(
  simulation: Simulation,
  { call, groupId: GroupId }: Classic,
  domains: NonNullable<Row['domains']>,
): Readonly<Record<string, string>> {
  const { certificate: CertificateBody, key: CertificatePrivateKey } = LEAF;
  const named = domains.map(({ name: DomainName }) => {
    const certificate = { CertificateName: 'a certificate', CertificateBody, CertificatePrivateKey };
    call('CloudAPI', 'SetDomainCertificate', { GroupId, DomainName, ...certificate });
    return [DomainName, simulation.plant(REGION, { kind: 'certificate', names: DomainName })] as const;
  });
  return Object.fromEntries(named);
}

function newGateway({ call, networkId, subnetIds }: Classic, stage: string): string {
  return call('APIG', 'CreateGateway', {
    name: `shop-${stage.toLowerCase()}`,
    gatewayType: 'API',
    chargeType: 'POSTPAY',
    spec: 'apigw.small.x1',
    vpcId: networkId,
    zoneConfig: { selectOption: 'Auto', vSwitchId: subnetIds[0] },
    networkAccessConfig: { type: 'Internet' },
  }).gatewayId as string;
}

/** Each API at each domain of its stages, by each app that may call it. */
function callsOf(
  { headers = {} }: Row,
  apis: readonly Api[],
  domains: NonNullable<Row['domains']>,
  gatewayId: string,
  all: readonly ReturnType<typeof appOf>[],
): BuiltHandover['routes'] {
  return domains.flatMap(({ name: host, stage = 'RELEASE' }) =>
    apis
      .filter(({ stages = ['RELEASE'] }) => stages.includes(stage))
      .flatMap(({ key, apps }) => {
        const [verb = 'GET', path = '/'] = key.split(' ');
        const method = verb === 'ANY' ? 'PUT' : verb;
        const asked = path.replace(/\[\w+\]/g, '7').replace(/\*$/, 'a/b');
        const base = { gatewayId, host, route: `${key} at ${host}`, method, path: asked };
        if (apps === undefined) return [{ ...base, headers }];
        return apps.flatMap((app) => {
          const found = all.find(({ name }) => name === app);
          return found === undefined ? [] : [{ ...base, headers: signed(found, method, asked) }];
        });
      }),
  );
}

/** Somebody who has the zone of a foreign DNS. */
const OWNER: BuiltHandover['owner'] = {
  write: (simulation, { name, type, value }: WantedRecord) => {
    const { RecordId, RR } = recordOf(simulation, name);
    dnsCall(simulation, 'UpdateDomainRecord', { RecordId, RR, Type: type, Value: value, TTL });
  },
  resolve: (simulation, name) => [{ resolver: 'a resolver', values: [String(recordOf(simulation, name).Value)] }],
};

const dnsCall = (simulation: Simulation, action: string, input: object): any =>
  simulation.callAlibaba({ product: 'Alidns', action, region: REGION }, { ...input });

function recordOf(simulation: Simulation, name: string) {
  const { Record } = dnsCall(simulation, 'DescribeSubDomainRecords', { SubDomain: name }).DomainRecords;
  return Record[0] as { readonly RecordId: string; readonly RR: string; readonly Value: string };
}
