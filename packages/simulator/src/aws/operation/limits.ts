import { ofList, type AnyOperation, type MemberLimit, type ServiceError } from './operation.js';
import { joined, words } from './words.js';
import { ownValue } from '../../simulation/own-value.js';

/** Adds what is wrong with a value. */
type Check = (value: unknown, path: string, found: ServiceError[]) => void;

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
  const found: ServiceError[] = [];
  for (const check of checks) check(input, '', found);
  if (found.length > 0) throw joined(found);
}

/** Steps of a path: a member's name, `[]` or `{}`. */
function stepsOf(path: string): string[] {
  return path.match(/\[\]|\{\}|[^.[\]{}]+/g) ?? [];
}

function compile(operation: AnyOperation, path: string, limit: MemberLimit): Check {
  const leaf: Check = (value, at, found) => {
    const problem = problemOf(operation, limit, value, at);
    if (problem) found.push(problem);
  };
  return stepsOf(path).reduceRight<Check>((next, step) => {
    if (step === '[]') return eachItem(next);

    return step === '{}' ? eachValue(next) : member(step, next);
  }, leaf);
}

const eachItem =
  (next: Check): Check =>
  (value, at, found) => {
    if (Array.isArray(value)) value.forEach((item, index) => next(item, `${at}.${index + 1}`, found));
  };

const eachValue =
  (next: Check): Check =>
  (value, at, found) => {
    if (!isRecord(value)) return;

    for (const [key, item] of Object.entries(value)) next(item, `${at}.${key}`, found);
  };

const member =
  (name: string, next: Check): Check =>
  (value, at, found) => {
    if (!isRecord(value)) return;

    next(ownValue(value, name), at === '' ? name : `${at}.${name}`, found);
  };

function problemOf(operation: AnyOperation, limit: MemberLimit, value: unknown, at: string): ServiceError | undefined {
  const say = words(operation.service);
  if (value === undefined || value === null) {
    return limit.required ? say.missing(at, operation) : undefined;
  }

  const length = lengthOf(value);
  if (limit.length && length !== undefined && (length < limit.length[0] || length > limit.length[1])) {
    return say.length(at, value, limit.length, operation);
  }
  if (limit.range && typeof value === 'number' && !(value >= limit.range[0] && value <= limit.range[1])) {
    return say.range(at, value, limit.range, operation);
  }
  if (limit.pattern && typeof value === 'string' && !limit.pattern.test(value)) {
    return say.pattern(at, value, limit.pattern, operation);
  }
  if (limit.values && typeof value === 'string' && !limit.values.includes(value)) {
    return ofList(say.values(at, value, limit.values, operation));
  }

  return undefined;
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) return value.length;

  return isRecord(value) && !(value instanceof Date) ? Object.keys(value).length : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
