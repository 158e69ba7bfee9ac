import type { AlibabaState, AlibabaRegionState } from '../../state/alibaba-state.js';
import { refusals } from './request/parameters.js';
import type { ApigServiceRow, RegisteredRow, SourceRow } from './state.js';

/** What the source type of a service of Nacos is. */
export const NACOS = 'MSE_NACOS' as const;

/** What a service is registered under in its registry. The public namespace is written in either case [U]. */
export const registeredAs = (namespace: string, groupName: string, name: string): string =>
  JSON.stringify([/^(?:public)?$/i.test(namespace) ? 'public' : namespace, groupName, name]);

/** Whether a source is associated with what it names. The second word is [I]; a cluster is not looked at. */
export function associationOf(
  { apig }: AlibabaRegionState,
  { type, instanceId }: SourceRow,
): { readonly associationStatus: string; readonly associationReason: string } {
  const isGone = type === NACOS && apig.registries.get(instanceId)?.isReleased !== false;
  return isGone
    ? { associationStatus: 'ASSOCIATE_FAILED', associationReason: `Nacos instance ${instanceId} is not found` }
    : { associationStatus: 'ASSOCIATED', associationReason: 'Association completed' };
}

/** The instances that a gateway knows of a service: those in its registry now. None of a source that is gone. */
export function instancesOf(
  { regions }: AlibabaState,
  { gatewayId, name, registered }: ApigServiceRow,
): readonly string[] {
  const region = [...regions.values()].find(({ apig }) => apig.gateways.has(gatewayId));
  const source = registered && region?.apig.sources.get(registered.sourceId);
  const registry = source && region?.apig.registries.get(source.instanceId);
  if (!registry || registry.isReleased) return [];

  return registry.services.get(registeredAs(registered.namespace, registered.groupName, name)) ?? [];
}

/** What a new service names. A source may be left out where a gateway has only one. Whether the registry has the service is not looked at [U]. */
export function readRegistered(
  { apig }: AlibabaRegionState,
  gatewayId: string,
  { namespace = '', groupName = '', sourceId = '' }: Partial<RegisteredRow>,
): RegisteredRow {
  if (groupName === '') throw refusals.invalid('serviceConfigs.groupName', 'A service of MSE_NACOS has a group.');
  if (namespace === '') throw refusals.invalid('serviceConfigs.namespace', 'A service of MSE_NACOS has a namespace.');

  const all = [...apig.sources.values()].filter((one) => one.gatewayId === gatewayId && one.type === NACOS);
  const [source, ...others] = sourceId === '' ? all : all.filter(({ id }) => id === sourceId);
  if (source === undefined && sourceId !== '') throw refusals.missing('source', sourceId);
  if (source === undefined || others.length > 0)
    throw refusals.invalid(
      'serviceConfigs.sourceId',
      'It is required where a gateway has not exactly one Nacos source.',
    );

  return { namespace, groupName, sourceId: source.id };
}
