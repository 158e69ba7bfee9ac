import { entryOf } from '../../ground/json.js';
import type { ServiceInstance } from './load-balancer.js';

/** Attributes that were not read, and what would supply them: one sentence. */
interface Missing {
  readonly what: string;
  readonly remedy: string;
}

/** Splits `arn:…:service/srv-1?stage=blue` into the service's own ID and the target's query for instances. */
export function splitQuery(id: string): readonly [id: string, query: string | undefined] {
  const at = id.indexOf('?');
  return at < 0 ? [id, undefined] : [id.slice(0, at), id.slice(at + 1)];
}

/** The instances of a service that a target selects. */
export interface Asked {
  readonly instances: readonly ServiceInstance[];
  /** Why there may be more: attributes of some were not read. */
  readonly missing?: Missing | undefined;
}

/**
 * The instances whose attributes match the whole query of a target: no other instance is called. Without a
 * query, all.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function askedFor(service: string, instances: readonly ServiceInstance[], query: string | undefined): Asked {
  const wanted = readQuery(query);
  if (wanted.length === 0) return { instances };

  const fit = instances.filter(({ attributes }) =>
    wanted.every(([name, value]) => entryOf(attributes, name) === value),
  );
  return instances.some(({ attributes }) => attributes === undefined)
    ? { instances: fit, missing: attributesMissing(service, query) }
    : { instances: fit };
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

/** Decodes form-encoded values: `+` for a space, `%2F` for a slash. A `%` without a valid escape stays as it is. */
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
