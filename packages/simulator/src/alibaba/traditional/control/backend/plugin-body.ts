import { parse } from 'yaml';
import { say } from '../request/parameters.js';

/** @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/overview-of-plug-ins */
export const PLUGIN_TYPES = [
  'trafficControl',
  'ipControl',
  'backendSignature',
  'jwtAuth',
  'basicAuth',
  'cors',
  'caching',
  'routing',
  'accessControl',
  'errorMapping',
  'circuitBreaker',
  'remoteAuth',
  'logMask',
  'transformer',
];

/** The largest body. [?] No figure is published. */
const LARGEST_BODY = 50_000;

/** A body must be a mapping in YAML or JSON; beyond that it is stored as given. @throws {AlibabaError} `InvalidPluginData` */
export function checkPluginBody(data: string): void {
  if (readPluginBody(data) === undefined) {
    throw say.invalid('PluginData', 'Specified parameter PluginData is neither a YAML nor a JSON object.');
  }
}

/** A body as an object; undefined for what is none. */
export function readPluginBody(data: string): Readonly<Record<string, unknown>> | undefined {
  const body = data.length > LARGEST_BODY ? undefined : parsed(data);
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject ? (body as Readonly<Record<string, unknown>>) : undefined;
}

/** Which authorizations and plain addresses a body points to. */
export function pluginReferences(data: string): {
  readonly vpcAccessNames: readonly string[];
  readonly addresses: readonly string[];
} {
  const vpcAccessNames: string[] = [];
  const addresses: string[] = [];
  visit(parsed(data), (name, value) => {
    if (name === 'vpcaccessname') vpcAccessNames.push(value);
    else if (name === 'address' || name === 'jwksuri' || name === 'authuri') addresses.push(value);
  });
  return { vpcAccessNames, addresses };
}

function visit(value: unknown, see: (name: string, text: string) => void): void {
  if (typeof value !== 'object' || value === null) return;

  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string') see(name.toLowerCase(), member);
    else visit(member, see);
  }
}

/** Undefined for what is neither. JSON is YAML, but for tabs. */
function parsed(data: string): unknown {
  for (const read of [JSON.parse, (text: string): unknown => parse(text, { maxAliasCount: 100, logLevel: 'error' })]) {
    try {
      return read(data) as unknown;
    } catch {
      // the other language, perhaps
    }
  }
  return undefined;
}
