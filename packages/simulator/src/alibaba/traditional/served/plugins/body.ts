import { readPluginBody } from '../../control/backend/plugin-body.js';
import type { PluginRow } from '../../control/state.js';
import type { PublishedApi } from '../group-view.js';
import { isJsonObject } from '../../../state/json-object.js';

/** What a plug-in is set to: a mapping, read from YAML or JSON. */
export type Body = Readonly<Record<string, unknown>>;

const read = new WeakMap<PluginRow, Body>();

/** What the plug-in of a type is set to that an API has, or else its group; undefined where neither has one. */
export function bodyOf({ plugins }: Pick<PublishedApi, 'plugins'>, type: string): Body | undefined {
  const plugin = plugins.find((one) => one.PluginType === type);
  if (!plugin) return undefined;

  const known = read.get(plugin);
  if (known) return known;

  const body = readPluginBody(plugin.PluginData) ?? {};
  read.set(plugin, body);
  return body;
}

/** A member as a text; empty where it is none. */
export function textIn(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A member as a number; undefined where it is none. */
export function numberIn(body: Body, name: string): number | undefined {
  const text = textIn(body, name);
  return text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
}

/** A member as a list of texts: an array, or a text with commas. */
export function listIn(body: Body, name: string): readonly string[] {
  const value = body[name];
  const texts = Array.isArray(value) ? value.map(String) : textIn(body, name).split(',');
  return texts.map((one) => one.trim()).filter((one) => one !== '');
}

/** A member as a list of mappings. */
export function rowsIn(body: Body, name: string): readonly Body[] {
  const value = body[name];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
