import type { ApigState, ApigGatewayRow, ApigServiceRow, HttpOperationRow, HttpRouteRow } from '../state.js';
import { raise, rowBy } from '../../../../simulation/raise.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { refusals } from './parameters.js';
import type { AlibabaCall } from '../../../operation/operation.js';
import { admits, type InputOf, type ParameterTable, text, whole } from '../../../operation/family.js';

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

const PAGE = { pageNumber: whole, pageSize: whole };

/** Documented for services, APIs, routes and operations; taken for all lists. */
const LARGEST = 100;

/** An operation that lists by page numbers. Its filters compare the members `S` of a row. */
interface List<X extends ParameterTable, R, V, S extends string> {
  /** The parameters besides those of the filters. Those that `rows` does not read are taken and change nothing. */
  readonly parameters?: X;
  readonly rows: (call: AlibabaCall, asked: InputOf<X>) => Iterable<R>;
  /** Texts that select rows with this text in the member of the same name. */
  readonly same?: readonly S[];
  /** Texts that select rows with this one in a text. */
  readonly part?: Readonly<Record<string, S>>;
  /** Texts with commas: the member is one of them. */
  readonly among?: Readonly<Record<string, S>>;
  readonly view: (row: R, call: AlibabaCall) => V;
}

/** Lists rows by page numbers, from 1, ten to a page by default. @throws {AlibabaError} `InvalidParameter` */
export function apigList<
  const X extends ParameterTable,
  R extends { readonly [K in S]: unknown },
  V,
  S extends string = never,
>({ parameters, rows, same = [], part = {}, among = {}, view }: List<X, R, V, S>) {
  const names = [...same, ...Object.keys(part), ...Object.keys(among)];
  const texts = Object.fromEntries(names.map((name) => [name, text]));
  const fits = (asked: Readonly<Record<string, string | undefined>>, row: R): boolean =>
    same.every((name) => admits(asked[name], row[name])) &&
    Object.entries(part).every(([name, member]) => String(row[member]).includes(asked[name] ?? '')) &&
    Object.entries(among).every(
      ([name, member]) => asked[name] === undefined || asked[name].split(',').includes(String(row[member])),
    );
  return {
    parameters: { ...texts, ...parameters, ...PAGE } as typeof PAGE,
    run(call: AlibabaCall, input: InputOf<typeof PAGE>) {
      const { pageNumber = 1, pageSize = 10 } = input;
      const found = [...rows(call, input as InputOf<X>)].filter((row) =>
        fits(input as Readonly<Record<string, string>>, row),
      );
      if (pageNumber < 1) throw refusals.invalid('pageNumber');
      if (pageSize < 1 || pageSize > LARGEST) throw refusals.invalid('pageSize', `It is 1 to ${LARGEST}.`);

      const start = (pageNumber - 1) * pageSize;
      const items = found.slice(start, start + pageSize).map((row) => view(row, call));
      return { items, pageNumber, pageSize, totalSize: found.length };
    },
  };
}
