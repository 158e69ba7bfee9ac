import type { Integration } from '@aws-sdk/client-api-gateway';
import { unsetVariables } from '../../../connects/rest-method.js';
import { ownValue } from '../../../../simulation/own-value.js';

type Texts = Readonly<Record<string, string>>;

/** Where a URI leads. Nothing of it is normalized: the path is what the caller sent. */
export interface Endpoint {
  readonly isTls: boolean;
  /** As the `Host` header has it: `orders.internal:8080`. */
  readonly host: string;
  readonly name: string;
  readonly port: number;
  /** With its query string. */
  readonly path: string;
}

/** Link and URI of an integration, as they are with the variables of a stage. */
export interface Address {
  readonly linkId: string;
  /** A stage variable that the ID of the link, or the URI, names and the stage does not have. */
  readonly unset: { readonly inLink: string | undefined; readonly inUri: string | undefined };
  /** The URI: its texts, and the placeholders between them: `{proxy+}` has the name `proxy`. */
  readonly uri: readonly (string | { readonly placeholder: string; readonly name: string })[];
}

const VARIABLE = /\$\{stageVariables\.([^{}]+)\}/g;
const PLACEHOLDER = /(\{[^{}]+\})/;

/** By integration and variables of a stage: both are parts of rows that do not change. */
const addresses = new WeakMap<Integration, WeakMap<Texts, Address>>();

/** The address of an integration with the variables of a stage. */
export function addressOf(own: Integration, variables: Texts): Address {
  const known = addresses.get(own)?.get(variables);
  if (known) return known;

  const address = readAddress(own, variables);
  addresses.set(own, (addresses.get(own) ?? new WeakMap<Texts, Address>()).set(variables, address));
  return address;
}

function readAddress({ connectionId = '', uri = '' }: Integration, variables: Texts): Address {
  const rendered = (text: string): string =>
    text.replaceAll(VARIABLE, (_, name: string) => ownValue(variables, name) ?? '');
  return {
    linkId: rendered(connectionId),
    unset: { inLink: unsetVariables(connectionId, variables)[0], inUri: unsetVariables(uri, variables)[0] },
    uri: rendered(uri)
      .split(PLACEHOLDER)
      .map((part, index) => (index % 2 === 0 ? part : { placeholder: part, name: part.replace(/^\{|\+?\}$/g, '') })),
  };
}

/** Reads a URI; undefined for the URI of something else than an HTTP endpoint. */
export function endpointAt(uri: string): Endpoint | undefined {
  const [beginning, scheme, host = ''] = /^(https?):\/\/([^/?#]+)/.exec(uri) ?? [];
  if (beginning === undefined) return undefined;

  const [, name = host, port] = /^(.*):(\d+)$/.exec(host) ?? [];
  const isTls = scheme === 'https';
  return { isTls, host, name, port: Number(port ?? (isTls ? 443 : 80)), path: pathIn(uri.slice(beginning.length)) };
}

function pathIn(rest: string): string {
  const mark = rest.indexOf('#');
  const path = mark < 0 ? rest : rest.slice(0, mark);
  return path.startsWith('/') ? path : `/${path}`;
}
