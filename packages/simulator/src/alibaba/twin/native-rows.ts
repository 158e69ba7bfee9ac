import type { Json, Link, RegionSnapshot } from '@postern/core/internal/adapter';
import { isJsonObject, textOf, type JsonObject } from '../state/json-object.js';

/**
 * The objects of one of a snapshot's own lists of this cloud: `apis`, `plugins`. None where the value is not a list.
 */
export function nativeRows({ native }: Pick<RegionSnapshot, 'native'>, name: string): readonly JsonObject[] {
  return objectsOf(native?.[name]);
}

/** The objects in a list. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isJsonObject) : [];
}

/** The texts in a list. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter((item) => typeof item === 'string') : [];
}

/** Rows by one of their members. */
export function byText(rows: readonly JsonObject[], name: string): ReadonlyMap<string, JsonObject> {
  return new Map(rows.map((row) => [textOf(row, name), row]));
}

/** A member of the facts of a link that exist on this cloud only. */
export function linkText(native: Readonly<Record<string, Json>> | undefined, name: string): string {
  const value = native?.[name];
  return typeof value === 'string' ? value : '';
}

/** Whether a link is a gateway of Cloud-native API Gateway. */
export const isGateway = ({ kind }: Pick<Link, 'kind'>): boolean => kind === 'apig-gateway';
