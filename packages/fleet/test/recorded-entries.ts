import { engineRows } from './engine-rows.js';

/** What the parts of a spec's work have recorded at the engine, one after the other, by the service and the unit. IDs aside. */
export async function recordedEntries(
  admin: string,
  spec: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const query = `select i.target_service_name as service, i.target_service_key as key, j.entry_type as type, j.name, j.entry_lite_json as entry
    from sys_journal j join sys_invocation_status i on i.id = j.id
    where (i.target_service_name like 'postern-spec-%' or i.target_service_name like 'postern-unit-%') and i.target_handler_name = 'run'
    order by i.target_service_key, j.index`;
  const recorded: Record<string, string[]> = {};
  for (const { service, key, type, name, entry } of await engineRows<Row>(admin, query)) {
    const [, of, unit = ''] = JSON.parse(key) as readonly string[];
    const command = /^Command: (.*)$/.exec(type)?.[1];
    if (of !== spec || command === undefined) continue; // notifications come when they come
    const [, target = ''] = /"name":"postern-(\w+)[^"]*"/.exec(entry) ?? [];
    const [, handler = ''] = /"handler":"(\w+)"/.exec(entry) ?? [];
    const called = [target, handler].filter((one) => one !== '').join('.');
    const what = name ? name.replace(/ on \w+(?=$|:)/, '') : called;
    (recorded[`${service.replace(/-[^-]*$/, '')} ${unit}`.trim()] ??= []).push(`${command} ${what}`.trim());
  }
  return recorded;
}

interface Row {
  readonly service: string;
  readonly key: string;
  readonly type: string;
  readonly name?: string | null;
  readonly entry: string;
}

/** What the two units of an integration record, and the spec of two integrations. */
export const RECORDED = {
  version: '7',
  integration: [
    'Input',
    'GetPromise',
    'OneWayCall pace.enter',
    'Run begin create route ANY /orders0/{proxy+}',
    'Run create route ANY /orders0/{proxy+}',
    'OneWayCall pace.leave',
    'Run create route ANY /orders0/{proxy+}: read back',
    'PeekPromise',
    'OneWayCall progress.ended',
    'Output',
  ],
  link: [
    'Input',
    'GetPromise',
    'Run begin create link orders0',
    'Run create link orders0',
    'OneWayCall pace.enter',
    'Run begin create link orders0, again 1',
    'Run create link orders0, again 1',
    'OneWayCall pace.leave',
    'OneWayCall watch.until',
    'Run create link orders0: look again',
    'PeekPromise',
    'OneWayCall progress.ended',
    'Output',
  ],
  spec: [
    'Input',
    'Run unseen',
    'Run',
    'OneWayCall fleet.spec',
    'Run plan',
    'OneWayCall fleet.spec',
    'SetState',
    'OneWayCall progress.start',
    'OneWayCall fleet.spec',
    'Run begin',
    'Call unit.run',
    'Call unit.run',
    'Call unit.run',
    'Call unit.run',
    'Call fleet.wish',
    'Call progress.outcome',
    'Run',
    'OneWayCall fleet.spec',
    'Output',
  ],
};
