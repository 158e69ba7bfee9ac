import type { AnyAlibabaOperation, Parameter } from '../operation/operation.js';
import { gatewayWords, words } from '../operation/words.js';
import { ownValue } from '../../simulation/own-value.js';

/**
 * Parameters that every action accepts, and that no action gets unless it names them itself.
 * @see https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
 */
export const COMMON_PARAMETERS: ReadonlySet<string> = new Set([
  'Action',
  'Version',
  'Format',
  'RegionId',
  'Language',
  'AccessKeyId',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureType',
  'SignatureVersion',
  'Timestamp',
  'OwnerAccount',
  'OwnerId',
  'ResourceOwnerAccount',
  'ResourceOwnerId',
]);

/** The content under one name: a value, or what the rest of the flattened names contains. */
interface Node {
  value: string | undefined;
  readonly children: Map<string, Node>;
}

/**
 * Decodes flat parameters (`Tag.1.Key=a`, `ToConnectVpcIpBlock={"CidrBlock":…}`) by an action's own list.
 * Common ones are left out unless the action names them.
 * @throws {AlibabaError} for a name that the action does not have, or a value of another type
 */
export function decodeInput(
  operation: AnyAlibabaOperation,
  parameters: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const roots = new Map<string, Node>();
  for (const [name, value] of parameters) {
    const path = name.split('.');
    const [root = ''] = path;
    if (Object.hasOwn(operation.parameters, root)) plant(roots, path, value);
    else if (!COMMON_PARAMETERS.has(name)) throw gatewayWords.unknownParameter(name, operation);
  }
  return new Decoder(operation).members(operation.parameters, roots, '');
}

function plant(roots: Map<string, Node>, path: readonly string[], value: string): void {
  let level = roots;
  let node: Node | undefined;
  for (const step of path) {
    node = level.get(step);
    if (!node) level.set(step, (node = { value: undefined, children: new Map() }));
    level = node.children;
  }
  if (node) node.value = value;
}

class Decoder {
  constructor(private readonly operation: AnyAlibabaOperation) {}

  members(
    parameters: Readonly<Record<string, Parameter>>,
    nodes: ReadonlyMap<string, Node>,
    prefix: string,
  ): Record<string, unknown> {
    return Object.fromEntries(
      [...nodes].map(([name, node]) => {
        const parameter = ownValue(parameters, name);
        if (!parameter) throw gatewayWords.unknownParameter(prefix + name, this.operation);

        return [name, this.#node(parameter, node, prefix + name)];
      }),
    );
  }

  #node(parameter: Parameter, { value, children }: Node, path: string): unknown {
    const { type, items, members } = parameter;
    if (value !== undefined) {
      if (children.size > 0) throw this.#invalid(path);

      return type === 'list' || type === 'structure' || type === 'json'
        ? this.#json(parameter, this.#parse(value, path), path)
        : this.#scalar(type, value, path);
    }
    if (type === 'list' && items) {
      return [...children]
        .map(([name, node]) => [this.#index(name, path), node] as const)
        .sort(([a], [b]) => a - b)
        .map(([index, node]) => this.#node(items, node, `${path}.${index}`));
    }
    if (type === 'structure' && members) return this.members(members, children, `${path}.`);

    const [name = ''] = children.keys();
    throw gatewayWords.unknownParameter(`${path}.${name}`, this.operation);
  }

  /** A value inside a JSON text. Numbers and booleans may be texts there, and texts may be either. */
  #json(parameter: Parameter, value: unknown, path: string): unknown {
    const { type, items, members } = parameter;
    if (type === 'json') return value;
    if (type === 'list' && items) {
      if (!Array.isArray(value)) throw this.#invalid(path);

      return value.map((item: unknown, index) => this.#json(items, item, `${path}.${index + 1}`));
    }
    if (type === 'structure' && members) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.#invalid(path);

      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => {
          const member = ownValue(members, name);
          if (!member) throw gatewayWords.unknownParameter(`${path}.${name}`, this.operation);

          return [name, this.#json(member, item, `${path}.${name}`)];
        }),
      );
    }
    if (typeof value === 'object') throw this.#invalid(path);

    return this.#scalar(type, String(value), path);
  }

  #scalar(type: Parameter['type'], text: string, path: string): unknown {
    if (type === 'string') return text;
    if (type === 'integer' && /^-?\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
    if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';

    throw this.#invalid(path);
  }

  #parse(text: string, path: string): unknown {
    if (isDeep(text)) throw this.#invalid(path);

    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw this.#invalid(path);
    }
  }

  #index(name: string, path: string): number {
    if (!/^[1-9]\d{0,5}$/.test(name)) throw this.#invalid(`${path}.${name}`);

    return Number(name);
  }

  #invalid(path: string): Error {
    return words(this.operation.product).invalid(path);
  }
}

/**
 * The deepest nesting of parameters. No client sends deeper ones. They would only exhaust the stack of the
 * code that reads them.
 */
const DEEPEST = 32;

function isDeep(json: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (sign === '\\') at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '[' || sign === '{')) depth += 1;
    else if (!quoted && (sign === ']' || sign === '}')) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
