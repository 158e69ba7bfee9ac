import { formatBoundMark, methodIdentity, readBoundMark, type Owner } from '@postern/core/internal/adapter';

/** A method of a REST API: its verb and the path of its resource. */
export interface RestMethodPlace {
  readonly apiId: string;
  readonly path: string;
  readonly verb: string;
}

/**
 * The mark of a method, for its `operationName`: `postern:shop@shop/orders #1a2b3c4d`. It is bound to the API, the
 * path and the verb, so that a copy of the method does not count. Methods have no tags. `created` are the hashes
 * of the resources that Postern created for it: `postern:shop@shop/orders #1a2b3c4d [be4497]`. The name that an adopted method
 * had is kept behind it: `postern:shop@shop/orders #1a2b3c4d | getOrders`.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html
 */
export function formatMethodMark(
  owner: Owner,
  place: RestMethodPlace,
  created: readonly string[] = [],
  former = '',
): string {
  return formatBoundMark(owner, identityOf(place), created, former);
}

/** The owner of a method by its `operationName`; undefined where it has no mark, or that of another method. */
export function ownerOfMethod(operationName: string | undefined, place: RestMethodPlace): Owner | undefined {
  return readBoundMark(operationName, identityOf(place));
}

function identityOf({ apiId, path, verb }: RestMethodPlace) {
  return methodIdentity(apiId, path, verb);
}
