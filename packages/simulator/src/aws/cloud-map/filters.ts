import type { FilterCondition } from '@aws-sdk/client-servicediscovery';
import { invalidInput } from './errors.js';

/** A filter of a list operation. */
export interface Filter {
  readonly Name: string;
  readonly Values: readonly string[];
  readonly Condition?: FilterCondition | undefined;
}

/**
 * One filter that a list accepts: the text of a row that it compares, and the conditions that it accepts.
 */
interface FilterDefinition<T> {
  readonly value: (row: T) => string | undefined;
  /** Another text that means the same, such as an ARN beside an id. */
  readonly also?: (row: T) => string | undefined;
  readonly conditions: readonly FilterCondition[];
  /** The only values that it accepts. */
  readonly values?: readonly string[];
}

export type FilterTable<T> = Readonly<Record<string, FilterDefinition<T>>>;

/**
 * The rows that pass every filter.
 * @throws {ServiceError} `InvalidInput` for an unknown name, a condition or number of values that it does
 * not accept.
 */
export function filtered<T>(table: FilterTable<T>, rows: readonly T[], filters: readonly Filter[] | undefined): T[] {
  const tests = (filters ?? []).map((filter) => compile(table, filter));
  return rows.filter((row) => tests.every((test) => test(row)));
}

function compile<T>(table: FilterTable<T>, filter: Filter): (row: T) => boolean {
  const { Name: name, Values: values, Condition: condition = 'EQ' } = filter;
  const definition = Object.hasOwn(table, name) ? table[name] : undefined;
  if (definition === undefined) throw invalidInput(`Unsupported filter name: ${name}`);
  if (!definition.conditions.includes(condition)) {
    throw invalidInput(`Filter condition ${condition} is not supported for filter ${name}`);
  }
  const stranger = values.find((value) => definition.values?.includes(value) === false);
  if (stranger !== undefined) throw invalidInput(`Unsupported value for filter ${name}: ${stranger}`);
  const [first, second, ...more] = values;
  if (first === undefined) throw invalidInput(`Filter ${name} must have a value`);
  const texts = (row: T): string[] =>
    [definition.value(row), definition.also?.(row)].filter((text) => text !== undefined);
  switch (condition) {
    case 'IN':
      return (row) => texts(row).some((text) => values.includes(text));
    case 'BETWEEN': {
      if (second === undefined || more.length > 0) throw invalidInput(`Filter ${name} must have two values`);
      const [from, to] = [moment(first), moment(second)];
      return (row) => texts(row).some((text) => Number(text) >= from && Number(text) <= to);
    }
    default: {
      if (second !== undefined) throw invalidInput(`Filter ${name} with condition ${condition} must have one value`);
      const passes = (text: string): boolean => (condition === 'BEGINS_WITH' ? text.startsWith(first) : text === first);
      return (row) => texts(row).some(passes);
    }
  }
}

function moment(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw invalidInput(`Not a Unix time: ${text}`);
  return value;
}
