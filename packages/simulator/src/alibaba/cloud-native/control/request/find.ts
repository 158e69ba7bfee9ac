import type { ApigState, ApigGatewayRow, ApigServiceRow, HttpOperationRow, HttpRouteRow } from '../state.js';
import { raise, rowBy } from '../../../../simulation/raise.js';
import type { AlibabaRegionState } from '../../../state/region-state.js';
import { refusals } from './refusals.js';

const named = <R>(what: Parameters<typeof refusals.missing>[0], rows: (apig: ApigState) => ReadonlyMap<string, R>) =>
  rowBy(
    ({ apig }: AlibabaRegionState) => rows(apig),
    (id) => refusals.missing(what, id),
  );

/**
 * A gateway. One that was deleted is answered in either of two words, which both occur; here it depends on its ID.
 * @throws {AlibabaError} `NotFound.GatewayNotFound`, `Conflict.GatewayIsDeleted`
 */
export function getGateway({ apig }: AlibabaRegionState, id: string): ApigGatewayRow {
  const row = apig.gateways.get(id);
  if (row) return row;

  const isSaidDeleted = apig.deletedGateways.has(id) && id.charCodeAt(id.length - 1) % 2 === 0;
  throw isSaidDeleted ? refusals.gatewayIsDeleted(id) : refusals.missing('gateway', id);
}

/** A gateway that is named by something of its own. @throws {AlibabaError} as {@link getGateway} */
export function getRunningGateway(state: AlibabaRegionState, id: string): ApigGatewayRow {
  const row = getGateway(state, id);
  if (row.status !== 'Running') throw refusals.isChanging();

  return row;
}

/** @throws {AlibabaError} `NotFound.ServiceNotFound`; `Conflict.GatewayIsDeleted` where its gateway is deleted */
export function getService({ apig }: AlibabaRegionState, id: string): ApigServiceRow {
  const row = apig.services.get(id) ?? raise(refusals.missing('service', id));

  if (apig.deletedGateways.has(row.gatewayId)) throw refusals.gatewayIsDeleted(row.gatewayId);

  return row;
}

/** @throws {AlibabaError} `NotFound.SourceNotFound` */
export const getSource = named('source', (apig) => apig.sources);

/** @throws {AlibabaError} `DatabaseError.RecordNotFound` */
export const getHttpApi = named('HTTP API', (apig) => apig.apis);

/** @throws {AlibabaError} `NotFound.RouteNotFound`, `DatabaseError.RecordNotFound` */
export function getRoute(state: AlibabaRegionState, apiId: string, id: string): HttpRouteRow {
  const api = getHttpApi(state, apiId);
  const row = state.apig.routes.get(id);
  if (row?.apiId !== api.id) throw refusals.missing('route', id);

  return row;
}

/** @throws {AlibabaError} `DatabaseError.RecordNotFound` */
export function getOperation(state: AlibabaRegionState, apiId: string, id: string): HttpOperationRow {
  const api = getHttpApi(state, apiId);
  const row = state.apig.operations.get(id);
  if (row?.apiId !== api.id) throw refusals.missing('operation', id);

  return row;
}

/** @throws {AlibabaError} `DatabaseError.RecordNotFound` */
export const getDomain = named('domain', (apig) => apig.domains);

/** @throws {AlibabaError} `NotFound.PolicyNotFound` */
export const getPolicy = named('policy', (apig) => apig.policies);

/** @throws {AlibabaError} `NotFound.ConsumerNotFound` */
export const getConsumer = named('consumer', (apig) => apig.consumers);

/** The gateway of an environment, or of a gateway's own ID. @throws {AlibabaError} `NotFound.EnvironmentNotFound` */
export function gatewayOfEnvironment({ apig }: AlibabaRegionState, id: string): ApigGatewayRow {
  const row = [...apig.gateways.values()].find((one) => one.environmentId === id || one.id === id);
  if (!row) throw refusals.missing('environment', id);

  return row;
}
