import { newModel } from '../control/backend/backend-model-view.js';
import { newTimes, written } from '../control/request/parameters.js';
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
      ...newTimes(now),
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
      return newModel(now, madeId('model', `${BackendId} ${StageName}`), StageName, '', data);
    });
    const words = { BackendName: textOf(row, 'name'), BackendType: textOf(row, 'type'), Description: '' };
    state.cloudApi.backends.set(BackendId, { BackendId, ...words, ...newTimes(now), models });
  }
}

function loadPrivateDns({ snapshot, state, now }: Building): void {
  const native = nativeRows(snapshot, 'privateDns').map((row) => ({
    IntranetDomain: textOf(row, 'domain'),
    Type: textOf(row, 'type'),
    records: textsOf(row['records']),
    instanceIds: textsOf(row['instanceIds']),
  }));
  const portable = (snapshot.privateDomains ?? []).map((domain) => ({
    IntranetDomain: domain.name,
    Type: 'A',
    records: domain.addresses,
    instanceIds: domain.linkIds,
  }));
  // The private domains of conventional instances, which name authorizations, are only in the first list.
  for (const { records, instanceIds, ...named } of native.length > 0 ? native : portable) {
    state.cloudApi.privateDns.set(`${named.Type}/${named.IntranetDomain}`, {
      ...named,
      Records: records.map((Record) => ({ Record, Weight: 100 })),
      BindInstances: [...instanceIds],
      CreatedTime: written(now),
    });
  }
}
