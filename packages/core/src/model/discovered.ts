import type { ServiceInstance } from './load-balancer.js';

/** Attributes that were not read, and what would supply them: one sentence. */
interface Missing {
  readonly what: string;
  readonly remedy: string;
}

/** `arn:…:service/srv-1?stage=blue` as the service's own id and what the target asks of its instances. */
export function splitQuery(id: string): readonly [id: string, query: string | undefined] {
  const at = id.indexOf('?');
  return at < 0 ? [id, undefined] : [id.slice(0, at), id.slice(at + 1)];
}

/** The instances of a service that a target asks for. */
export interface Asked {
  readonly instances: readonly ServiceInstance[];
  /** Why there may be more: attributes of some were not read. */
  readonly missing?: Missing | undefined;
}

/**
 * The instances whose attributes are what the query of a target says, each of them: no other is called. Without a query, all.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function askedFor(service: string, instances: readonly ServiceInstance[], query: string | undefined): Asked {
  const wanted = readQuery(query);
  if (wanted.length === 0) return { instances };
  const fit = instances.filter(({ attributes }) =>
    wanted.every(([name, value]) => attributes !== undefined && own(attributes, name) === value),
  );
  return instances.some(({ attributes }) => attributes === undefined)
    ? { instances: fit, missing: attributesMissing(service, query) }
    : { instances: fit };
}

/** Undefined, too, for a name that only the object's prototype has. */
function own(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

function readQuery(query: string | undefined): readonly (readonly [name: string, value: string])[] {
  return (query ?? '')
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [decoded(part), ''] : [decoded(part.slice(0, at)), decoded(part.slice(at + 1))];
    });
}

/** As forms write values: `+` for a space, `%2F` for a slash. A `%` that starts nothing is itself. */
function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function attributesMissing(service: string, query = ''): Missing {
  return {
    what: `which instances of ${service} have ${query}`,
    remedy: 'Take the snapshot again with `postern snapshot`, which reads the attributes of instances.',
  };
}
