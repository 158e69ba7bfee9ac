import { behind, isPrivateAddress } from '../traditional/control/backend/backend-use.js';
import { isMock, usesVpc, vpcAccessNameOf } from '../traditional/control/backend/definition.js';
import { STAGES } from '../traditional/control/request/parameters.js';
import { onlineVersions } from '../traditional/control/api/publish.js';
import type { Destination } from '../../simulation/world/cloud.js';
import type { ApiDefinition, ApiRow, GatewayInstanceRow } from '../traditional/control/state.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import type { Finding, Connection } from '../connects/connection.js';
import { objectOf, textOf } from '../state/json-object.js';
import { endpointsOf } from '../cloud-native/control/service.js';
import { answered, type Moment } from './answered.js';
import { connects } from '../connects/connects.js';

/**
 * An address (or id) and port, a domain that API Gateway itself is called by, or why there is neither. `weight` is that of a record of
 * a private name.
 */
export type Meaning =
  | { readonly address: string; readonly port: number | undefined; readonly weight?: number }
  | { readonly domain: string }
  | Finding;

export interface Caller {
  readonly state: AlibabaRegionState;
  readonly link: GatewayInstanceRow;
}

/**
 * What a destination means to an instance that calls it. A target is a VPC access authorization, by ID or by
 * name. Its port counts unless another is given. A target may also be an API, by ID: everything that its
 * draft and its publications call in a VPC. A name means what the instance's private-DNS records contain.
 * Other names resolve to the internet, and mean nothing here.
 * @see https://help.aliyun.com/document_detail/2747053.html private names
 */
function meaningsOf(caller: Caller, to: Destination, port?: number): readonly Meaning[] {
  if (typeof to === 'string') return privateName(caller, to, port) ?? [{ address: to, port }];

  const { vpcAccesses, apis } = caller.state.cloudApi;
  const access = [...vpcAccesses.values()].find(
    ({ VpcAccessId, Name }) => VpcAccessId === to.targetId || Name === to.targetId,
  );
  if (access) return [{ address: access.InstanceId, port: port ?? access.Port }];

  const api = apis.get(to.targetId);
  if (api) return [...new Map(ofApi(caller, api).map((one) => [JSON.stringify(one), one])).values()];

  return [{ address: to.targetId, port }];
}

/** What a private domain means to the instance. Undefined for a name that is not a private domain. */
function privateName({ state, link }: Caller, host: string, port?: number): readonly Meaning[] | undefined {
  const rows = [...state.cloudApi.privateDns.values()].filter(({ IntranetDomain }) => IntranetDomain === host);
  if (rows.length === 0) return undefined;

  const type = link.connection ? 'A' : 'VPC';
  const row = rows.find((one) => one.Type === type && one.BindInstances.includes(link.id));
  if (!row) return [{ by: 'name', because: `${link.id} does not know ${host}: no record of it is attached.` }];
  if (type === 'A') return row.Records.map(({ Record, Weight }) => ({ address: Record, port, weight: Weight }));

  return row.Records.flatMap(({ Record }) => meaningsOf({ state, link }, { targetId: Record }, port));
}

function ofApi(caller: Caller, api: ApiRow): readonly Meaning[] {
  const { state } = caller;
  const group = state.cloudApi.groups.get(api.groupId);
  if (!group) return [];

  const versions = [
    ...STAGES.map((stageName) => ({
      stageName,
      definition: api.draft,
      ...behind(state, group, api.draft, stageName),
    })),
    ...onlineVersions(api),
  ];
  return versions.flatMap(({ stageName, definition, vpc, serviceAddress }) => {
    if (vpc) return [{ address: vpc.instanceId, port: vpc.port }];
    if (serviceAddress !== '') return ofAddress(caller, serviceAddress, api);

    const { backendEnable, serviceConfig } = definition;
    if (!backendEnable && !isMock(serviceConfig) && usesVpc(serviceConfig)) {
      const name = vpcAccessNameOf(serviceConfig);
      return [{ by: 'authorization', because: `${api.id} names ${name}, which is not an authorization.` }];
    }

    return registriesOf(state, definition, stageName).flatMap((text) => ofAddress(caller, text, api));
  });
}

/** `http://10.0.0.5:8080/x`, `10.0.0.5:8848`. Others than VPC integration instances call nothing private that no authorization names. */
export function ofAddress(caller: Caller, url: string, { id }: Pick<ApiRow, 'id'>): readonly Meaning[] {
  const { state, link } = caller;
  const { host, port } = partsOf(url);
  if (!isPrivateAddress(host)) return privateName(caller, host, port) ?? (isOwn(state, host) ? [{ domain: host }] : []);
  if (link.connection) return [{ address: host, port }];

  return [{ by: 'authorization', because: `${id} calls ${host} without an authorization, which ${link.id} cannot.` }];
}

/** The parts of the URL of a backend: `https://10.0.0.5/x` has port 443. */
export function partsOf(url: string): {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
} {
  const [, scheme = 'http', host = '', digits, path = ''] =
    /^(?:(\w+):\/\/)?([^/:]+)(?::(\d+))?(\/.*)?/.exec(url) ?? [];
  return { scheme, host, port: digits === undefined ? (scheme === 'https' ? 443 : 80) : Number(digits), path };
}

/** The second-level domains that API Gateway gives. */
function isOwn({ name }: AlibabaRegionState, host: string): boolean {
  return new RegExp(`^[0-9a-z]+-${name}(?:-\\w+)?\\.alicloudapi\\.com$`).test(host);
}

/** Where a service-discovery backend finds its servers on a stage. */
function registriesOf(
  { cloudApi }: AlibabaRegionState,
  { backendEnable, backendId }: ApiDefinition,
  stageName: string,
): readonly string[] {
  const models = backendEnable ? (cloudApi.backends.get(backendId)?.models ?? []) : [];
  return models
    .filter((model) => model.StageName === stageName)
    .flatMap(({ data }) => {
      const config = objectOf(data, 'DiscoveryConfig');
      const nacos = textOf(objectOf(config, 'NacosConfig'), 'ServerAddress');
      return (nacos || textOf(objectOf(config, 'ZookeeperConfig'), 'ConnectString')).split(',');
    })
    .filter((text) => text !== '');
}

/**
 * Whether a gateway instance, or a gateway of Cloud-native API Gateway, reaches everything that a destination means to it. Undefined for an instance
 * that does not exist. IDs differ from region to region.
 */
export function reaches(
  { alibaba, now, conditionAt }: Moment,
  linkId: string,
  to: Destination,
  port?: number,
): Connection | undefined {
  const ofGateway = reachedByGateway({ alibaba, now, conditionAt }, linkId, to, port);
  if (ofGateway) return ofGateway;

  const state = [...alibaba.regions.values()].find(({ cloudApi }) => cloudApi.instances.has(linkId));
  const link = state?.cloudApi.instances.get(linkId);
  if (!state || !link) return undefined;

  const asked = { alibaba, region: state.name, checks: conditionAt && { now, conditionAt } };
  const one = (meaning: Meaning): Connection => {
    if ('by' in meaning) return stopped(meaning);
    if ('address' in meaning) return connects(asked, linkId, meaning.address, meaning.port);

    const nobody: Finding = { by: 'domain', because: `No API group has the domain ${meaning.domain}.` };
    return answered({ alibaba, now }, linkId, meaning.domain) ?? stopped(nobody);
  };
  return together(meaningsOf({ state, link }, to, port).map(one));
}

/** What a gateway reaches: an address, or a service of its own, by its ID, at all of its endpoints. */
function reachedByGateway(
  { alibaba, now, conditionAt }: Moment,
  gatewayId: string,
  to: Destination,
  port: number | undefined,
): Connection | undefined {
  const state = [...alibaba.regions.values()].find(({ apig }) => apig.gateways.has(gatewayId));
  if (!state) return undefined;

  const asked = { alibaba, region: state.name, checks: conditionAt && { now, conditionAt } };
  const service = typeof to === 'string' ? undefined : state.apig.services.get(to.targetId);
  const places = service
    ? endpointsOf(alibaba, service)
    : [{ address: typeof to === 'string' ? to : to.targetId, port }];
  return together(places.map((place) => connects(asked, gatewayId, place.address, port ?? place.port)));
}

/** All are reached, or one that is not decides. */
function together(results: readonly Connection[]): Connection {
  const [first, ...more] = results;
  if (first === undefined) return { connects: true, by: 'target', because: 'It calls nothing in a VPC.', sources: [] };
  if (more.length === 0) return first;

  const lost = results.filter((result) => !result.connects);
  const deciding = lost.find(({ undecided }) => undecided === undefined) ?? lost[0] ?? first;
  return { ...deciding, sources: results.flatMap(({ sources }) => sources) };
}

function stopped(finding: Finding): Connection {
  return { connects: false, ...finding, sources: [] };
}
