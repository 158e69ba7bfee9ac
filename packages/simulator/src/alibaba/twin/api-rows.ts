import type { Target, Owner, RegionSnapshot, Gateway } from '@postern/core/internal/library';
import { formatMark, markHash, type Route, hashText } from '@postern/core/internal/adapter';
import { behind, type Behind } from '../traditional/control/backend/backend-use.js';
import { isMock, usesVpc } from '../traditional/control/backend/definition.js';
import { findVpcAccessByName } from '../traditional/control/request/find.js';
import type {
  ApiDefinition,
  ApiGroupRow,
  ApiRow,
  ApiVersionRow,
  ResolvedVpcConfig,
} from '../traditional/control/state.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import { objectOf, textOf, type JsonObject } from '../state/json-object.js';
import { MAX_PORT } from '../../simulation/ports.js';

/** Whether a target is an address that is called without an authorization. */
export function isPlain({ id }: Target): boolean {
  return /^\d+(?:\.\d+){3}:\d+$/.test(id);
}

/** The group of an API, and the facts of both in the snapshot. */
interface OfApi {
  readonly group: ApiGroupRow;
  readonly gateway: Gateway;
  readonly route: Route;
}

/** An API from its definitions: the draft's, and those of each stage. */
export function apiOfDefinition(building: Building, { group, gateway, route }: OfApi, native: JsonObject): ApiRow {
  const id = textOf(native, 'id');
  const draft = definitionOf(objectOf(native, 'draft'), textOf(objectOf(native, 'draft'), 'backendId'));
  const published = Object.entries(objectOf(native, 'published')).map(([stage, form]): Published => {
    const row = form as JsonObject;
    const service = objectOf(row, 'service');
    const definition = definitionOf(
      row,
      shownVpc(building, service) ? '' : backendBehind(gateway, id, stage, service, draft),
    );
    const found = definition.backendEnable ? undefined : shownBehind(building, service);
    return { stage, shown: textOf(row, 'shown'), definition, found };
  });
  return apiOf(building, group, id, draft, published, route.stages);
}

/**
 * The named backend of a published API, which no call shows. It is the one that the snapshot shows in use on
 * the stage. Where nothing else is behind the published API, it is the draft's.
 */
function backendBehind(
  { uses = [] }: Gateway,
  apiId: string,
  stage: string,
  service: JsonObject,
  draft: ApiDefinition,
): string {
  const used = uses.find((use) => use.kind === 'backend' && use.stage === stage && use.routeIds.includes(apiId));
  if (used !== undefined) return used.id;

  const bare = !isMock(service) && textOf(service, 'ServiceAddress') === '';
  return draft.backendEnable && bare ? draft.backendId : '';
}

/** The authorization that a published API is shown with; undefined where there is only a name, or none. */
function shownVpc({ state }: Building, service: JsonObject): ResolvedVpcConfig | undefined {
  const config = objectOf(service, 'VpcConfig');
  const text = (name: string): string => textOf(config, name);
  if (!usesVpc(service) || text('InstanceId') === '') return undefined;

  const [vpcId, instanceId, port] = [text('VpcId'), text('InstanceId'), Number(text('Port'))];
  const access = findVpcAccessByName(state, text('Name'));
  const isSame = access?.VpcId === vpcId && access.InstanceId === instanceId && access.Port === port;
  return {
    ...(isSame ? { id: access.VpcAccessId } : {}),
    name: text('Name'),
    vpcId,
    instanceId,
    port,
    vpcScheme: text('VpcScheme'),
  };
}

function shownBehind(building: Building, service: JsonObject): Behind {
  const vpc = shownVpc(building, service);
  const address = isMock(service) || usesVpc(service) ? '' : textOf(service, 'ServiceAddress');
  return { vpc, serviceAddress: vpc === undefined ? address : '' };
}

function definitionOf(form: JsonObject, backendId: string): ApiDefinition {
  const scalars = { Description: 'description', Visibility: 'visibility', AuthType: 'authType' };
  return {
    name: textOf(form, 'name'),
    scalars: Object.fromEntries(
      Object.entries(scalars).flatMap(([name, member]) => (textOf(form, member) ? [[name, textOf(form, member)]] : [])),
    ),
    requestConfig: objectOf(form, 'request'),
    serviceConfig: objectOf(form, 'service'),
    openIdConnectConfig: undefined,
    lists: {},
    backendEnable: backendId !== '',
    backendId,
  };
}

/** An API as far as its route shows it. */
export function apiOfRoute(building: Building, group: ApiGroupRow, route: Route): ApiRow {
  const [method = 'ANY', path = '/'] = route.key.split(' ');
  const requestPath = path.replaceAll(/\{\w+\+\}/g, '*').replaceAll(/\{(\w+)\}/g, '[$1]');
  const scheme = route.tls === undefined ? 'HTTP' : 'HTTPS';
  const target = building.snapshot.targets.find(({ id }) => id === route.targetId);
  const plain = target === undefined || isPlain(target);
  const draft: ApiDefinition = {
    name: route.id,
    scalars: {
      Visibility: 'PRIVATE',
      AuthType: /^\w+/.exec(route.authorization ?? '')?.[0] ?? 'APP',
      ...(route.owner === undefined ? {} : { Description: markOf(route.owner, group.id, method, requestPath) }),
    },
    requestConfig: {
      RequestProtocol: 'HTTP,HTTPS',
      RequestHttpMethod: method,
      RequestPath: requestPath,
      RequestMode: 'PASSTHROUGH',
    },
    serviceConfig:
      route.targetId === undefined
        ? { Mock: 'TRUE', MockResult: '', ServiceProtocol: 'HTTP' }
        : {
            ServiceProtocol: 'HTTP',
            ServiceHttpMethod: method,
            ServiceTimeout: 10_000,
            Mock: 'FALSE',
            ...(route.path === 'overwrite' ? { ServicePath: path } : {}),
            ...(plain
              ? { ServiceVpcEnable: 'FALSE', ServiceAddress: `${scheme.toLowerCase()}://${route.targetId}` }
              : { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: route.targetId, VpcScheme: scheme } }),
          },
    openIdConnectConfig: undefined,
    lists: {},
    backendEnable: false,
    backendId: '',
  };
  const shown = String(draft.scalars['Description'] ?? '');
  const published = (route.stages ?? []).map((stage) => ({ stage, shown, definition: draft }));
  return apiOf(building, group, route.id, draft, published);
}

interface Published {
  readonly stage: string;
  readonly shown: string;
  readonly definition: ApiDefinition;
  /** What is behind it, where that is known; otherwise as one would publish it now. */
  readonly found?: Behind | undefined;
}

/** `current` are the stages that show the draft: it is younger than what the others show. Undefined: all do. */
function apiOf(
  building: Building,
  group: ApiGroupRow,
  id: string,
  draft: ApiDefinition,
  published: readonly Published[],
  current?: readonly string[],
): ApiRow {
  const { state, now } = building;
  const history = published.map(({ stage, shown, definition, found }, index): ApiVersionRow => {
    const version = new Date(now + index).toISOString().replaceAll(/\D/g, '');
    return {
      version,
      stageName: stage,
      description: shown,
      definition,
      ...(found ?? behind(state, group, definition, stage)),
      // The service tells times in seconds.
      deployedAt: current?.includes(stage) === false ? now - 1000 : now,
    };
  });
  const online = new Map(history.map(({ stageName, version }) => [stageName, version]));
  return { id, groupId: group.id, draft, online, history, createdAt: now, modifiedAt: now };
}

/** A mark as it was read: bound to the API, or of an older version. Which definition was written is not known. */
function markOf(owner: Owner, groupId: string, method: string, path: string): string {
  const mark = formatMark(owner);
  return owner.unbound === true ? mark : `${mark} #${markHash(owner, { groupId, method, path })}.0`;
}

/** A timer that a twin starts with: changes in progress continue. */
export interface TwinTimer {
  /** Simulated milliseconds from the snapshot's time. */
  readonly after: number;
  readonly region: string;
  readonly kind: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** What the parts of a twin are built with. */
export interface Building {
  readonly snapshot: RegionSnapshot;
  readonly state: AlibabaRegionState;
  /** When the snapshot was taken, simulated milliseconds since the epoch. */
  readonly now: number;
  /** Adds a sentence about what the twin does not have. */
  readonly lack: (sentence: string) => void;
  readonly later: (timer: Omit<TwinTimer, 'region'>) => void;
}

/** An id for what a snapshot does not name: the same for the same thing each time. */
export function madeId(kind: string, of: string): string {
  return `${kind}-twin${hashText(`${kind} ${of}`).slice(0, 13)}`;
}

/** The moment of a text, or the twin's own beginning. */
export function momentOf({ now }: Building, text: string | undefined): number {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? now : ms;
}

/** A range of ports as this cloud writes it: `80/443`, and `-1/-1` for all. */
export function rangeOf({ fromPort, toPort }: { readonly fromPort: number; readonly toPort: number }): string {
  return fromPort === 0 && toPort === MAX_PORT ? '-1/-1' : `${fromPort}/${toPort}`;
}
