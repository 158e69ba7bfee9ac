import { formatMark, type Gateway, type GatewaySettings, type Route, type Target } from '@postern/core';
import { behind, type Behind } from '../cloud-api/backend-use.js';
import { objectOf, textOf } from '../cloud-api/json-object.js';
import { SHARED_INSTANCE_ID } from '../cloud-api/new-instance.js';
import type {
  ApiDefinition,
  ApiGroupRow,
  ApiRow,
  ApiVersionRow,
  GroupDomainRow,
  JsonObject,
} from '../state/cloud-api-state.js';
import { madeId, type Building } from './building.js';
import { byText, nativeRows } from './native.js';

/** VPC access authorisations. Plain addresses are called without one. */
export function addAccesses(building: Building): void {
  const { snapshot, state, now } = building;
  const known = byText(nativeRows(snapshot, 'accesses'), 'name');
  for (const target of snapshot.targets) {
    if (isPlain(target)) continue;
    const told = known.get(target.id);
    const id = (told && textOf(told, 'id')) || madeId('vpc-access', target.id);
    state.cloudApi.vpcAccesses.set(id, {
      id,
      name: target.id,
      vpcId: target.networkId ?? '',
      instanceId: target.resourceId ?? '',
      port: target.port ?? 0,
      targetHostName: told ? textOf(told, 'hostName') : hostNameOf(building, target.id),
      description: target.owner === undefined ? '' : formatMark(target.owner),
      createdAt: now,
    });
  }
}

function isPlain({ id }: Target): boolean {
  return /^\d+(?:\.\d+){3}:\d+$/.test(id);
}

function hostNameOf({ snapshot }: Building, targetId: string): string {
  const routes = snapshot.gateways.flatMap((gateway) => gateway.routes);
  return routes.find((route) => route.targetId === targetId && route.tls?.serverName)?.tls?.serverName ?? '';
}

/** API groups with their APIs: drafts, and what is published of them. */
export function addGateways(building: Building): void {
  const { snapshot, state } = building;
  const groups = byText(nativeRows(snapshot, 'groups'), 'id');
  const apis = byText(nativeRows(snapshot, 'apis'), 'id');
  for (const gateway of snapshot.gateways) {
    const group = groupOf(building, gateway, groups.get(gateway.id) ?? {});
    state.cloudApi.groups.set(group.id, group);
    if (Object.keys(gateway.tags).length > 0) state.cloudApi.tags.set(`apiGroup/${group.id}`, { ...gateway.tags });
    for (const route of gateway.routes) {
      const told = apis.get(route.id);
      if (told === undefined)
        building.lack(`the definition of API ${route.key} of ${gateway.id}: what the route says of it is there`);
      const api = told === undefined ? fromRoute(building, group, route) : fromDefinition(building, group, told);
      state.cloudApi.apis.set(api.id, api);
    }
  }
}

function groupOf({ now }: Building, gateway: Gateway, told: JsonObject): ApiGroupRow {
  const text = (name: string, otherwise: string): string => textOf(told, name) || otherwise;
  const locked = gateway.locked ?? '';
  const { settings } = gateway;
  const limit = settings?.requestsPerSecond ?? Number(text('trafficLimit', '500'));
  return {
    id: gateway.id,
    name: gateway.name,
    description: text('description', ''),
    basePath: text('basePath', '/'),
    instanceId: gateway.linkId ?? SHARED_INSTANCE_ID,
    httpsPolicy: settings?.httpsPolicy ?? text('httpsPolicy', 'HTTPS2_TLS1_0'),
    trafficLimit: limit,
    billingStatus: text('billingStatus', locked.includes('bill') ? 'LOCKED' : 'NORMAL'),
    illegalStatus: text('illegalStatus', locked.includes('terms') ? 'LOCKED' : 'NORMAL'),
    attributes: {},
    networkPolicy: settings === undefined ? {} : policyOf(settings),
    ...(settings === undefined ? {} : { domains: domainsOf(settings) }),
    ...(settings?.marketplace === true ? { marketplace: true } : {}),
    stages: gateway.stages.map(({ name }) => ({ id: madeId('stage', `${gateway.id} ${name}`), name })),
    variables: new Map(),
    migration: undefined,
    migrationStatus: settings?.migration?.state ?? text('migrationStatus', ''),
    migrationError: settings?.migration?.error ?? text('migrationError', ''),
    previous: undefined,
    createdAt: now,
    modifiedAt: now,
  };
}

function policyOf({ ipv6 = false, domains }: GatewaySettings): Readonly<Record<string, boolean>> {
  const has = (kind: string): boolean => domains.some((domain) => domain.kind === kind);
  return {
    InternetIPV6Enable: ipv6,
    VpcIntranetEnable: has('network'),
    VpcSlbIntranetEnable: has('intranet'),
    InnerDomainEnable: has('self-call'),
  };
}

/** The self-call domain is the public one, answered inside. */
function domainsOf({ domains }: GatewaySettings): readonly GroupDomainRow[] {
  return domains.flatMap(({ name, kind, byCname }) =>
    kind === 'self-call' ? [] : [{ name, kind, ...(byCname === undefined ? {} : { cname: byCname }) }],
  );
}

function fromDefinition(building: Building, group: ApiGroupRow, told: JsonObject): ApiRow {
  const draft = definitionOf(objectOf(told, 'draft'), undefined);
  const published = Object.entries(objectOf(told, 'published')).map(([stage, form]) => {
    const row = form as JsonObject;
    return { stage, shown: textOf(row, 'shown'), definition: definitionOf(row, draft) };
  });
  return apiOf(building, group, textOf(told, 'id'), draft, published);
}

function definitionOf(form: JsonObject, draft: ApiDefinition | undefined): ApiDefinition {
  const scalars = { Description: 'description', Visibility: 'visibility', AuthType: 'authType' };
  const backendId = textOf(form, 'backendId');
  const service = objectOf(form, 'service');
  // Of what is published nobody tells whether a named backend is behind it: where it has no other, the draft's is.
  const bare = Object.keys(service).length === 0;
  const enabled = backendId !== '' || (draft?.backendEnable === true && bare);
  return {
    name: textOf(form, 'name'),
    scalars: Object.fromEntries(
      Object.entries(scalars).flatMap(([name, member]) => (textOf(form, member) ? [[name, textOf(form, member)]] : [])),
    ),
    requestConfig: objectOf(form, 'request'),
    serviceConfig: service,
    openIdConnectConfig: undefined,
    lists: {},
    backendEnable: enabled,
    backendId: enabled ? backendId || (draft?.backendId ?? '') : '',
  };
}

/** An API as far as its route says what it is. */
function fromRoute(building: Building, group: ApiGroupRow, route: Route): ApiRow {
  const [method = 'ANY', path = '/'] = route.key.split(' ');
  const scheme = route.tls === undefined ? 'HTTP' : 'HTTPS';
  const target = building.snapshot.targets.find(({ id }) => id === route.targetId);
  const plain = target === undefined || isPlain(target);
  const draft: ApiDefinition = {
    name: route.id,
    scalars: {
      Visibility: 'PRIVATE',
      AuthType: /^\w+/.exec(route.authorization ?? '')?.[0] ?? 'APP',
      ...(route.owner === undefined ? {} : { Description: formatMark(route.owner) }),
    },
    requestConfig: {
      RequestProtocol: 'HTTP,HTTPS',
      RequestHttpMethod: method,
      RequestPath: path.replaceAll(/\{\w+\+\}/g, '*').replaceAll(/\{(\w+)\}/g, '[$1]'),
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
}

function apiOf(
  building: Building,
  group: ApiGroupRow,
  id: string,
  draft: ApiDefinition,
  published: readonly Published[],
): ApiRow {
  const { state, now } = building;
  const history = published.map(({ stage, shown, definition }, index): ApiVersionRow => {
    const found: Behind = behind(state, group, definition, stage);
    const version = new Date(now + index).toISOString().replaceAll(/\D/g, '');
    return { version, stageName: stage, description: shown, definition, ...found, deployedAt: now };
  });
  const online = new Map(history.map(({ stageName, version }) => [stageName, version]));
  return { id, groupId: group.id, draft, online, history, createdAt: now, modifiedAt: now };
}
