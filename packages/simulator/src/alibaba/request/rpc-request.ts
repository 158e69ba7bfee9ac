import type { WireRequest } from '../../simulation/wire.js';
import { ENDPOINTS } from '../operation/operation.js';
import { gatewayWords } from '../operation/words.js';

/** A call of an RPC service, whatever carried it: header or parameter, query or form. */
export interface RpcRequest {
  readonly action: string | undefined;
  readonly version: string | undefined;
  /** `JSON`, `XML`, or nothing. */
  readonly format: string | undefined;
  readonly regionId: string | undefined;
  /** Query and form together, decoded, still flat: `Tag.1.Key`. */
  readonly parameters: ReadonlyMap<string, string>;
}

const FORM = /^application\/x-www-form-urlencoded\b/i;

/**
 * Reads a request of the RPC style. The names of action and version are in headers (signature V3) or among
 * the parameters (V2).
 * @throws {AlibabaError} for a body that is not a form
 */
export function readRpcRequest(request: WireRequest): RpcRequest {
  const { headers, body } = request;
  const parameters = new Map(new URLSearchParams(request.query));
  if (body.length > 0) {
    if (!FORM.test(headers['content-type'] ?? '')) {
      throw gatewayWords.malformed('The body of the request is not a form (application/x-www-form-urlencoded).');
    }

    for (const [name, value] of new URLSearchParams(body.toString('utf8'))) parameters.set(name, value);
  }
  return {
    action: header(request, 'x-acs-action') ?? parameters.get('Action'),
    version: header(request, 'x-acs-version') ?? parameters.get('Version'),
    format: parameters.get('Format'),
    regionId: parameters.get('RegionId') ?? header(request, 'x-acs-region-id') ?? regionOfHost(request.host),
    parameters,
  };
}

/** A header's value; one that was sent several times is one text. */
export function header({ headers }: WireRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/**
 * An endpoint of a product that is simulated: `apigateway.cn-hangzhou.aliyuncs.com`,
 * `ecs-cn-hangzhou.aliyuncs.com`, `ram.aliyuncs.com`.
 */
export const PRODUCT_HOST = new RegExp(
  `^(${ENDPOINTS})(?:-vpc|-internal)?(?:[.-]([a-z]{2}-[a-z0-9-]{3,32}?))?\\.aliyuncs\\.com$`,
);

/** The region of an endpoint. Undefined for an endpoint of all regions. */
export function regionOfHost(host: string): string | undefined {
  return PRODUCT_HOST.exec(host)?.[2];
}

/**
 * Flattens parameters as the official clients do: `{ Tag: [{ Key: 'a' }] }` becomes `Tag.1.Key=a`. What is null or
 * undefined is left out; every value becomes text.
 */
export function flatten(parameters: Readonly<Record<string, unknown>>): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(parameters)) flattenValue(flat, name, value);
  return flat;
}

function flattenValue(flat: Map<string, string>, path: string, value: unknown): void {
  if (value === undefined || value === null) return;

  if (Array.isArray(value)) value.forEach((item, index) => flattenValue(flat, `${path}.${index + 1}`, item));
  else if (typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) flattenValue(flat, `${path}.${name}`, item);
  } else flat.set(path, String(value as string | number | boolean));
}
