import { modelTime } from '../control/backend/backend-model-view.js';
import { written } from '../control/request/parameters.js';
import { madeId, type Building } from '../../twin/api-rows.js';
import { objectOf, textOf, type JsonValue } from '../../state/json-object.js';
import { nativeRows, objectsOf, textsOf } from '../../twin/native-rows.js';

/** Plug-ins with where they are attached, named backends, private domains. Secrets in them are not in any snapshot. */
export function loadParts(building: Building): void {
  const { snapshot, lack } = building;
  if (snapshot.gateways.length > 0 && snapshot.native?.['plugins'] === undefined) {
    lack('plug-ins and named backends, which only a snapshot of everything has');
  }
  loadPlugins(building);
  loadNamedBackends(building);
  loadPrivateDns(building);
}

function loadPlugins({ snapshot, state, now, lack }: Building): void {
  for (const row of nativeRows(snapshot, 'plugins')) {
    const id = textOf(row, 'id');
    const body: JsonValue | undefined = row['body'];
    if (body === null) lack(`the body of plug-in ${id}, which was neither YAML nor JSON`);
    state.cloudApi.plugins.set(id, {
      PluginId: id,
      PluginName: textOf(row, 'name'),
      PluginType: textOf(row, 'type'),
      PluginData: JSON.stringify(body ?? {}),
      Description: '',
      RegionId: snapshot.region,
      CreatedTime: written(now),
      ModifiedTime: written(now),
      attachments: objectsOf(row['uses']).map((use) => ({
        groupId: textOf(use, 'groupId'),
        stageName: textOf(use, 'stage'),
        apiId: textOf(use, 'apiId') || undefined,
      })),
    });
  }
}

function loadNamedBackends({ snapshot, state, now }: Building): void {
  for (const row of nativeRows(snapshot, 'backends')) {
    const BackendId = textOf(row, 'id');
    const models = objectsOf(row['models']).map((model) => {
      const { Type: _, ...data } = objectOf(model, 'config');
      const StageName = textOf(model, 'stage');
      const BackendModelId = madeId('model', `${BackendId} ${StageName}`);
      const named = { BackendModelId, StageName, StageModeId: BackendModelId, Description: '' };
      return { ...named, GmtCreate: modelTime(now), GmtModified: modelTime(now), data };
    });
    const words = { BackendName: textOf(row, 'name'), BackendType: textOf(row, 'type'), Description: '' };
    const times = { CreatedTime: written(now), ModifiedTime: written(now) };
    state.cloudApi.backends.set(BackendId, { BackendId, ...words, ...times, models });
  }
}

function loadPrivateDns({ snapshot, state, now }: Building): void {
  const native = nativeRows(snapshot, 'privateDns').map((row) => ({
    domain: textOf(row, 'domain'),
    type: textOf(row, 'type'),
    records: textsOf(row['records']),
    instanceIds: textsOf(row['instanceIds']),
  }));
  const portable = (snapshot.privateDomains ?? []).map((domain) => ({
    domain: domain.name,
    type: 'A',
    records: domain.addresses,
    instanceIds: domain.linkIds,
  }));
  // The private domains of conventional instances, which name authorizations, are only in the first list.
  for (const { domain, type, records, instanceIds } of native.length > 0 ? native : portable) {
    state.cloudApi.privateDns.set(`${type}/${domain}`, {
      domain,
      type,
      records: records.map((record) => ({ record, weight: 100 })),
      instanceIds,
      createdAt: now,
      effectiveAt: now,
    });
  }
}
