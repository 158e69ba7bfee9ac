import type { AnyOperation, MemberLimit } from './operation.js';
import { words } from './words.js';

type Check = (value: unknown, path: string) => void;

/** Checks compiled per operation, on first use. */
const compiled = new WeakMap<AnyOperation, readonly Check[]>();

/**
 * Checks what the SDK's schemas do not contain: lengths, patterns, values, bounds and members that only the
 * service requires.
 * @throws {ServiceError} in the service's words
 */
export function checkLimits(operation: AnyOperation, input: unknown): void {
  let checks = compiled.get(operation);
  if (!checks) {
    checks = Object.entries(operation.limits ?? {}).map(([path, limit]) => compile(operation, path, limit));
    compiled.set(operation, checks);
  }
  for (const check of checks) check(input, '');
}

/** Steps of a path: a member's name, `[]` or `{}`. */
function stepsOf(path: string): string[] {
  return path.match(/\[\]|\{\}|[^.[\]{}]+/g) ?? [];
}

function compile(operation: AnyOperation, path: string, limit: MemberLimit): Check {
  const leaf: Check = (value, at) => checkValue(operation, limit, value, at);
  return stepsOf(path).reduceRight<Check>((next, step) => {
    if (step === '[]') return eachItem(next);
    return step === '{}' ? eachValue(next) : member(step, next);
  }, leaf);
}

const eachItem =
  (next: Check): Check =>
  (value, at) => {
    if (Array.isArray(value)) value.forEach((item, index) => next(item, `${at}.${index + 1}`));
  };

const eachValue =
  (next: Check): Check =>
  (value, at) => {
    if (!isRecord(value)) return;
    for (const [key, item] of Object.entries(value)) next(item, `${at}.${key}`);
  };

const member =
  (name: string, next: Check): Check =>
  (value, at) => {
    if (isRecord(value)) next(Object.hasOwn(value, name) ? value[name] : undefined, at === '' ? name : `${at}.${name}`);
  };

function checkValue(operation: AnyOperation, limit: MemberLimit, value: unknown, at: string): void {
  const say = words(operation.service);
  if (value === undefined || value === null) {
    if (limit.required) throw say.missing(at, operation);
    return;
  }
  const length = lengthOf(value);
  if (limit.length && length !== undefined && (length < limit.length[0] || length > limit.length[1])) {
    throw say.length(at, value, limit.length, operation);
  }
  if (limit.range && typeof value === 'number' && !(value >= limit.range[0] && value <= limit.range[1])) {
    throw say.range(at, value, limit.range, operation);
  }
  if (limit.pattern && typeof value === 'string' && !limit.pattern.test(value)) {
    throw say.pattern(at, value, limit.pattern, operation);
  }
  if (limit.values && typeof value === 'string' && !limit.values.includes(value)) {
    throw say.values(at, value, limit.values, operation);
  }
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return isRecord(value) && !(value instanceof Date) ? Object.keys(value).length : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
