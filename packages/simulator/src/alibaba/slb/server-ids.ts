import { readJsonItems } from './json-list.js';

/** Reads `["i-1","i-2"]`, or a list of servers. @throws {AlibabaError} `InvalidParameter` */
export function readServerIds(text: string): readonly string[] {
  if (/^\s*\[\s*"/.test(text)) {
    const wrapped = text.replaceAll(/"[^"]*"/g, (id) => `{"ServerId":${id}}`);
    return readJsonItems('BackendServers', wrapped, ['ServerId']).map(({ ServerId = '' }) => ServerId);
  }
  const members = ['ServerId', 'Weight', 'Type', 'ServerIp', 'Description', 'Port'];
  return readJsonItems('BackendServers', text, members).map(({ ServerId = '' }) => ServerId);
}
